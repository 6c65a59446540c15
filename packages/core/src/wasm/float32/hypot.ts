/** √(a² + b²) of float32, in float64, where no square overflows. */

import { withValue } from "../expression.js";
import { f64x2, v128 } from "../simd.js";
import { inDoubles } from "./double.js";
import type { BinaryVector } from "./vector.js";

/** Infinite if either is, be the other NaN. */
export const hypot: BinaryVector = /* @__PURE__ */ inDoubles((a, b) =>
  withValue(f64x2.mul(a, a), (left) =>
    withValue(f64x2.mul(b, b), (right) => {
      const infinity = f64x2.const(Infinity);
      const infinite = v128.or(f64x2.eq(left, infinity), f64x2.eq(right, infinity));
      return v128.bitselect(infinity, f64x2.sqrt(f64x2.add(left, right)), infinite);
    }),
  ),
);
