/** Roots of four float32 at once. */

import { withValue } from "../expression.js";
import { f32x4, f64x2, v128 } from "../simd.js";
import { roughExp2 } from "./double-exp.js";
import { inDouble } from "./double.js";
import { regularLog } from "./double-log.js";
import { withSign } from "./sign.js";
import type { UnaryVector } from "./vector.js";

/** 2^(log₂ x / 3) in float64, for positive, finite x. */
const cubeRoot = /* @__PURE__ */ inDouble((size) =>
  roughExp2(f64x2.mul(regularLog(size, 1), f64x2.const(1 / 3))),
);

/** ∛x. Of 0, infinity and NaN it is what it is of. */
export const cbrt: UnaryVector = (x) =>
  withValue(x, (value) =>
    withValue(f32x4.abs(value), (size) => {
      const regular = v128.and(f32x4.gt(size, f32x4.const(0)), f32x4.lt(size, f32x4.const(Infinity)));
      return v128.bitselect(withSign(cubeRoot(size), value), value, regular);
    }),
  );

/** 1 / √x: two roundings, which are at most one and a half units. */
export const rsqrt: UnaryVector = (x) => f32x4.div(f32x4.const(1), f32x4.sqrt(x));
