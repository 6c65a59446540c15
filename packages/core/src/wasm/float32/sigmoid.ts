/** The logistic function of four float32 at once. */

import { withValue } from "../expression.js";
import { f32x4, v128 } from "../simd.js";
import { exp } from "./exp.js";
import type { UnaryVector } from "./vector.js";

/**
 * 1 / (1 + e⁻ˣ): with z = e^-|x| it is 1 / (1 + z), or z / (1 + z) below 0, where it may be subnormal. What rounding 1 + z loses is
 * less than half a unit, and its share of the quotient is taken away, for which a line stands for 1 / (1 + z).
 */
export const sigmoid: UnaryVector = (x) =>
  withValue(x, (value) =>
    withValue(exp(v128.or(value, f32x4.const(-0))), (z) =>
      withValue(f32x4.add(z, f32x4.const(1)), (sum) => {
        const numerator = v128.bitselect(z, f32x4.const(1), f32x4.lt(value, f32x4.const(0)));
        const lost = f32x4.sub(z, f32x4.sub(sum, f32x4.const(1)));
        const inverse = f32x4.multiplyAdd(sum, f32x4.const(-0.5), f32x4.const(1.457));
        return withValue(f32x4.div(numerator, sum), (quotient) =>
          f32x4.sub(quotient, f32x4.mul(quotient, f32x4.mul(lost, inverse))),
        );
      }),
    ),
  );
