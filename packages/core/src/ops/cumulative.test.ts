import { describe, expect, it } from "vitest";
import { cumSum, dtypeOf, scalar, shapeOf, tensor, toArray, zeros, type Tensor } from "../index.js";

describe("cumSum", () => {
  it("counts bools, and takes what is empty", () => {
    expect(toArray(cumSum(tensor([true, false, true])))).toEqual([1, 1, 2]);
    expect(dtypeOf(cumSum(tensor([true])))).toBe("int32");
    expect(shapeOf(cumSum(zeros([2, 0]), { axis: 0 }))).toEqual([2, 0]);
  });

  it("refuses an axis that is not there", () => {
    expect(() => cumSum(zeros([2]) as Tensor, { axis: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: cumSum: axis 1 is out of range for rank 1.
        expected   an integer from -1 to 0
        got        1
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => cumSum(scalar(1) as Tensor)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: cumSum: axis -1 is out of range for rank 0.
        expected   no axis: the tensor is a scalar
        got        -1
        fix        leave \`axis\` out]
    `);
  });
});
