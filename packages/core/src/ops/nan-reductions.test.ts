import { describe, expect, it } from "vitest";
import {
  dtypeOf,
  grad,
  nanMax,
  nanMean,
  nanMin,
  nanSum,
  sum,
  tensor,
  toArray,
  zeros,
  type Tensor,
} from "../index.js";

const x = tensor([
  [1, NaN, 3],
  [NaN, NaN, NaN],
]);

describe("reductions that pass over NaN", () => {
  it("give NaN, or the sum 0, where nothing is left", () => {
    expect(toArray(nanSum(x, { axis: 1 }))).toEqual([4, 0]);
    expect(toArray(nanMean(x, { axis: 1 }))).toEqual([2, NaN]);
    expect(toArray(nanMax(x, { axis: 1 }))).toEqual([3, NaN]);
    expect(toArray(nanMin(x, { axis: 1, keepDims: true }))).toEqual([[1], [NaN]]);
  });

  it("know infinities from NaN", () => {
    expect(toArray(nanMax(tensor([-Infinity, NaN])))).toBe(-Infinity);
  });

  it("have the gradient 0 at NaN", () => {
    expect(toArray(grad((v: Tensor<[3]>) => nanMean(v))(tensor([1, NaN, 3])))).toEqual([0.5, 0, 0.5]);
    expect(toArray(grad((v: Tensor<[3]>) => nanMax(v))(tensor([1, NaN, 3])))).toEqual([0, 0, 1]);
    expect(toArray(grad((v: Tensor<[2, 3]>) => sum(nanSum(v, { axis: 0 })))(x))).toEqual([
      [1, 0, 1],
      [0, 0, 0],
    ]);
  });

  it("take integers where there is nothing to average", () => {
    const whole = tensor([3, 1], { dtype: "int32" });
    expect([nanSum(whole), nanMax(whole), nanMin(whole)].map((y) => toArray(y))).toEqual([4, 3, 1]);
    expect(dtypeOf(nanSum(whole))).toBe("int32");
    expect(() => nanMean(whole as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: nanMean: dtype int32 is not supported.
        expected   float32, float64
        got        int32
        fix        convert the operand first: convert(x, "float32")]
    `);
  });

  it("refuse the extremum of nothing", () => {
    expect(() => nanMax(zeros([0]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: max: the max of no elements is not defined.
        got   [0]   reduced over axes [0]
        fix   reduce an axis that is not empty, or join a starting value to it with concatenate]
    `);
  });
});
