/** Polynomials on lanes. */

import { f32x4, f64x2 } from "../simd.js";
import type { Vector } from "./vector.js";

/** Horner's rule; the coefficient of the highest power comes first. */
const horner =
  ({ add, mul, const: constant }: typeof f32x4 | typeof f64x2) =>
  (x: Vector, [first = 0, ...rest]: readonly number[]): Vector =>
    rest.reduce<Vector>((sum, coefficient) => add(mul(sum, x), constant(coefficient)), constant(first));

/** On four float32. */
export const polynomial = /* @__PURE__ */ horner(f32x4);

/** On two float64. */
export const doublePolynomial = /* @__PURE__ */ horner(f64x2);
