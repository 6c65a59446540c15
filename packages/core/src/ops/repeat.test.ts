import { describe, expect, it } from "vitest";
import { arange, repeat, reshape, scalar, shapeOf, tile, toArray, zeros, type Tensor } from "../index.js";

const x = reshape(arange(4), [2, 2]);

describe("tile", () => {
  it("keeps all without counts, nothing by 0", () => {
    expect(toArray(tile(x, []))).toEqual(toArray(x));
    expect(shapeOf(tile(x, [0, 2]))).toEqual([0, 4]);
    expect(toArray(tile(scalar(1), 2))).toEqual([1, 1]);
    expect(shapeOf(tile(zeros([0]), [2, 3]))).toEqual([2, 0]);
  });

  it("refuses counts that are none", () => {
    expect(() => tile(x, -1)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tile: reps must be an integer from 0 on.
        got   -1
        fix   give a whole number for reps]
    `);
    expect(() => tile(x, [1.5])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tile: reps must be an integer from 0 on.
        got   1.5
        fix   round it: Math.round(reps)]
    `);
  });
});

describe("repeat", () => {
  it("takes scalars and empty tensors", () => {
    expect(toArray(repeat(scalar(3), 2))).toEqual([3, 3]);
    expect(shapeOf(repeat(zeros([0, 2]), 3, { axis: 0 }))).toEqual([0, 2]);
    expect(toArray(repeat(x, [0, 2], { axis: -1 }))).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });

  it("refuses counts that are none", () => {
    expect(() => repeat(x, -1)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: repeat: repeats must be an integer from 0 on.
        got   -1
        fix   give a whole number for repeats]
    `);
    expect(() => repeat(x, [1, 2])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: repeat: there must be one count for each element of the axis.
        axis      length 4
        repeats   [1, 2]   length 2
        fix       give one number to repeat all elements alike]
    `);
    expect(() => repeat(x, [1, -2], { axis: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: repeat: repeats must be an integer from 0 on.
        got   -2
        fix   give a whole number for repeats]
    `);
    expect(() => repeat(x as Tensor, 1, { axis: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: repeat: axis 2 is out of range for rank 2.
        expected   an integer from -2 to 1
        got        2
        fix        count axes from 0, or from -1 at the end]
    `);
  });
});
