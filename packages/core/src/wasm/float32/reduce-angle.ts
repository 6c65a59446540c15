/** Angles modulo π, in float64, so that what is left has full relative accuracy for every float32. */

import { after } from "../control.js";
import { once } from "../engine.js";
import { local, stagedLocal, withValue } from "../expression.js";
import { call, valued } from "../function.js";
import { whenAbove } from "../rare.js";
import { f32x4, f64x2, i64x2, shuffle32, v128 } from "../simd.js";
import type { Vector } from "./vector.js";

/** Whose argument is sought: cos x is the sine of x + π/2. */
export type AngleOf = "sine" | "cosine";

/** π in two parts: multiples of the first by integers and halves below 2²³ are exact. */
const piHigh = 3.141592651605606;
const piLow = 1.984187159361081e-9;

/** Above this the two parts do not suffice. */
const largest = 2 ** 22;
const bitsOfLargest = 0x4a800000;

/** Added to a number it rounds it to an integer, and leaves that in the lowest bits. */
const rounding = 1.5 * 2 ** 52;

/** The sign that an odd number of turns by π has. The number is `shifted` by being added to the above. */
const withSignOfTurns = (r: Vector, shifted: Vector): Vector => v128.xor(r, i64x2.shl(shifted, 63));

/** r with sin r = sin x, or sin r = cos x, and |r| ≤ π/2: ±(x - n π) with an integer n, or an integer and a half. */
const ordinary = (x: Vector, of: AngleOf): Vector =>
  withValue(x, (value) => {
    const turns = f64x2.mul(value, f64x2.const(1 / Math.PI));
    const half = f64x2.const(0.5);
    return withValue(
      f64x2.add(of === "sine" ? turns : f64x2.add(turns, half), f64x2.const(rounding)),
      (shifted) => {
        const whole = f64x2.sub(shifted, f64x2.const(rounding));
        return withValue(of === "sine" ? whole : f64x2.sub(whole, half), (n) => {
          const high = f64x2.multiplyAdd(n, f64x2.const(-piHigh), value);
          return withSignOfTurns(f64x2.multiplyAdd(n, f64x2.const(-piLow), high), shifted);
        });
      },
    );
  });

/** 1 / π, 24 bits a piece, so that the product with a float32 is exact. */
const pieces = /* @__PURE__ */ [5340353, 12003106, 693502, 1289192, 16423534, 14708145, 4902046, 2213920].map(
  (bits, index) => bits * 2 ** (-24 * (index + 1)),
);

/**
 * The same for any float32, with its x and 0, or 1/2 for the cosine: x / π is summed from products with the pieces, of which only what
 * is left modulo 2 counts, and of the sum what is left of the nearest integer (M. Payne and R. Hanek, "Radian reduction for
 * trigonometric functions", 1983). Leading digits have cancelled before the sum is rounded. NaN for infinity.
 */
const huge = /* @__PURE__ */ once(() => {
  const [x, sum] = [local("v128"), local("v128")];
  const [product, turns, odd] = [local("v128"), local("v128"), local("v128")];
  const evenPart = (value: Vector): Vector =>
    f64x2.mul(f64x2.nearest(f64x2.mul(value, f64x2.const(0.5))), f64x2.const(2));
  const steps = pieces.flatMap((piece) => [
    product.set(f64x2.mul(x, f64x2.const(piece))),
    sum.set(f64x2.add(sum, f64x2.sub(product, evenPart(product)))),
    turns.set(f64x2.nearest(sum)),
    sum.set(f64x2.sub(sum, turns)),
    odd.set(f64x2.add(odd, turns)),
  ]);
  const r = f64x2.mul(sum, f64x2.const(Math.PI));
  return valued(
    "reduceHugeAngle",
    [x, sum],
    steps,
    withSignOfTurns(r, f64x2.add(odd, f64x2.const(rounding))),
  );
});

const promoted = (x: Vector): Vector => f64x2.promoteLowF32x4(x);
const upper = (x: Vector): Vector => shuffle32(x, x, [2, 3, 2, 3]);

/** An expression of the reduced angles of four float32, in float64, the lower and the upper two. */
export const ofReducedAngle = (
  x: Vector,
  of: AngleOf,
  expression: (low: Vector, high: Vector) => Vector,
): Vector =>
  withValue(x, (value) => {
    const [low, high] = [stagedLocal("v128"), stagedLocal("v128")];
    const simply = (part: Vector): Vector => ordinary(promoted(part), of);
    const fully = (part: Vector): Vector =>
      call(huge(), promoted(part), f64x2.const(of === "sine" ? 0 : 0.5));
    const isHuge = (part: Vector): Vector => f64x2.gt(f64x2.abs(promoted(part)), f64x2.const(largest));
    return after(
      [
        low.set(simply(value)),
        high.set(simply(upper(value))),
        // By their bits; NaN is above all.
        whenAbove(f32x4.abs(value), bitsOfLargest, [
          low.set(v128.bitselect(fully(value), low, isHuge(value))),
          high.set(v128.bitselect(fully(upper(value)), high, isHuge(upper(value)))),
        ]),
      ],
      expression(low, high),
    );
  });
