/** The natural logarithm of four float32 at once, and that of 1 + x. */

import { withStaged, withValue } from "../expression.js";
import { unlessAbove } from "../rare.js";
import { f32x4, i32x4, v128 } from "../simd.js";
import { logTwoHigh, logTwoLow } from "./exp.js";
import { polynomial } from "./polynomial.js";
import { withSign } from "./sign.js";
import type { UnaryVector, Vector } from "./vector.js";

/** (log(1 + m) - m + m² / 2) / m³ for √½ ≤ 1 + m < √2, to 2⁻²⁷ of log(1 + m), minimax. */
const coefficients = [
  -7.6345038522692e-2, 1.2761578861999e-1, -1.3160179890641e-1, 1.42017571388437e-1, -1.66233574558482e-1,
  2.00012269229912e-1, -2.50008210350084e-1, 3.33333317083187e-1,
];

const bitsOfSqrtHalf = 0x3f3504f3;
const mantissaBits = 0x7fffff;
const exponentBits = -0x800000;

/** log x = e log 2 + log(1 + m), where x = 2ᵉ (1 + m). */
export const log: UnaryVector = (x) =>
  withValue(x, (value) =>
    unlessAbove(specials(value), mostOfRegular, regularLog(value, 0), special(value, logOfAll(value))),
  );

/** log x of a positive, finite x. */
const logOfAll = (x: Vector): Vector => {
  const subnormal = f32x4.lt(x, f32x4.const(2 ** -126));
  const larger = v128.bitselect(f32x4.mul(x, f32x4.const(2 ** 23)), x, subnormal);
  return withValue(larger, (normal) => regularLog(normal, v128.and(subnormal, i32x4.const(23))));
};

/** log x - less log 2 of a positive, finite, normal x. Counted from √½, the bits of the exponent are e. */
const regularLog = (x: Vector, less: Vector | 0): Vector =>
  withValue(i32x4.sub(x, i32x4.const(bitsOfSqrtHalf)), (bits) => {
    const exponent = i32x4.shrS(bits, 23);
    const mantissa = i32x4.add(v128.and(bits, i32x4.const(mantissaBits)), i32x4.const(bitsOfSqrtHalf));
    return sumOf(less === 0 ? exponent : i32x4.sub(exponent, less), f32x4.sub(mantissa, f32x4.const(1)));
  });

/** The bits of 4: less e in the exponent's place they are those of 4 · 2⁻ᵉ, which is no subnormal. */
const bitsOfFour = 0x40800000;

/** log(1 + x): with 1 + x = 2ᵉ (1 + m), m is computed from x, as 2⁻ᵉ x + (2⁻ᵉ - 1). */
export const log1p: UnaryVector = (x) =>
  withValue(x, (value) =>
    withValue(f32x4.add(value, f32x4.const(1)), (sum) => {
      const regular = withValue(i32x4.sub(sum, i32x4.const(bitsOfSqrtHalf)), (bits) => {
        const four = i32x4.sub(i32x4.const(bitsOfFour), v128.and(bits, i32x4.const(exponentBits)));
        return withValue(f32x4.mul(four, f32x4.const(0.25)), (inverse) =>
          sumOf(i32x4.shrS(bits, 23), f32x4.multiplyAdd(value, inverse, f32x4.sub(inverse, f32x4.const(1)))),
        );
      });
      const result = withValue(regular, (ordinary) =>
        unlessAbove(specials(sum), mostOfRegular, ordinary, special(sum, ordinary)),
      );
      return withSign(result, value);
    }),
  );

/** Added to a number's bits it makes the smallest integers of those that are positive, finite and normal, and of those alone. */
const bitsBelowNormal = 0x7f800000;
const mostOfRegular = -0x01000001;

/** Above `mostOfRegular` where x is not positive, finite and normal. */
const specials = (x: Vector): Vector => i32x4.add(x, i32x4.const(bitsBelowNormal));

/** e log 2 + log(1 + m), the small terms first. */
const sumOf = (exponent: Vector, mantissa: Vector): Vector =>
  withValue(f32x4.convertI32x4S(exponent), (e) =>
    withStaged(mantissa, (m) =>
      withValue(f32x4.mul(m, m), (square) => {
        const factor = f32x4.mul(polynomial(m, coefficients), m);
        const low = f32x4.multiplyAdd(factor, square, f32x4.mul(e, f32x4.const(logTwoLow)));
        const small = f32x4.multiplyAdd(square, f32x4.const(-0.5), low);
        return f32x4.multiplyAdd(e, f32x4.const(logTwoHigh), f32x4.add(m, small));
      }),
    ),
  );

/** -∞ at 0, NaN below, and infinity and NaN as they are. */
const special = (x: Vector, regular: Vector): Vector => {
  const finite = v128.bitselect(regular, x, f32x4.lt(x, f32x4.const(Infinity)));
  const none = v128.bitselect(f32x4.const(-Infinity), f32x4.const(NaN), f32x4.eq(x, f32x4.const(0)));
  return v128.bitselect(finite, none, f32x4.gt(x, f32x4.const(0)));
};
