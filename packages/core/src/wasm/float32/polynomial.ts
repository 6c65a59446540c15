/** Polynomials on four float32 at once. */

import type { Expression } from "../expression.js";
import { f32x4 } from "../simd.js";

/** Horner's rule; the coefficient of the highest power comes first. */
export const polynomial = (
  x: Expression<"v128">,
  [first = 0, ...rest]: readonly number[],
): Expression<"v128"> =>
  rest.reduce<Expression<"v128">>(
    (sum, coefficient) => f32x4.add(f32x4.mul(sum, x), f32x4.const(coefficient)),
    f32x4.const(first),
  );
