/** Polynomials on lanes. */

import { withValue } from "../expression.js";
import { f32x4, f64x2 } from "../simd.js";
import type { Vector } from "./vector.js";

type Lanes = Pick<typeof f32x4 | typeof f64x2, "multiplyAdd" | "mul" | "const">;

/** Horner's rule. */
const horner = (
  { multiplyAdd, const: constant }: Lanes,
  x: Vector,
  coefficients: readonly number[],
): Vector => {
  const [first = 0, ...rest] = coefficients;
  return rest.reduce<Vector>(
    (sum, coefficient) => multiplyAdd(sum, x, constant(coefficient)),
    constant(first),
  );
};

/** Of more than three coefficients those of even and of odd powers apart, in x²: two chains half as long, which run beside each other. */
const polynomialOf =
  (lanes: Lanes) =>
  (x: Vector, coefficients: readonly number[]): Vector => {
    if (coefficients.length <= 3) return horner(lanes, x, coefficients);
    const apart = (remainder: number): readonly number[] =>
      coefficients.filter((_, index) => (coefficients.length - 1 - index) % 2 === remainder);
    return withValue(lanes.mul(x, x), (square) => {
      const [even, odd] = [horner(lanes, square, apart(0)), horner(lanes, square, apart(1))];
      return lanes.multiplyAdd(odd, x, even);
    });
  };

/** A polynomial of four float32, a variable; the coefficient of the highest power comes first. */
export const polynomial = /* @__PURE__ */ polynomialOf(f32x4);

/** The same of two float64. */
export const doublePolynomial = /* @__PURE__ */ polynomialOf(f64x2);
