/** Compiled maxima and minima of floats: the very numbers of the interpreter, signs of zeros and NaN of both signs included. */

import { describe, expect, it } from "vitest";
import { reduceMax, reduceMin } from "../src/primitives/reductions.js";
import { reduceSum } from "../src/primitives/sum-broadcast.js";
import { times } from "../src/primitives/multiplicative.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { sizeOfShape } from "../src/tensor/shape.js";
import type { Value } from "../src/tensor/value.js";
import type { Shape } from "../src/types/tensor.js";
import { expectSameBits } from "./emitted.js";
import { filled, filledBy, unlike } from "./filled.js";

type Floating = "float32" | "float64";

/** Writes a NaN with its sign bit, which a number of JavaScript does not keep. */
const putNaN = ({ data }: ArrayTensor, place: number, sign: 0 | 1): void => {
  const words = new Uint32Array(data.buffer, data.byteOffset);
  const top = sign === 1 ? 0xfff80000 : 0x7ff80000;
  if (data instanceof Float64Array) words.set([0, top], 2 * place);
  else words[place] = top;
};

/** Both extrema along axes: one loop each, for the loops differ by what is folded. */
const extremaAlong = (x: ArrayTensor, axes: readonly number[]): void => {
  expectSameBits((value) => [reduceMax(value, axes)], [x]);
  expectSameBits((value) => [reduceMin(value, axes)], [x]);
};

/** Rows that stay in one vector, fill some, are loops of several copies of their body, and have a rest. */
const lengths = [1, 2, 3, 4, 5, 7, 8, 13, 16, 31, 32, 33, 35, 64, 67, 130, 259];

/** The same elements as rows and as columns. */
const laidOut = (
  rows: number,
  length: number,
): readonly (readonly [Shape, number, (row: number, k: number) => number])[] => [
  [[rows, length], 1, (row, k) => row * length + k],
  [[length, rows], 0, (row, k) => k * rows + row],
];

/** A tensor of rows, in both layouts, with the elements that a function gives. */
const eachLayout = (
  rows: number,
  length: number,
  dtype: Floating,
  elementAt: (row: number, k: number) => number,
  check: (x: ArrayTensor, axis: number, placeOf: (row: number, k: number) => number) => void,
): void => {
  for (const [shape, axis, placeOf] of laidOut(rows, length)) {
    const x = filled(shape, dtype);
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < length; k++) x.data[placeOf(row, k)] = elementAt(row, k);
    check(x, axis, placeOf);
  }
};

const dtypes = ["float32", "float64"] as const;

describe.each(dtypes)("extrema of %s", (dtype) => {
  it.each(lengths)("of %i elements, of which each in turn is NaN, of both signs", (length) => {
    for (const [sign, element] of [
      [0, -1],
      [0, 1],
      [1, 1],
      [1, -1],
    ] as const)
      eachLayout(
        length + 1,
        length,
        dtype,
        (row, k) => element * (1 + unlike(row + k)),
        (x, axis, placeOf) => {
          // The last row has none.
          for (let row = 0; row < length; row++) putNaN(x, placeOf(row, row), sign);
          extremaAlong(x, [axis]);
        },
      );
  });

  it.each(lengths)("of %i zeros, of which each in turn has another sign", (length) => {
    for (const zero of [0, -0])
      for (const other of [0, 1, -1, Infinity, -Infinity])
        eachLayout(
          length + 1,
          length,
          dtype,
          (row, k) => (row === k ? -zero : k % 5 === 3 ? (other === 0 ? zero : other) : zero),
          (x, axis) => extremaAlong(x, [axis]),
        );
  });

  it.each(lengths)("of %i elements of one sign, and of infinities", (length) => {
    for (const [sign, added] of [
      [1, 0],
      [-1, 0],
      [-1, 1e-40],
      [1, Infinity],
      [-1, Infinity],
    ] as const)
      eachLayout(
        5,
        length,
        dtype,
        (row, k) => sign * (unlike(7 * row + k) + 1 + (k % (row + 1) === 0 ? added : 0)),
        (x, axis) => extremaAlong(x, [axis]),
      );
  });

  it.each<[Shape, readonly number[]]>([
    [[1], [0]],
    [[5], [0]],
    [[1003], [0]],
    [[4096], [0]],
    [
      [37, 41],
      [0, 1],
    ],
    [[3, 37, 12], [1]],
    [
      [6, 4, 37],
      [0, 2],
    ],
    [
      [6, 37, 4],
      [0, 1],
    ],
    [
      [40, 3, 2],
      [0, 2],
    ],
    [
      [2, 3, 200],
      [0, 1],
    ],
  ])("of %j along %j, of special numbers", (shape, axes) => {
    const special = [0, -0, Infinity, -Infinity, 5e-324, -5e-324, 1e-40, -1e-40, 3, -3];
    for (const seed of [0, 5, 11, 17])
      extremaAlong(
        filledBy(shape, dtype, (place) => special[unlike(place * (seed + 1) + seed)] ?? -0),
        axes,
      );
    for (const sign of [0, 1] as const)
      for (const place of [0, sizeOfShape(shape) - 1, Math.floor(sizeOfShape(shape) / 2)]) {
        const x = filled(shape, dtype);
        putNaN(x, place, sign);
        extremaAlong(x, axes);
      }
  });

  it.each<[Shape, readonly number[]]>([
    [[9, 70], [1]],
    [[70, 9], [1]],
    [[9, 70], [0]],
    [[70, 67], [0]],
    [
      [9, 70],
      [0, 1],
    ],
  ])("of what is computed in their loop, both at once, of %j along %j", (shape, axes) => {
    const x = filledBy(shape, dtype, (place) => (unlike(place) - 11) * (place % 3 === 0 ? -0 : 1));
    for (const sign of [undefined, 0, 1] as const) {
      if (sign !== undefined) putNaN(x, 13, sign);
      const both = (value: Value, y: Value): readonly unknown[] => {
        const product = times(value, y);
        return [reduceMax(product, axes), reduceMin(product, axes)];
      };
      expectSameBits((value, y) => both(value, y), [x, filled(shape, dtype, 3)]);
    }
  });
});

it("a maximum and a sum in one loop", () => {
  const whole = filledBy([40, 67], "float32", (place) => unlike(place) - 11);
  const plan = expectSameBits((x) => [reduceMax(x, [1]), reduceSum(x, [1])], [whole]);
  expect(plan).toMatch(/^loop [^\n]*: max → [^\n]*; sum → /);
});
