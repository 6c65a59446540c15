/** Functions of two float32 with logarithms, in float64. */

import { withValue } from "../expression.js";
import { f64x2, v128 } from "../simd.js";
import { doubleExp } from "./double-exp.js";
import { inDoubles } from "./double.js";
import { doubleLog, doubleLog1p } from "./double-log.js";
import type { BinaryVector } from "./vector.js";

/** log(eᵃ + eᵇ) = max(a, b) + log(1 + e^-|a - b|). */
export const logAddExp: BinaryVector = /* @__PURE__ */ inDoubles((a, b) =>
  withValue(a, (left) =>
    withValue(b, (right) => {
      // Of equal infinities 0, and not NaN.
      const distance = v128.andNot(f64x2.abs(f64x2.sub(left, right)), f64x2.eq(left, right));
      return withValue(doubleExp(f64x2.neg(distance)), (power) =>
        f64x2.add(doubleLog1p(power), f64x2.max(left, right)),
      );
    }),
  ),
);

/** x log y, which is 0 where x is 0 and y not NaN. */
export const xlogy: BinaryVector = /* @__PURE__ */ inDoubles((x, y) =>
  withValue(x, (factor) =>
    withValue(y, (value) => {
      const none = v128.and(f64x2.eq(factor, f64x2.const(0)), f64x2.eq(value, value));
      return v128.andNot(f64x2.mul(doubleLog(value), factor), none);
    }),
  ),
);
