/** Functions of float32 computed in float64, half a vector at a time, and rounded once. */

import { withValue } from "../expression.js";
import { f32x4, f64x2, shuffle32 } from "../simd.js";
import type { BinaryVector, UnaryVector, Vector } from "./vector.js";

/** The upper two lanes, in the place of the lower. */
const upper = (x: Vector): Vector => shuffle32(x, x, [2, 3, 2, 3]);

/** The lower halves of two vectors as one, of which the first is computed before the second. */
const joined = (low: Vector, high: Vector): Vector =>
  withValue(low, (first) => withValue(high, (second) => shuffle32(first, second, [0, 1, 4, 5])));

/** A function of two float64 as one of four float32. */
export const inDouble =
  (f: UnaryVector): UnaryVector =>
  (x) =>
    withValue(x, (value) => {
      const half = (part: Vector): Vector => f32x4.demoteF64x2Zero(f(f64x2.promoteLowF32x4(part)));
      return joined(half(value), half(upper(value)));
    });

/** A function of two operands, the same. */
export const inDoubles =
  (f: BinaryVector): BinaryVector =>
  (x, y) =>
    withValue(x, (left) =>
      withValue(y, (right) => {
        const half = (a: Vector, b: Vector): Vector =>
          f32x4.demoteF64x2Zero(f(f64x2.promoteLowF32x4(a), f64x2.promoteLowF32x4(b)));
        return joined(half(left, right), half(upper(left), upper(right)));
      }),
    );
