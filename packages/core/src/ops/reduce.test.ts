import { describe, expect, it } from "vitest";
import {
  all,
  any,
  argMax,
  argMin,
  countNonZero,
  dtypeOf,
  max,
  min,
  prod,
  scalar,
  shapeOf,
  sum,
  tensor,
  toArray,
  transpose,
  zeros,
  type Tensor,
} from "../index.js";

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const matrix: Tensor = x;
const bools = tensor([true, true, false]);

describe("reductions", () => {
  it("take axes in any order, from both ends, and none at all", () => {
    expect(toArray(sum(x, { axis: [1, 0] }))).toBe(21);
    expect(toArray(sum(x, { axis: [-1, 0] }))).toBe(21);
    expect(toArray(sum(x, { axis: [] }))).toEqual(toArray(x));
    expect(shapeOf(sum(zeros([2, 3, 4]), { axis: [2, 0], keepDims: true }))).toEqual([1, 3, 1]);
    expect(toArray(max(transpose(x), { axis: 1 }))).toEqual([4, 5, 6]);
  });

  it("take scalars", () => {
    expect(toArray(sum(scalar(2)))).toBe(2);
    expect(toArray(max(scalar(2), { keepDims: true }))).toBe(2);
    expect(toArray(argMax(scalar(2)))).toBe(0);
    expect(toArray(all(scalar(2)))).toBe(true);
    expect(dtypeOf(all(scalar(2)))).toBe("bool");
  });

  it("count bools as int32", () => {
    expect(toArray(sum(bools))).toBe(2);
    expect(dtypeOf(sum(bools))).toBe("int32");
    expect(dtypeOf(prod(bools))).toBe("int32");
    expect(dtypeOf(countNonZero(x))).toBe("int32");
    expect(toArray(countNonZero(tensor([NaN, 0, -0, 1])))).toBe(2);
  });

  it("of nothing have a value where there is one", () => {
    const nothing = zeros([0]);
    expect([toArray(sum(nothing)), toArray(prod(nothing)), toArray(countNonZero(nothing))]).toEqual([
      0, 1, 0,
    ]);
    expect([toArray(all(nothing)), toArray(any(nothing))]).toEqual([true, false]);
    expect(() => max(nothing)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: max: the max of no elements is not defined.
        got   [0]   reduced over axes [0]
        fix   reduce an axis that is not empty, or join a starting value to it with concatenate]
    `);
    expect(() => min(zeros([2, 0]), { axis: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: min: the min of no elements is not defined.
        got   [2, 0]   reduced over axes [1]
        fix   reduce an axis that is not empty, or join a starting value to it with concatenate]
    `);
    expect(() => argMin(nothing)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: argMin: the argMin of no elements is not defined.
        got   [0]   along axis 0
        fix   reduce an axis that is not empty]
    `);
    expect(toArray(argMax(zeros([0, 2]), { axis: 1 }))).toEqual([]);
  });

  it("keep axes of an index too", () => {
    expect(shapeOf(argMax(x, { keepDims: true }))).toEqual([1, 1]);
    expect(toArray(argMin(x, { axis: -1, keepDims: true }))).toEqual([[0], [0]]);
  });

  it("refuse axes that are none", () => {
    expect(() => sum(matrix, { axis: NaN })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sum: an axis must be an integer.
        expected   an integer from -2 to 1
        got        NaN
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => sum(matrix, { axis: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sum: an axis must be an integer.
        expected   an integer from -2 to 1
        got        1.5
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => sum(matrix, { axis: [0, 2] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sum: axis 2 is out of range for rank 2.
        expected   an integer from -2 to 1
        got        2
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => max(matrix, { axis: [0, -2] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: max: axis 0 is named twice.
        got   [0, -2]
        fix   name each axis once]
    `);
    expect(() => sum(matrix, { axis: null as never })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sum: axis must be an integer or a list of integers.
        got   null
        fix   write { axis: 0 }, { axis: [0, 1] }, or leave it out for all axes]
    `);
    expect(() => sum(matrix, { axis: ["0"] as never })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sum: axis must be an integer or a list of integers.
        got   an array of 1
        fix   write { axis: 0 }, { axis: [0, 1] }, or leave it out for all axes]
    `);
    expect(() => argMax(matrix, { axis: [0] as never })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: argMax: axis must be one integer.
        got   an array of 1
        fix   write { axis: 0 }, or { axis: -1 } for the last one]
    `);
    expect(() => all(scalar(1) as Tensor, { axis: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: all: axis 0 is out of range for rank 0.
        expected   no axis: the tensor is a scalar
        got        0
        fix        leave \`axis\` out]
    `);
  });

  it("refuse what is no tensor, and extrema of bools", () => {
    expect(() => sum([1, 2] as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sum: an operand must be a tensor.
        got   an array of 2
        fix   make a tensor of the lists first: tensor([[1, 2], [3, 4]])]
    `);
    expect(() => sum(3 as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sum: an operand must be a tensor.
        got   the number 3
        fix   make a tensor of the number first: scalar(3)]
    `);
    expect(() => max(bools as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: max: dtype bool is not supported.
        expected   float32, float64, int32, uint32
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});
