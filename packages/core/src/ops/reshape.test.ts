import { describe, expect, it } from "vitest";
import {
  arange,
  broadcastTo,
  dtypeOf,
  expandDims,
  ravel,
  reshape,
  scalar,
  shapeOf,
  squeeze,
  toArray,
  transpose,
  zeros,
  type Tensor,
} from "../index.js";

const matrix: Tensor = zeros([2, 3]);

describe("reshape", () => {
  it("infers one length, also of an empty tensor", () => {
    expect(shapeOf(reshape(arange(12), [2, -1, 3]))).toEqual([2, 2, 3]);
    expect(shapeOf(reshape(zeros([0, 4]), [-1, 2]))).toEqual([0, 2]);
    expect(shapeOf(reshape(scalar(1), [-1]))).toEqual([1]);
  });

  it("reads a transposed tensor in row-major order", () => {
    expect(toArray(ravel(transpose(reshape(arange(4), [2, 2]))))).toEqual([0, 2, 1, 3]);
  });

  it("keeps the dtype", () => {
    expect(dtypeOf(reshape(zeros([4], { dtype: "bool" }), [2, 2]))).toBe("bool");
  });

  it("refuses what it cannot infer", () => {
    expect(() => reshape(matrix, [4, -1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reshape: no length in the place of -1 gives 6 elements.
        from   [2, 3]   6 elements
        to     [4, -1]
        fix    give lengths whose product divides the number of elements]
    `);
    expect(() => reshape(matrix, [-1, -1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reshape: only one length can be -1.
        from   [2, 3]   6 elements
        to     [-1, -1]
        fix    give all lengths but one]
    `);
    expect(() => reshape(zeros([0]) as Tensor, [0, -1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reshape: no length in the place of -1 gives 0 elements.
        from   [0]   0 elements
        to     [0, -1]
        fix    give lengths whose product divides the number of elements]
    `);
    expect(() => reshape(matrix, [-2, -1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reshape: a shape is a list of non-negative integers.
        got   [-2]
        fix   write reshape([2, 3]) for two rows and three columns, reshape([]) for a scalar]
    `);
    expect(() => reshape(matrix, [7])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reshape: cannot reshape 6 elements into 7.
        from   [2, 3]   6 elements
        to     [7]   7 elements
        fix    keep the product of the lengths, or leave one length to be inferred with -1]
    `);
    expect(() => reshape(matrix, 6 as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reshape: a shape is a list of non-negative integers.
        got   6
        fix   write reshape([2, 3]) for two rows and three columns, reshape([]) for a scalar]
    `);
  });
});

describe("axes of length 1", () => {
  it("come and go", () => {
    expect(shapeOf(expandDims(matrix, [0, -1]))).toEqual([1, 2, 3, 1]);
    expect(shapeOf(expandDims(scalar(1), 0))).toEqual([1]);
    expect(shapeOf(squeeze(zeros([1, 2, 1, 3])))).toEqual([2, 3]);
    expect(shapeOf(squeeze(zeros([1, 2, 1, 3]), { axis: [0, -2] }))).toEqual([2, 3]);
    expect(shapeOf(squeeze(zeros([1, 0])))).toEqual([0]);
    expect(shapeOf(squeeze(zeros([1, 2]), { axis: [] }))).toEqual([1, 2]);
  });

  it("are refused out of range, twice, or longer", () => {
    expect(() => expandDims(matrix, 3)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: expandDims: axis 3 is out of range for rank 3.
        expected   an integer from -3 to 2
        got        3
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => expandDims(matrix, [0, 0])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: expandDims: axis 0 is named twice.
        got   [0, 0]
        fix   name each axis once]
    `);
    expect(() => squeeze(matrix, { axis: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: squeeze: axis 1 has length 3, and only axes of length 1 can be dropped.
        got   [2, 3]
        fix   name an axis of length 1, or reduce the axis: sum(x, { axis })]
    `);
    expect(() => squeeze(matrix, { axis: "0" as never })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: squeeze: axis must be an integer or a list of integers.
        got   the string "0"
        fix   write { axis: 0 }, { axis: [0, 1] }, or leave it out for all axes]
    `);
  });
});

describe("broadcastTo", () => {
  it("stretches, also to nothing", () => {
    expect(toArray(broadcastTo(scalar(2), [2, 2]))).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(shapeOf(broadcastTo(zeros([1, 3]), [0, 3]))).toEqual([0, 3]);
  });

  it("refuses fewer axes and other lengths", () => {
    expect(() => broadcastTo(matrix, [3])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: broadcastTo: shape [2, 3] does not broadcast to [3].
        from   [2, 3]   rank 2
        to     [3]   rank 1
        fix    give at least as many axes; to drop axes of length 1 use squeeze]
    `);
    expect(() => broadcastTo(matrix, [2, 4])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: broadcastTo: shape [2, 3] does not broadcast to [2, 4].
        from   [2, 3]
        to     [2, 4]
        fix    each length must be 1 or the one of the result, counted from the last axis]
    `);
    expect(() => broadcastTo(matrix, [2, -1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: broadcastTo: a shape is a list of non-negative integers.
        got   [2, -1]
        fix   write broadcastTo([2, 3]) for two rows and three columns, broadcastTo([]) for a scalar]
    `);
  });
});
