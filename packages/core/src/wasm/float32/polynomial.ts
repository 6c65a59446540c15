/** Polynomials on lanes. */

import { withValue } from "../expression.js";
import { f32x4, f64x2 } from "../simd.js";
import type { Vector } from "./vector.js";

type Lanes = Pick<typeof f32x4 | typeof f64x2, "multiplyAdd" | "mul" | "const">;

/** Horner's rule; of more than three coefficients that in x², whose coefficients are those of two powers each, the lower one and x times the higher: chains half as long, beside each other. */
const polynomialOf =
  ({ multiplyAdd, mul, const: constant }: Lanes) =>
  (x: Vector, coefficients: readonly number[]): Vector => {
    const ascending = [...coefficients].reverse().map(constant);
    if (ascending.length <= 3) return ascending.reduceRight((sum, lower) => multiplyAdd(sum, x, lower));
    const pairs = ascending.flatMap((low, power) => {
      if (power % 2 === 1) return [];
      const high = ascending[power + 1];
      return high === undefined ? low : multiplyAdd(high, x, low);
    });
    return withValue(mul(x, x), (square) => pairs.reduceRight((sum, pair) => multiplyAdd(sum, square, pair)));
  };

/** A polynomial of four float32, a variable; the coefficient of the highest power comes first. */
export const polynomial = /* @__PURE__ */ polynomialOf(f32x4);

/** The same of two float64. */
export const doublePolynomial = /* @__PURE__ */ polynomialOf(f64x2);
