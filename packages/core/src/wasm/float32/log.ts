/** The natural logarithm of four float32 at once. */

import { withValue, type Expression } from "../expression.js";
import { f32x4, i32x4, v128 } from "../simd.js";
import { logTwoHigh, logTwoLow } from "./exp.js";
import { polynomial } from "./polynomial.js";

type Vector = Expression<"v128">;

/** (log(1 + m) - m + m² / 2) / m³ for √½ ≤ 1 + m < √2. Cephes, logf. */
const coefficients = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

const smallestNormal = 2 ** -126;
const bitsOfSqrtHalf = 0x3f3504f3;

/** log x = e log 2 + log(1 + m), where x = 2ᵉ (1 + m). */
export const log = (x: Vector): Vector =>
  withValue(x, (value) =>
    withValue(f32x4.lt(value, f32x4.const(smallestNormal)), (subnormal) => {
      const normal = v128.bitselect(f32x4.mul(value, f32x4.const(2 ** 23)), value, subnormal);
      // Counted from √½, the bits of the exponent are e.
      const regular = withValue(i32x4.sub(normal, i32x4.const(bitsOfSqrtHalf)), (bits) => {
        const exponent = i32x4.sub(i32x4.shrS(bits, 23), v128.and(subnormal, i32x4.const(23)));
        const mantissa = i32x4.add(v128.and(bits, i32x4.const(0x7fffff)), i32x4.const(bitsOfSqrtHalf));
        return withValue(f32x4.convertI32x4S(exponent), (e) =>
          withValue(f32x4.sub(mantissa, f32x4.const(1)), (m) => sumOf(e, m)),
        );
      });
      return special(value, regular);
    }),
  );

/** The small terms first. */
const sumOf = (e: Vector, m: Vector): Vector =>
  withValue(f32x4.mul(m, m), (square) => {
    const cubic = f32x4.mul(f32x4.mul(polynomial(m, coefficients), m), square);
    const low = f32x4.add(cubic, f32x4.mul(e, f32x4.const(logTwoLow)));
    const small = f32x4.sub(low, f32x4.mul(square, f32x4.const(0.5)));
    return f32x4.add(f32x4.add(m, small), f32x4.mul(e, f32x4.const(logTwoHigh)));
  });

/** -∞ at 0, NaN below, and infinities and NaN as they are. */
const special = (x: Vector, regular: Vector): Vector => {
  const zero = f32x4.const(0);
  const finite = v128.bitselect(regular, x, f32x4.lt(x, f32x4.const(Infinity)));
  const negative = v128.bitselect(f32x4.const(NaN), finite, f32x4.lt(x, zero));
  return v128.bitselect(f32x4.const(-Infinity), negative, f32x4.eq(x, zero));
};
