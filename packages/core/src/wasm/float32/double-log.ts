/** Logarithms of two float64, to 2⁻⁴⁴ of the result. */

import { withStaged, withValue } from "../expression.js";
import { f64x2, i64x2, v128 } from "../simd.js";
import { doublePolynomial } from "./polynomial.js";
import type { Vector } from "./vector.js";

/** log((1 + s) / (1 - s)) / s in s², for |s| ≤ (√2 - 1) / (√2 + 1), minimax. */
const coefficients = [
  1.96111999561923e-1, 0.22174032365511281, 0.2857217146801144, 0.39999994838837294, 0.6666666667976339,
  1.9999999999999463,
];

const bitsOfOne = 0x3ff0000000000000n;
const bitsOfSqrtHalf = 0x3fe6a09e667f3bcdn;
const mantissaBits = 0x000fffffffffffffn;
/** The bits of 2⁵²: in place of the exponent they make a number of an integer. */
const bitsOfTwo52 = 0x4330000000000000n;
/** Of twice the bias: less the exponent of 2ᵉ it is that of 2⁻ᵉ. */
const twiceBias = 0x7fe0000000000000n;

/** An exponent's bits, in their place, as a number. */
const exponentOf = (bits: Vector): Vector =>
  f64x2.sub(v128.or(i64x2.shrU(bits, 52), i64x2.const(bitsOfTwo52)), f64x2.const(2 ** 52 + 1023));

/** e unit + log(1 + m), in units of the logarithm that e has. */
const sumOf = (e: Vector, m: Vector, unit: number): Vector =>
  withValue(m, (mantissa) =>
    withStaged(f64x2.div(mantissa, f64x2.add(mantissa, f64x2.const(2))), (s) => {
      const terms = coefficients.map((coefficient) => (coefficient * unit) / Math.LN2);
      const logarithm = f64x2.mul(s, doublePolynomial(f64x2.mul(s, s), terms));
      return f64x2.multiplyAdd(e, f64x2.const(unit), logarithm);
    }),
  );

/** The bits of x / √½, whose exponent is that of x = 2ᵉ (1 + m) with √½ ≤ 1 + m < √2. */
const shifted = (x: Vector): Vector => i64x2.add(x, i64x2.const(bitsOfOne - bitsOfSqrtHalf));

/** unit log₂ x of a positive, finite, normal x. */
export const regularLog = (x: Vector, unit = Math.LN2): Vector =>
  withValue(shifted(x), (bits) => {
    const mantissa = i64x2.add(v128.and(bits, i64x2.const(mantissaBits)), i64x2.const(bitsOfSqrtHalf));
    return sumOf(exponentOf(bits), f64x2.sub(mantissa, f64x2.const(1)), unit);
  });

/** -∞ at 0, NaN below, and infinity and NaN as they are. */
const special = (x: Vector, regular: Vector): Vector => {
  const finite = v128.bitselect(regular, x, f64x2.lt(x, f64x2.const(Infinity)));
  const none = v128.bitselect(f64x2.const(-Infinity), f64x2.const(NaN), f64x2.eq(x, f64x2.const(0)));
  return v128.bitselect(finite, none, f64x2.gt(x, f64x2.const(0)));
};

/** unit log₂ x: the natural logarithm, if the unit is not given. */
export const doubleLog = (x: Vector, unit = Math.LN2): Vector =>
  withValue(x, (value) => special(value, regularLog(value, unit)));

/**
 * log(1 + x), of the same relative accuracy: with 1 + x = 2ᵉ (1 + m), m is computed from x, as 2⁻ᵉ x + (2⁻ᵉ - 1).
 * That of -0 is 0.
 */
export const doubleLog1p = (x: Vector): Vector =>
  withValue(x, (value) =>
    withValue(f64x2.add(value, f64x2.const(1)), (sum) => {
      const regular = withValue(shifted(sum), (bits) =>
        withValue(i64x2.sub(i64x2.const(twiceBias), v128.and(bits, i64x2.const(~mantissaBits))), (inverse) =>
          sumOf(
            exponentOf(bits),
            f64x2.multiplyAdd(value, inverse, f64x2.sub(inverse, f64x2.const(1))),
            Math.LN2,
          ),
        ),
      );
      return special(sum, regular);
    }),
  );
