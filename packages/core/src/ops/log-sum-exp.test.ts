import { describe, expect, it } from "vitest";
import { grad, logSumExp, scalar, sum, tensor, toArray, zeros, type Tensor } from "../index.js";

describe("logSumExp", () => {
  it("has the gradient 0 where all are -∞, the softmax elsewhere", () => {
    const x = tensor([
      [-Infinity, -Infinity],
      [0, -Infinity],
      [1000, 1000],
    ]);
    expect(toArray(logSumExp(x, { axis: 1 }))).toEqual([-Infinity, 0, Math.fround(1000 + Math.LN2)]);
    expect(toArray(grad((v: Tensor<[3, 2]>) => sum(logSumExp(v, { axis: 1 })))(x))).toEqual([
      [0, 0],
      [1, 0],
      [0.5, 0.5],
    ]);
  });

  it("takes scalars and nothing", () => {
    expect(toArray(logSumExp(scalar(3)))).toBe(3);
    expect(toArray(logSumExp(zeros([2, 0]), { axis: 1 }))).toEqual([-Infinity, -Infinity]);
    expect(toArray(logSumExp(zeros([2, 0]), { axis: 1, keepDims: true }))).toEqual([
      [-Infinity],
      [-Infinity],
    ]);
    expect(toArray(logSumExp(tensor([Infinity, 1])))).toBe(Infinity);
  });

  it("refuses integers", () => {
    expect(() => logSumExp(tensor([1], { dtype: "int32" }) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: logSumExp: dtype int32 is not supported.
        expected   float32, float64
        got        int32
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});
