/** The exponential of four float32 at once. */

import { withStaged, withValue } from "../expression.js";
import { unlessAbove } from "../rare.js";
import { f32x4, i32x4 } from "../simd.js";
import { polynomial } from "./polynomial.js";
import type { UnaryVector, Vector } from "./vector.js";

/** log 2 in two parts: the first has so few bits that its multiples are exact. Cephes, expf. */
export const logTwoHigh = 0.693359375;
/** The rest: log 2 = logTwoHigh + logTwoLow. */
export const logTwoLow = -2.1219444e-4;

/** (e^r - 1 - r) / r² for |r| ≤ log 2 / 2, to 2⁻²⁸ of e^r, minimax. */
const coefficients = [
  1.3814277651453e-3, 8.3688987342234e-3, 4.1668404636712e-2, 1.66665191293868e-1, 4.99999933514537e-1,
];

/** Added to a number it rounds it to an integer n, and leaves n + bias in the lowest bits. */
const rounding = (bias: number): Vector => f32x4.const(1.5 * 2 ** 23 + bias);

/**
 * x = n log 2 + r with |r| ≤ log 2 / 2, for |x| < 2²⁰. `shifted` is n + bias behind bits that a shift to the exponent's place drops:
 * with a bias of 127, shifted by 23, it is 2ⁿ. Of NaN r is NaN.
 */
export const withReduced = (
  x: Vector,
  bias: number,
  expression: (r: Vector, shifted: Vector) => Vector,
): Vector =>
  withValue(x, (value) =>
    withValue(f32x4.multiplyAdd(value, f32x4.const(Math.LOG2E), rounding(bias)), (shifted) =>
      withValue(f32x4.sub(shifted, rounding(bias)), (n) => {
        const high = f32x4.multiplyAdd(n, f32x4.const(-logTwoHigh), value);
        const r = f32x4.multiplyAdd(n, f32x4.const(-logTwoLow), high);
        return withStaged(r, (rest) => expression(rest, shifted));
      }),
    ),
  );

/** e^r - 1 for |r| ≤ log 2 / 2, but without the relative accuracy of expm1. */
const lessOne = (r: Vector): Vector => f32x4.multiplyAdd(polynomial(r, coefficients), f32x4.mul(r, r), r);

/** Added to the bits of n + 127 as they are shifted, it makes the smallest integers of those from 1 to 254, exponents of normal numbers, and of those alone. */
const toSmallest = -0x80000000 - (0x4b400000 + 1) + 2 ** 32;
const mostOfNormal = -0x80000000 + 253;

/** eˣ = 2ⁿ eʳ with n the integer nearest to x / log 2: where all of it is finite and normal, or NaN, without a thought. */
export const exp: UnaryVector = (x) =>
  withValue(x, (value) =>
    withReduced(value, 127, (r, shifted) => {
      const near = withValue(i32x4.shl(shifted, 23), (power) => f32x4.multiplyAdd(lessOne(r), power, power));
      return unlessAbove(i32x4.add(shifted, i32x4.const(toSmallest)), mostOfNormal, near, farExp(value));
    }),
  );

/**
 * eˣ of all x. Beyond its bounds it is infinite, or rounds to 0; `pmin` and `pmax` keep the first operand if that is NaN. Powers of two are
 * multiplied in two steps, so that neither leaves the range where the result does not; what underflows is rounded once.
 */
const farExp: UnaryVector = (x) =>
  // Twice the bias, of which each half of n gets one.
  withReduced(f32x4.pmin(f32x4.pmax(x, f32x4.const(-104)), f32x4.const(89)), 254, (r, shifted) =>
    withValue(i32x4.shrU(shifted, 1), (half) => {
      const power = f32x4.mul(f32x4.add(lessOne(r), f32x4.const(1)), i32x4.shl(half, 23));
      return f32x4.mul(power, i32x4.shl(i32x4.sub(shifted, half), 23));
    }),
  );
