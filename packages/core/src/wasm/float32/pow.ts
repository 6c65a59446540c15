/** Powers of four float32 at once. */

import { withValue } from "../expression.js";
import { f32x4, f64x2, v128 } from "../simd.js";
import { clamped, roughExp2 } from "./double-exp.js";
import { inDoubles } from "./double.js";
import { regularLog } from "./double-log.js";
import type { BinaryVector, Vector } from "./vector.js";

const zero = /* @__PURE__ */ f32x4.const(0);
const one = /* @__PURE__ */ f32x4.const(1);
const largest = (2 - 2 ** -23) * 2 ** 127;

/** 2^(y log₂ x) in float64, for x ≥ 0 and finite y. */
const ofSize = /* @__PURE__ */ inDoubles((x, y) =>
  withValue(x, (size) =>
    withValue(regularLog(size, 1), (regular) => {
      const finite = v128.bitselect(regular, size, f64x2.lt(size, f64x2.const(Infinity)));
      const logarithm = v128.bitselect(f64x2.const(-Infinity), finite, f64x2.eq(size, f64x2.const(0)));
      return roughExp2(clamped(f64x2.mul(y, logarithm), 200));
    }),
  ),
);

/** What a negative x does: NaN at fractions, and the sign at odd y. All bits of a lane are a NaN. */
const withSignOf = (x: Vector, y: Vector, size: Vector): Vector =>
  withValue(f32x4.mul(y, f32x4.const(0.5)), (half) => {
    const fraction = f32x4.ne(f32x4.nearest(y), y);
    // A fraction is no even number either; its sign is that of NaN, or of what is nothing but a sign.
    const odd = v128.andNot(f32x4.ne(f32x4.nearest(half), half), fraction);
    const signed = v128.xor(size, v128.and(v128.and(odd, x), f32x4.const(-0)));
    const negative = v128.and(f32x4.lt(x, zero), f32x4.gt(x, f32x4.const(-Infinity)));
    return v128.or(signed, v128.and(negative, fraction));
  });

/** xʸ: 1 where x is 1 or y is 0, of NaN too (IEEE 754). */
export const pow: BinaryVector = (x, y) =>
  withValue(x, (base) =>
    withValue(y, (exponent) => {
      // So that an infinite power of 1 is 1, and no NaN.
      const finite = f32x4.pmin(f32x4.pmax(exponent, f32x4.const(-largest)), f32x4.const(largest));
      return withValue(ofSize(f32x4.abs(base), finite), (size) => {
        const power = withSignOf(base, exponent, size);
        return v128.bitselect(one, power, v128.or(f32x4.eq(base, one), f32x4.eq(exponent, zero)));
      });
    }),
  );
