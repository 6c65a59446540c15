/**
 * Odd functions of float32 by pieces: x + x h(x) up to c = 17/32 and c + c h(x) above, where h is a cubic polynomial on each sixteenth, up to a
 * bound, beyond which the function stays. The four coefficients of a piece are one vector of a table, so that an element costs a load and its
 * share of a transposition, instead of a quotient and a long polynomial. They are within 1.4 units in the last place.
 */

import { withValue, type Expression } from "../expression.js";
import { i32, i64 } from "../integer.js";
import { f32x4, i32x4, i64x2, shuffle32, v128 } from "../simd.js";
import type { UnaryVector, Vector } from "./vector.js";

const perUnit = 16;
const bytesOfPiece = 16;

/** Where the pieces of a function f lie in the memory, and what they are made of. */
export interface Pieces {
  readonly address: number;
  /** f(x) / x in float64, for x > 0. */
  readonly quotient: (x: number) => number;
  /** Up to which they go, less than 16: sixteenths, at which the function rounds to 1. */
  readonly bound: number;
}

/** The bytes of a function's table: a piece each sixteenth up to its bound, and one behind. */
export const bytesOfPieces = ({ bound }: Pieces): number => (bound * perUnit + 1) * bytesOfPiece;

/** The coefficients of all pieces, the constant ones first. */
export const coefficientsOf = ({ bound, quotient }: Pieces): Float32Array =>
  Float32Array.from(
    Array.from({ length: bound * perUnit + 1 }, (_, index) => {
      const middle = index / perUnit;
      const scale = (x: number): number => (middle < limit ? 1 : x / limit);
      return cubic((d) => quotient(Math.abs(middle + d)) * scale(middle + d) - 1);
    }).flat(),
  );

/** The factor is no larger. It is the end of a piece, and h is below 1 for functions below 1. */
const limit = 17 / 32;

/** Half of a piece, and the Chebyshev nodes on both sides of its middle. */
const half = 0.5 / perUnit;
const [outer, inner] = [half * Math.cos(Math.PI / 8), half * Math.cos((3 * Math.PI) / 8)];

/** The cubic polynomial that interpolates at the nodes: its error is within a few percent of the least. */
const cubic = (f: (x: number) => number): readonly [number, number, number, number] => {
  const even = (x: number): number => (f(x) + f(-x)) / 2;
  const odd = (x: number): number => (f(x) - f(-x)) / (2 * x);
  const second = (even(outer) - even(inner)) / (outer ** 2 - inner ** 2);
  const third = (odd(outer) - odd(inner)) / (outer ** 2 - inner ** 2);
  return [even(inner) - second * inner ** 2, odd(inner) - third * inner ** 2, second, third];
};

/** Added to a number below 2¹⁸ it rounds it to sixteenths, whose number is in the lowest bits. */
const rounding = (1.5 * 2 ** 23) / perUnit;

/** The function that the pieces stand for. Of NaN it is NaN, with whatever piece. */
export const byPieces =
  ({ address, bound }: Pieces): UnaryVector =>
  (x) =>
    withValue(x, (value) =>
      withValue(f32x4.pmin(f32x4.abs(value), f32x4.const(bound)), (size) => {
        const factor = f32x4.pmin(size, f32x4.const(limit));
        const excess = withPiece(size, address, horner);
        const result = withValue(factor, (kept) => f32x4.multiplyAdd(kept, excess, kept));
        return v128.or(result, v128.and(value, f32x4.const(-0)));
      }),
    );

/** An expression of the distance from the middle of a piece, and of its coefficients. */
const withPiece = (
  size: Vector,
  address: number,
  expression: (d: Vector, coefficients: Four) => Vector,
): Vector =>
  withValue(f32x4.add(size, f32x4.const(rounding)), (shifted) =>
    withValue(v128.and(i32x4.shl(shifted, 4), i32x4.const(0xff0)), (places) => {
      const distance = f32x4.sub(size, f32x4.sub(shifted, f32x4.const(rounding)));
      return withValue(distance, (d) =>
        withRows(places, address, (rows) =>
          withColumns(rows, (...coefficients) => expression(d, coefficients)),
        ),
      );
    }),
  );

/** The rows of a table, which starts at `address`, at four places: two are taken out of the vector at once. */
const withRows = (places: Vector, address: number, expression: (rows: Four) => Vector): Vector =>
  withValue(i64x2.extractLane(places, 0), (low) =>
    withValue(i64x2.extractLane(places, 1), (high) => {
      const row = (place: Expression<"i64">): Vector => v128.load(i32.wrapI64(place), address);
      return expression([row(low), row(i64.shrU(low, 32)), row(high), row(i64.shrU(high, 32))]);
    }),
  );

type Four = readonly [Vector, Vector, Vector, Vector];

const horner = (d: Vector, [c0, c1, c2, c3]: Four): Vector =>
  [c2, c1, c0].reduce((sum, coefficient) => f32x4.multiplyAdd(sum, d, coefficient), c3);

/** Four vectors as the rows of a matrix, by its columns. */
const withColumns = ([a, b, c, d]: Four, expression: (...columns: Four) => Vector): Vector =>
  withPairs(a, b, (low, high) =>
    withPairs(c, d, (lowBehind, highBehind) =>
      expression(
        shuffle32(low, lowBehind, [0, 1, 4, 5]),
        shuffle32(low, lowBehind, [2, 3, 6, 7]),
        shuffle32(high, highBehind, [0, 1, 4, 5]),
        shuffle32(high, highBehind, [2, 3, 6, 7]),
      ),
    ),
  );

/** The lanes of two vectors in turns: of their first halves, and of their second ones. */
const withPairs = (a: Vector, b: Vector, expression: (low: Vector, high: Vector) => Vector): Vector =>
  withValue(a, (first) =>
    withValue(b, (second) =>
      withValue(shuffle32(first, second, [0, 4, 1, 5]), (low) =>
        withValue(shuffle32(first, second, [2, 6, 3, 7]), (high) => expression(low, high)),
      ),
    ),
  );
