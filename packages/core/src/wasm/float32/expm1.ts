/** eˣ - 1 of four float32 at once. */

import { withValue } from "../expression.js";
import { f32x4, i32x4 } from "../simd.js";
import { withReduced } from "./exp.js";
import { polynomial } from "./polynomial.js";
import { withSign } from "./sign.js";
import type { UnaryVector, Vector } from "./vector.js";

/** (e^r - 1 - r) / r² for |r| ≤ log 2 / 2, to 2⁻³¹ of e^r - 1, minimax. */
const coefficients = [
  1.98458765654697e-4, 0.001394089219391919, 8.333389993609e-3, 4.1666357785677e-2, 0.1666666636566999,
  5.00000004483831e-1,
];

/** With x = n log 2 + r it is 2ⁿ (e^r - 1) + (2ⁿ - 1), computed as twice its half, for 2¹²⁸ is none. */
export const expm1: UnaryVector = (x) =>
  withValue(x, (value) => {
    const bounded = f32x4.pmin(f32x4.pmax(value, f32x4.const(-18)), f32x4.const(89));
    const size = withReduced(bounded, 126, (r, shifted) =>
      withValue(i32x4.shl(shifted, 23), (half) => {
        const sum = f32x4.multiplyAdd(half, minusOne(r), f32x4.sub(half, f32x4.const(0.5)));
        return f32x4.mul(sum, f32x4.const(2));
      }),
    );
    return withSign(size, value);
  });

/** e^r - 1 for |r| ≤ log 2 / 2. */
const minusOne = (r: Vector): Vector => f32x4.multiplyAdd(polynomial(r, coefficients), f32x4.mul(r, r), r);
