/** The logistic function of four float32 at once. */

import { withValue, type Expression } from "../expression.js";
import { f32x4, f64x2, shuffle32, v128 } from "../simd.js";
import { exp } from "./exp.js";

type Vector = Expression<"v128">;

/** 1 / (1 + e⁻ˣ): with z = e^-|x| it is 1 / (1 + z), or z / (1 + z) below 0, where it may be subnormal. */
export const sigmoid = (x: Vector): Vector =>
  withValue(x, (value) =>
    withValue(exp(f32x4.neg(f32x4.abs(value))), (z) =>
      withValue(v128.bitselect(z, f32x4.const(1), f32x4.lt(value, f32x4.const(0))), (numerator) =>
        shuffle32(quotient(numerator, z), quotient(upper(numerator), upper(z)), [0, 1, 4, 5]),
      ),
    ),
  );

/** a / (1 + z) of the lower two lanes, in float64: rounding 1 + z to float32 would cost an ulp. */
const quotient = (a: Vector, z: Vector): Vector =>
  f32x4.demoteF64x2Zero(
    f64x2.div(f64x2.promoteLowF32x4(a), f64x2.add(f64x2.promoteLowF32x4(z), f64x2.const(1))),
  );

const upper = (x: Vector): Vector => shuffle32(x, x, [2, 3, 2, 3]);
