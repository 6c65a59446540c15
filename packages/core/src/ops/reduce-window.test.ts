import { describe, expect, it } from "vitest";
import { grad, mul, reduceWindow, sum, tensor, toArray, zeros } from "../index.js";
import type { AnyTensor, Tensor } from "../types/tensor.js";

/** As plain JavaScript calls it. */
const loose = reduceWindow as (...args: readonly unknown[]) => AnyTensor;

const x: Tensor = tensor([1, 3, 3, 2]);
const pairs = { window: [2] };

describe("reduceWindow", () => {
  it("reduces whole numbers, with the ends of the integers in the padding", () => {
    const padding = [[2, 0]];
    const ints = tensor([5, -7], { dtype: "int32" });
    expect(toArray(loose(ints, { ...pairs, reducer: "max", padding }))).toEqual([-(2 ** 31), 5, 5]);
    expect(toArray(loose(ints, { ...pairs, reducer: "min", padding }))).toEqual([2 ** 31 - 1, 5, -7]);
    expect(toArray(loose(ints, { ...pairs, reducer: "sum", padding }))).toEqual([0, 5, -2]);
    const words = tensor([5, 7], { dtype: "uint32" });
    expect(toArray(loose(words, { ...pairs, reducer: "max", padding }))).toEqual([0, 5, 7]);
    expect(toArray(loose(words, { ...pairs, reducer: "min", padding }))).toEqual([2 ** 32 - 1, 5, 5]);
  });

  it("passes a NaN on, and gives its place no share of a derivative", () => {
    const y = tensor([1, NaN, 2, 4]);
    expect(toArray(reduceWindow(y, { ...pairs, reducer: "max" }))).toEqual([NaN, NaN, 4]);
    const gradient = grad((v: Tensor<[4]>) => sum(reduceWindow(v, { ...pairs, reducer: "max" })))(y);
    expect(toArray(gradient)).toEqual([NaN, NaN, NaN, 1]);
  });

  it("shares the gradient of a tie evenly", () => {
    const cotangent = tensor([10, 100, 1000]);
    const loss = (v: Tensor): Tensor<[]> =>
      sum(mul(cotangent, reduceWindow(v, { ...pairs, reducer: "max" })) as Tensor);
    expect(toArray(grad(loss)(x))).toEqual([0, 60, 1050, 0]);
  });

  it("gives an infinity and no derivative where a window meets nothing", () => {
    const options = { window: [1], padding: [[1, 0]], reducer: "max" } as const;
    expect(toArray(reduceWindow(x, options))).toEqual([-Infinity, 1, 3, 3, 2]);
    expect(toArray(grad((v: Tensor) => sum(reduceWindow(v, options)))(x))).toEqual([1, 1, 1, 1]);
  });

  it("refuses what does not fit", () => {
    const matrix = zeros([2, 3]);
    expect(() => loose(matrix)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: window must be a list of one integer from 1 on for each axis.
        expected   a list of 2
        got        undefined
        fix        write { window: [2, 2] }]
    `);
    expect(() => loose(matrix, { reducer: "max", window: [2] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: window must be a list of one integer from 1 on for each axis.
        expected   a list of 2
        got        [2]
        fix        write { window: [2, 2] }]
    `);
    expect(() => loose(matrix, { reducer: "max", window: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: window must be a list of one integer from 1 on for each axis.
        expected   a list of 2
        got        the number 2
        fix        write { window: [2, 2] }]
    `);
    expect(() => loose(matrix, { reducer: "max", window: [0, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: window must be a list of one integer from 1 on for each axis.
        expected   a list of 2
        got        [0, 1]
        fix        write { window: [2, 2] }]
    `);
    expect(() => loose(matrix, { reducer: "mean", window: [1, 2] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: there is no such reducer.
        expected   "sum", "max" or "min"
        got        the string "mean"
        fix        write { reducer: "max" }; for a mean divide the sum by the size of the window]
    `);
    expect(() => loose(matrix, { reducer: "max", window: [1, 2], strides: [2] }))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: strides must be a list of one integer from 1 on for each axis.
        expected   a list of 2
        got        [2]
        fix        write { strides: [2, 2] }]
    `);
    expect(() => loose(matrix, { reducer: "max", window: [1, 2], padding: "FULL" }))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: there is no padding "FULL".
        expected   "SAME", "VALID", or one [low, high] for each axis
        fix        write { padding: "SAME" }, or { padding: [[1, 1], [1, 1]] }]
    `);
    expect(() =>
      loose(matrix, {
        reducer: "sum",
        window: [1, 2],
        padding: [
          [0, 0],
          [-2, -2],
        ],
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: the padding crops more than axis 1 has.
        length    3
        padding   [-2, -2]
        fix       crop at most 3 in all, or pass positive widths: negative ones crop]
    `);
    expect(() => loose(zeros([2], { dtype: "bool" }), { reducer: "max", window: [2] }))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: dtype bool is not supported.
        expected   float32, float64, int32, uint32
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
    expect(() => loose(3, { reducer: "max", window: [] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: reduceWindow: an operand must be a tensor.
        got   the number 3
        fix   make a tensor of the number first: scalar(3)]
    `);
  });
});
