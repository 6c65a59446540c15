import { describe, expect, it } from "vitest";
import {
  concatenate,
  dtypeOf,
  hStack,
  ones,
  scalar,
  shapeOf,
  stack,
  tensor,
  toArray,
  transpose,
  vStack,
  zeros,
  type Tensor,
} from "../index.js";

const a: Tensor = ones([2, 3]);
const b: Tensor = zeros([2, 3]);
const integers: Tensor = tensor([1, 2], { dtype: "int32" }) as never;

describe("joining", () => {
  it("takes views, empty tensors and any dtype", () => {
    expect(toArray(concatenate([transpose(ones([2, 3])), zeros([0, 2])]))).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(dtypeOf(stack([tensor([true]), tensor([false])]))).toBe("bool");
    expect(shapeOf(stack([zeros([0]), zeros([0])], { axis: -1 }))).toEqual([0, 2]);
  });

  it("makes vectors of scalars", () => {
    expect(toArray(stack([scalar(1), scalar(2)]))).toEqual([1, 2]);
    expect(toArray(hStack([scalar(1), tensor([2, 3])]))).toEqual([1, 2, 3]);
    expect(toArray(vStack([scalar(1), scalar(2)]))).toEqual([[1], [2]]);
  });

  it("copies: the operands stay as they are", () => {
    const x = tensor([1, 2]);
    expect(concatenate([x])).toBe(x);
    expect(toArray(concatenate([x, x]))).toEqual([1, 2, 1, 2]);
  });

  it("refuses what does not agree", () => {
    expect(() => concatenate([])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: concatenate: there must be at least one tensor to join.
        got   an array of 0
        fix   give a list of tensors: concatenate([a, b])]
    `);
    expect(() => concatenate(a as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: concatenate: there must be at least one tensor to join.
        got   float32[2, 3]
        fix   give a list of tensors: concatenate([a, b])]
    `);
    expect(() => concatenate([scalar(1) as Tensor, a])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: concatenate: scalars have no axis to be joined along.
        tensor 0   float32[]
        tensor 1   float32[2, 3]
        fix        join scalars with stack([a, b])]
    `);
    expect(() => concatenate([a, ones([3, 2]) as Tensor])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: concatenate: tensors that are joined along axis 0 must agree in dtype and in every other axis.
        tensor 0   float32[2, 3]
        tensor 1   float32[3, 2]
        fix        reshape, convert or pad the odd one; to join along a new axis use stack]
    `);
    expect(() => concatenate([tensor([1]) as Tensor, integers])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: concatenate: tensors that are joined along axis 0 must agree in dtype and in every other axis.
        tensor 0   float32[1]
        tensor 1   int32[2]
        fix        reshape, convert or pad the odd one; to join along a new axis use stack]
    `);
    expect(() => concatenate([a, b], { axis: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: concatenate: axis 2 is out of range for rank 2.
        expected   an integer from -2 to 1
        got        2
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => stack([a, ones([2]) as Tensor])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: stack: tensors that are stacked must have one shape and one dtype.
        tensor 0   float32[2, 3]
        tensor 1   float32[2]
        fix        broadcastTo, reshape or convert the odd one; to join along an axis that they have use concatenate]
    `);
    expect(() => stack([a, b], { axis: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: stack: axis 3 is out of range for rank 3.
        expected   an integer from -3 to 2
        got        3
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => hStack([a, 1 as never])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: hStack: an operand must be a tensor.
        got   the number 1
        fix   make a tensor of the number first: scalar(1)]
    `);
    expect(() => vStack([a, ones([2]) as Tensor])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: concatenate: tensors that are joined along axis 0 must agree in dtype and in every other axis.
        tensor 0   float32[2, 3]
        tensor 1   float32[1, 2]
        fix        reshape, convert or pad the odd one; to join along a new axis use stack]
    `);
  });
});
