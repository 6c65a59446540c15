/**
 * Odd functions of float32 that end flat, around points: f(m + d) for the multiple m of 1/64 that is next to the argument, by three terms in d.
 * f(m) is looked up, so that there is neither a long polynomial nor a quotient. They are within 1.2 units in the last place.
 */

import { withValue, type Expression } from "../expression.js";
import { i32, i64 } from "../integer.js";
import { f32x4, f64x2, i32x4, i64x2, shuffle32, v128 } from "../simd.js";
import type { UnaryVector, Vector } from "./vector.js";

const perUnit = 64;

/** Where the numbers of a function's points lie in the memory, from 0 up to a bound, from which on the function is 1 in float32. */
export interface Points {
  readonly address: number;
  /** A multiple of 1/64, below 16. */
  readonly bound: number;
  /** What is looked up at a point: one number, or two. */
  readonly at: (point: number) => readonly number[];
}

/** The numbers of a table. */
export const numbersOf = ({ bound, at }: Points): Float32Array =>
  Float32Array.from(Array.from({ length: bound * perUnit + 1 }, (_, index) => at(index / perUnit)).flat());

/** Added to a number below 2¹⁶ it rounds it to 64ths, whose number is in the lowest bits. */
const rounding = (1.5 * 2 ** 23) / perUnit;

/** An odd function, by that of sizes: of m, of d and of what finds m's numbers. Of NaN, d is NaN. */
export const aroundPoints =
  ({ bound }: Points, ofSize: (m: Vector, d: Vector, found: Found) => Vector): UnaryVector =>
  (x) =>
    withValue(x, (value) =>
      withValue(f32x4.pmin(f32x4.abs(value), f32x4.const(bound)), (size) =>
        withValue(f32x4.add(size, f32x4.const(rounding)), (shifted) =>
          withValue(f32x4.sub(shifted, f32x4.const(rounding)), (m) =>
            withValue(f32x4.sub(size, m), (d) =>
              v128.or(ofSize(m, d, shifted), v128.and(value, f32x4.const(-0))),
            ),
          ),
        ),
      ),
    );

/** The number of a point, in the lowest bits. */
type Found = Vector;

/**
 * d - q d² + (s - 1/3) d³: f(m + d) is f(m) and f'(m) times that for tanh and erf, with an error of d⁴ that does not count, since |d| ≤ 1/128.
 */
export const moved = (d: Vector, q: Vector, s: Vector): Vector => {
  // What does not wait for a table comes first.
  const factor = f32x4.sub(f32x4.multiplyAdd(d, f32x4.const(1 / 3), q), f32x4.mul(d, s));
  return f32x4.sub(d, f32x4.mul(f32x4.mul(d, d), factor));
};

/** Where the numbers of points are, in bytes behind the table's start. Of NaN that is anywhere in 4 KiB. */
const placesOf = (found: Found, bytes: 4 | 8): Vector =>
  v128.and(i32x4.shl(found, Math.log2(bytes)), i32x4.const(4096 - bytes));

/** Four places as addresses: two are taken out of the vector at once, the first ones as a float64, which is one instruction less. */
const withAddresses = (
  places: Vector,
  expression: (addresses: readonly [Address, Address, Address, Address]) => Vector,
): Vector =>
  withValue(i64.reinterpretF64(f64x2.extractLane(places, 0)), (low) =>
    withValue(i64x2.extractLane(places, 1), (high) =>
      expression([
        i32.wrapI64(low),
        i32.wrapI64(i64.shrU(low, 32)),
        i32.wrapI64(high),
        i32.wrapI64(i64.shrU(high, 32)),
      ]),
    ),
  );

type Address = Expression<"i32">;

/** One number at each of four points. */
export const lookUp = (found: Found, table: number): Vector =>
  withAddresses(placesOf(found, 4), ([first, ...others]) =>
    others.reduce<Vector>(
      (lanes, address, index) => i32x4.loadLane(address, lanes, index + 1, table),
      v128.load32Zero(first, table),
    ),
  );

/** Two numbers at each of four points. */
export const withPairs = (
  found: Found,
  table: number,
  expression: (first: Vector, second: Vector) => Vector,
): Vector =>
  withAddresses(placesOf(found, 8), ([a, b, c, d]) => {
    const two = (low: Address, high: Address): Vector =>
      i64x2.loadLane(high, v128.load64Zero(low, table), 1, table);
    return withValue(two(a, b), (left) =>
      withValue(two(c, d), (right) =>
        expression(shuffle32(left, right, [0, 2, 4, 6]), shuffle32(left, right, [1, 3, 5, 7])),
      ),
    );
  });
