/** The sine, cosine and tangent of four float32 at once, in float64. */

import { withValue } from "../expression.js";
import { f32x4, f64x2, shuffle32 } from "../simd.js";
import { doublePolynomial } from "./polynomial.js";
import { ofReducedAngle } from "./reduce-angle.js";
import type { UnaryVector, Vector } from "./vector.js";

/** sin r / r in r², for |r| ≤ π/2, to 2⁻²⁷, minimax. */
const coefficients = [
  2.6017498609830436e-6, -0.00019807350445564056, 0.00833302419781821, -0.16666656642973846,
  0.9999999946582921,
];

/** sin r for |r| ≤ π/2. */
const sineOfReduced = (r: Vector): Vector =>
  withValue(r, (value) =>
    withValue(f64x2.mul(value, value), (square) => f64x2.mul(value, doublePolynomial(square, coefficients))),
  );

/** Two pairs of float64 as four float32. */
const rounded = (low: Vector, high: Vector): Vector =>
  shuffle32(f32x4.demoteF64x2Zero(low), f32x4.demoteF64x2Zero(high), [0, 1, 4, 5]);

const sineOfHalves = (low: Vector, high: Vector): Vector => rounded(sineOfReduced(low), sineOfReduced(high));

/** sin x, of radians. */
export const sin: UnaryVector = (x) => ofReducedAngle(x, "sine", sineOfHalves);

/** cos x, of radians. */
export const cos: UnaryVector = (x) => ofReducedAngle(x, "cosine", sineOfHalves);

/** sin x / cos x. */
export const tan: UnaryVector = (x) =>
  withValue(x, (value) =>
    ofReducedAngle(value, "sine", (sineLow, sineHigh) =>
      ofReducedAngle(value, "cosine", (cosineLow, cosineHigh) =>
        rounded(
          f64x2.div(sineOfReduced(sineLow), sineOfReduced(cosineLow)),
          f64x2.div(sineOfReduced(sineHigh), sineOfReduced(cosineHigh)),
        ),
      ),
    ),
  );
