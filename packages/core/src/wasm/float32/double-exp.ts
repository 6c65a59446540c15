/** Exponentials of two float64, to 2⁻⁴⁶ of the result, or 2⁻³⁴, which is enough where they are rounded to float32. */

import { withStaged, withValue } from "../expression.js";
import { f64x2, i64x2 } from "../simd.js";
import { doublePolynomial } from "./polynomial.js";
import type { UnaryVector, Vector } from "./vector.js";

/** 2ʳ for |r| ≤ 1/2, minimax. */
const coefficients = [
  1.0150327631556108e-7, 1.3259405549945624e-6, 1.5252984895155314e-5, 0.00015403434948167976,
  0.0013333557617482587, 0.009618129192067414, 0.05550410866868662, 0.2402265069564965, 0.6931471805598709,
  1.0000000000000129,
];
/** The same to 2⁻³⁴. */
const fewCoefficients = [
  1.5201927915009855e-5, 0.00015469290725356595, 0.0013333922526488201, 0.009618027255243125,
  0.05550410353504162, 0.24022651198141085, 0.6931471807284378, 0.9999999999616855,
];

/** Added to a number it rounds it to an integer, and leaves that, plus the bias of exponents, in the lowest bits. */
const rounding = 1.5 * 2 ** 52 + 1023;

const exp2Of =
  (terms: readonly number[]): UnaryVector =>
  (x) =>
    withValue(x, (t) =>
      withValue(f64x2.add(t, f64x2.const(rounding)), (shifted) =>
        withStaged(f64x2.sub(t, f64x2.sub(shifted, f64x2.const(rounding))), (r) =>
          f64x2.mul(doublePolynomial(r, terms), i64x2.shl(shifted, 52)),
        ),
      ),
    );

/** 2ˣ for |x| ≤ 1000. NaN stays. */
const doubleExp2 = /* @__PURE__ */ exp2Of(coefficients);

/** 2ˣ for |x| ≤ 1000, to 2⁻³⁴. */
export const roughExp2 = /* @__PURE__ */ exp2Of(fewCoefficients);

/** Beyond ±limit the limit. The first operand comes first, so that NaN stays. */
export const clamped = (x: Vector, limit: number): Vector =>
  f64x2.pmin(f64x2.pmax(x, f64x2.const(-limit)), f64x2.const(limit));

const expOf =
  (exp2: UnaryVector): UnaryVector =>
  (x) =>
    exp2(f64x2.mul(clamped(x, 200), f64x2.const(Math.LOG2E)));

/** eˣ, of x beyond ±200 that of ±200: as a float32 that is ∞ or 0. */
export const doubleExp = /* @__PURE__ */ expOf(doubleExp2);

/** The same, to 2⁻³⁴. */
export const roughExp = /* @__PURE__ */ expOf(roughExp2);
