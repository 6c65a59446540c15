/** The exponential of four float32 at once. */

import { withValue, type Expression } from "../expression.js";
import { f32x4, i32x4 } from "../simd.js";
import { polynomial } from "./polynomial.js";

type Vector = Expression<"v128">;

/** log 2 in two parts: the first has so few bits that its multiples are exact. Cephes, expf. */
export const logTwoHigh = 0.693359375;
export const logTwoLow = -2.1219444e-4;

/** (e^r - 1 - r) / r² for |r| ≤ log 2 / 2. Cephes, expf. */
const coefficients = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];

/**
 * eˣ = 2ⁿ eʳ with n the integer nearest to x / log 2. Powers of two are multiplied in two steps, so that neither leaves the range where
 * the result does not; what underflows is rounded once.
 */
export const exp = (x: Vector): Vector =>
  // Beyond these it is infinite, or rounds to 0. `min` and `max` carry NaN.
  withValue(f32x4.max(f32x4.min(x, f32x4.const(89)), f32x4.const(-104)), (clamped) =>
    withValue(f32x4.nearest(f32x4.mul(clamped, f32x4.const(Math.LOG2E))), (n) =>
      withValue(f32x4.sub(clamped, f32x4.mul(n, f32x4.const(logTwoHigh))), (high) =>
        withValue(f32x4.mul(n, f32x4.const(logTwoLow)), (low) =>
          withValue(f32x4.sub(high, low), (r) => {
            const lost = f32x4.sub(f32x4.sub(high, r), low);
            const tail = f32x4.mul(polynomial(r, coefficients), f32x4.mul(r, r));
            return scale(onePlus(r, f32x4.add(tail, lost)), i32x4.truncSatF32x4S(n));
          }),
        ),
      ),
    ),
  );

/** 1 + r + tail, where adding r to 1 loses nothing: what is rounded off goes to the tail. */
const onePlus = (r: Vector, tail: Vector): Vector =>
  withValue(f32x4.add(f32x4.const(1), r), (sum) =>
    f32x4.add(sum, f32x4.add(tail, f32x4.sub(r, f32x4.sub(sum, f32x4.const(1))))),
  );

/** x 2ⁿ for |n| ≤ 252, rounded once. */
const scale = (x: Vector, exponent: Vector): Vector =>
  withValue(exponent, (n) =>
    withValue(i32x4.shrS(n, 1), (half) =>
      f32x4.mul(f32x4.mul(x, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half))),
    ),
  );

/** 2ⁿ for -126 ≤ n ≤ 127: the exponent's bits. */
const powerOfTwo = (n: Vector): Vector => i32x4.shl(i32x4.add(n, i32x4.const(127)), 23);
