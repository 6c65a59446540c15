/** Quotients of float32 and one number, as products in float64. */

import { withValue } from "../expression.js";
import { f32x4, f64x2, shuffle32 } from "../simd.js";
import type { BinaryVector, UnaryVector } from "./vector.js";

/** 1 / x in float64, of the first two of four float32. */
export const reciprocal: UnaryVector = (x) => f64x2.div(f64x2.const(1), f64x2.promoteLowF32x4(x));

/**
 * x / y by 1 / y. It is the quotient that division gives: the product is within 2⁻⁵² of the exact one, while that is no closer than 2⁻⁴⁸ to
 * where rounding turns from one float32 to the next. Of subnormal quotients alone, which may lie there, one may be the neighbour.
 *
 * It takes as long as a division, but of other instructions: half of the quotients by each take little more than half the time.
 */
export const byReciprocal: BinaryVector = (x, inverse) =>
  withValue(x, (value) => {
    const product = (pair: typeof x): typeof x =>
      f32x4.demoteF64x2Zero(f64x2.mul(f64x2.promoteLowF32x4(pair), inverse));
    return shuffle32(product(value), product(shuffle32(value, value, [2, 3, 2, 3])), [0, 1, 4, 5]);
  });
