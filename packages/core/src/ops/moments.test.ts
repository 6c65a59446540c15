import { describe, expect, it } from "vitest";
import {
  dtypeOf,
  grad,
  hessian,
  mean,
  std,
  sum,
  tensor,
  toArray,
  variance,
  zeros,
  type Tensor,
} from "../index.js";

const x = tensor([1, 2, 4, 9], { dtype: "float64" });

describe("mean", () => {
  it("averages integers and bools as float32, without overflow", () => {
    expect(dtypeOf(mean(tensor([true, false])))).toBe("float32");
    expect(toArray(mean(tensor([2 ** 31 - 2, 2 ** 31 - 2], { dtype: "int32" })))).toBe(2 ** 31);
    expect(toArray(mean(zeros([0])))).toBe(NaN);
    expect(toArray(mean(zeros([0, 2]), { axis: 0 }))).toEqual([NaN, NaN]);
  });
});

describe("variance and std", () => {
  it("keep small differences of large numbers", () => {
    expect(toArray(variance(tensor([1e8, 1e8 + 8, 1e8 + 16])))).toBeCloseTo(128 / 3, 4);
  });

  it("are NaN where the correction leaves nothing", () => {
    expect(toArray(variance(tensor([3]), { correction: 1 }))).toBe(NaN);
    expect(toArray(std(tensor([3, 4]), { correction: 2 }))).toBe(NaN);
    expect(toArray(std(tensor([[3], [4]]), { axis: 1, correction: 1 }))).toEqual([NaN, NaN]);
    expect(toArray(variance(zeros([0])))).toBe(NaN);
    expect(toArray(std(tensor([1, NaN])))).toBe(NaN);
  });

  it("have the right second derivative", () => {
    const n = 4;
    const expected = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_column, j) => (2 / n) * ((i === j ? 1 : 0) - 1 / n)),
    );
    const found = toArray(hessian((v: Tensor<[4], "float64">) => variance(v))(x));
    expect(found.flat().map((entry) => Number(entry.toFixed(12)))).toEqual(expected.flat());
  });

  it("have the gradient 0 where all are equal", () => {
    expect(
      toArray(
        grad((v: Tensor<[2, 2]>) => sum(std(v, { axis: 1 })))(
          tensor([
            [3, 3],
            [1, 3],
          ]),
        ),
      ),
    ).toEqual([
      [0, 0],
      [-0.5, 0.5],
    ]);
  });

  it("refuse integers", () => {
    expect(() => variance(tensor([1, 2], { dtype: "int32" }) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: variance: dtype int32 is not supported.
        expected   float32, float64
        got        int32
        fix        convert the operand first: convert(x, "float32")]
    `);
    expect(() => std(tensor([true]) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: std: dtype bool is not supported.
        expected   float32, float64
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});
