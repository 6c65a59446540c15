import { describe, expect, it } from "vitest";
import { moveAxis, shapeOf, swapAxes, transpose, zeros, type Tensor } from "../index.js";

const x: Tensor = zeros([2, 3, 4]);

describe("permutations", () => {
  it("count from both ends", () => {
    expect(shapeOf(transpose(x))).toEqual([4, 3, 2]);
    expect(shapeOf(transpose(x, [-1, 0, 1]))).toEqual([4, 2, 3]);
    expect(shapeOf(swapAxes(x, -1, -1))).toEqual([2, 3, 4]);
    expect(shapeOf(moveAxis(x, [0, 1], [-1, -2]))).toEqual([4, 3, 2]);
    expect(shapeOf(moveAxis(x, [], []))).toEqual([2, 3, 4]);
  });

  it("are refused when they are none", () => {
    expect(() => transpose(x, [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: transpose: a permutation names each axis once.
        shape   [2, 3, 4]   rank 3
        got     [0, 1]   2 axes
        fix     give the 3 axes in their new order]
    `);
    expect(() => transpose(x, [0, 1, -3])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: transpose: axis 0 is named twice.
        got   [0, 1, -3]
        fix   name each axis once]
    `);
    expect(() => transpose(x, [0, 1, NaN])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: transpose: an axis must be an integer.
        expected   an integer from -3 to 2
        got        NaN
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => transpose(x, 1 as never)).toThrowErrorMatchingInlineSnapshot(
      `
      [TensorError: transpose: a permutation names each axis once.
        shape   [2, 3, 4]   rank 3
        got     [1]   1 axes
        fix     give the 3 axes in their new order]
    `,
    );
    expect(() => swapAxes(x, 0, 3)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: swapAxes: axis 3 is out of range for rank 3.
        expected   an integer from -3 to 2
        got        3
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => moveAxis(x, [0, 1], [0])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: moveAxis: source and destination must name as many axes.
        source        [0, 1]
        destination   [0]
        fix           give one destination for each source]
    `);
  });
});
