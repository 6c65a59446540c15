import { describe, expect, it } from "vitest";
import {
  arange,
  argMax,
  fromTypedArray,
  grad,
  mul,
  reshape,
  scalar,
  shapeOf,
  sum,
  take,
  takeAlongAxis,
  tensor,
  toArray,
  vmap,
  zeros,
  type Shape,
  type Tensor,
} from "../index.js";

const x = reshape(arange(6), [2, 3]);
const at = tensor([0, 6], { dtype: "int32" });

/** Indices whose shape the compiler does not know. */
const loosely = (shape: readonly number[], ...data: readonly number[]): Tensor<Shape, "int32"> =>
  fromTypedArray(Int32Array.from(data), shape);

describe("take", () => {
  it("puts the axes of the indices in the place of the axis", () => {
    expect(shapeOf(take(zeros([2, 3, 4]), tensor([[0, 1]], { dtype: "int32" }), { axis: 1 }))).toEqual([
      2, 1, 2, 4,
    ]);
    expect(toArray(take(x, [2, -3], { axis: 1 }))).toEqual([
      [2, 0],
      [5, 3],
    ]);
    expect(toArray(take(x, 4))).toBe(4);
    expect(shapeOf(take(x, [], { axis: 0 }))).toEqual([0, 3]);
    expect(toArray(take(scalar(7), [0, -1]))).toEqual([7, 7]);
  });

  it("adds the gradients of an index that comes twice", () => {
    const gradient = grad((v) => sum(mul(take(v, [1, 1, 0]), tensor([1, 10, 100]))))(tensor([1, 2, 3]));
    expect(toArray(gradient)).toEqual([100, 11, 0]);
  });

  it("refuses indices out of range, and what are no indices", () => {
    expect(() => take(x, [0, 2], { axis: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: index 2 is out of range for an axis of length 2.
        expected   an integer from -2 to 1
        got        2
        fix        indices are never clamped: clip them first, or choose the rows that exist]
    `);
    expect(() => take(x, -7)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: index -7 is out of range for an axis of length 6.
        expected   an integer from -6 to 5
        got        -7
        fix        indices are never clamped: clip them first, or choose the rows that exist]
    `);
    expect(() => take(x, 0.5)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: indices must be an integer.
        got   0.5
        fix   round it: Math.round(indices)]
    `);
    expect(() => take(x, zeros([2]) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: dtype float32 is not supported.
        expected   int32, uint32
        got        float32
        fix        convert the operand first: convert(x, "int32")]
    `);
    expect(() => take(x as Tensor, 0, { axis: -3 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: axis -3 is out of range for rank 2.
        expected   an integer from -2 to 1
        got        -3
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => take(zeros([0]), 0)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: index 0 is out of range for an axis of length 0.
        expected   no index: the axis is empty
        got        0
        fix        indices are never clamped: clip them first, or choose the rows that exist]
    `);
  });

  it("refuses them under vmap too", () => {
    expect(() => vmap((i: Tensor<[], "int32">) => take(x, i))(at)).toThrow("index 6 is out of range");
  });
});

describe("takeAlongAxis", () => {
  it("finds what argMax has found", () => {
    expect(toArray(takeAlongAxis(x, argMax(x, { axis: 0, keepDims: true }), { axis: 0 }))).toEqual([
      [3, 4, 5],
    ]);
  });

  it("broadcasts the other axes, both ways", () => {
    expect(toArray(takeAlongAxis(x, tensor([[2, 0]], { dtype: "int32" })))).toEqual([
      [2, 0],
      [5, 3],
    ]);
    expect(
      toArray(takeAlongAxis(reshape(arange(3), [1, 3]), tensor([[2], [0]], { dtype: "int32" }))),
    ).toEqual([[2], [0]]);
  });

  it("refuses what does not fit", () => {
    expect(() => takeAlongAxis(x as Tensor, loosely([1], 0))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: takeAlongAxis: the indices must have as many axes as the tensor.
        tensor    float32[2, 3]
        indices   int32[1]
        fix       give the indices an axis with expandDims or keepDims, or choose whole rows with take]
    `);
    expect(() => takeAlongAxis(x as Tensor, loosely([3, 1], 0, 0, 0))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: takeAlongAxis: the other axes, [2] and [3], do not broadcast.
        left    [2, 3]
        right   [3, 1]
        fix     their lengths are compared from the last on; they must be equal, or one of them 1 (see expandDims)]
    `);
    expect(() => takeAlongAxis(x as Tensor, loosely([1, 1], 3))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: index 3 is out of range for an axis of length 3.
        expected   an integer from -3 to 2
        got        3
        fix        indices are never clamped: clip them first, or choose the rows that exist]
    `);
    expect(() => takeAlongAxis(scalar(1) as Tensor, loosely([], 0))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: takeAlongAxis: axis -1 is out of range for rank 0.
        expected   no axis: the tensor is a scalar
        got        -1
        fix        leave \`axis\` out]
    `);
  });
});
