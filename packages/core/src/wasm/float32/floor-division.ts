/** Division of float32 rounded down and what it leaves, exactly as the kernels of one number at a time do it in float64. */

import { branchIf, loop, when } from "../control.js";
import { once } from "../engine.js";
import { local, withValue } from "../expression.js";
import { call, valued } from "../function.js";
import { f64x2, i64x2, v128 } from "../simd.js";
import { inDoubles } from "./double.js";
import type { BinaryVector, Vector } from "./vector.js";

const zero = /* @__PURE__ */ f64x2.const(0);
const one = /* @__PURE__ */ f64x2.const(1);

/** Of a float64 the sign, the exponent and 24 bits of the mantissa. */
const leadingBits = ~((1n << 29n) - 1n);

/**
 * |a| modulo |b|, less |b| perhaps, of float32 in float64: as long as it is not below |b|, the leading bits of the quotient are taken
 * away, whose product with b is exact, and so is the difference. Of an infinite a, of b = 0, and of NaN it is NaN.
 */
const remainderOfSizes = /* @__PURE__ */ once(() => {
  const [rest, divisor, quotient] = [local("v128"), local("v128"), local("v128")];
  const exceeding = f64x2.ge(f64x2.abs(rest), divisor);
  const exceeds = v128.anyTrue(exceeding);
  const valid = v128.and(f64x2.gt(divisor, zero), f64x2.lt(rest, f64x2.const(Infinity)));
  const step = [
    quotient.set(f64x2.trunc(v128.and(f64x2.div(rest, divisor), i64x2.const(leadingBits)))),
    // Where it is done already: 0 times an infinite b would be NaN.
    rest.set(f64x2.sub(rest, v128.and(f64x2.mul(quotient, divisor), exceeding))),
  ];
  return valued(
    "remainderOfSizes",
    [rest, divisor],
    [
      rest.set(v128.or(rest, v128.not(valid))),
      when(exceeds, [loop((again) => [...step, branchIf(again, exceeds)])]),
    ],
    // Rounding may have made the last quotient too large.
    f64x2.add(rest, v128.and(divisor, f64x2.lt(rest, zero))),
  );
});

/** The remainder with the sign of a, as that of JavaScript. Of an infinite b it is a. */
const remainder = (a: Vector, b: Vector): Vector =>
  v128.or(call(remainderOfSizes(), f64x2.abs(a), f64x2.abs(b)), v128.and(a, f64x2.const(-0)));

/** a - b ⌊a / b⌋, of the sign of b, zeros too. */
export const mod: BinaryVector = /* @__PURE__ */ inDoubles((a, b) =>
  withValue(b, (divisor) =>
    withValue(remainder(a, divisor), (rest) => {
      const moved = v128.bitselect(f64x2.add(rest, divisor), rest, differ(rest, divisor));
      const ofZero = v128.and(f64x2.const(-0), f64x2.lt(divisor, zero));
      return v128.bitselect(ofZero, moved, f64x2.eq(rest, zero));
    }),
  ),
);

/** Where one is negative and the other is not. */
const differ = (a: Vector, b: Vector): Vector => v128.xor(f64x2.lt(a, zero), f64x2.lt(b, zero));

/** ⌊a / b⌋; a / b where b is 0. */
export const floorDivide: BinaryVector = /* @__PURE__ */ inDoubles((a, b) =>
  withValue(a, (dividend) =>
    withValue(b, (divisor) =>
      withValue(remainder(dividend, divisor), (rest) => {
        const towardZero = f64x2.div(f64x2.sub(dividend, rest), divisor);
        const inexact = v128.and(differ(rest, divisor), f64x2.ne(rest, zero));
        const down = f64x2.sub(towardZero, v128.and(one, inexact));
        const simple = f64x2.div(dividend, divisor);
        return withValue(simple, (ratio) =>
          withValue(f64x2.nearest(down), (whole) => {
            // Zeros have the sign of the ratio.
            const signed = v128.bitselect(v128.and(ratio, f64x2.const(-0)), whole, f64x2.eq(whole, zero));
            return v128.bitselect(ratio, signed, f64x2.eq(divisor, zero));
          }),
        );
      }),
    ),
  ),
);
