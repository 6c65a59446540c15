import { describe, expect, it } from "vitest";
import { flip, scalar, sin, tensor, transpose } from "../index.js";
import { equalityTesters } from "./equality-testers.js";
import { installMatchers, testLaws } from "./vitest.js";

describe("without the equality testers", () => {
  it("two different tensors are never equal", () => {
    expect(tensor([1, 2])).not.toEqual(tensor([1, 3]));
    expect(tensor([1, 2])).not.toEqual(tensor([1, 2], { dtype: "float64" }));
    expect(tensor([[1, 2]])).not.toEqual(tensor([1, 2]));
    expect(scalar(0)).not.toEqual(scalar(1));
  });
});

describe("with the matchers installed", () => {
  installMatchers();

  it("views are equal by value", () => {
    expect(
      transpose(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual(
      tensor([
        [1, 3],
        [2, 4],
      ]),
    );
    expect(flip(tensor([1, 2]))).toEqual(tensor([2, 1]));
    expect({ params: [flip(tensor([1, NaN]))] }).toEqual({ params: [tensor([NaN, 1])] });
    expect(flip(tensor([1, 2]))).toStrictEqual(tensor([2, 1]));
  });

  it("different tensors are not", () => {
    expect(tensor([1, 2])).not.toEqual(tensor([1, 3]));
    expect(tensor([1, 2])).not.toEqual(tensor([1, 2], { dtype: "int32" }));
    expect(tensor([[1, 2]])).not.toEqual(tensor([1, 2]));
    expect(tensor([0])).not.toEqual(tensor([-0]));
    expect(tensor([1])).not.toEqual([1]);
    expect({ x: tensor([1]) }).toEqual({ x: expect.anything() as unknown });
  });

  it("toBeAllClose compares trees with a tolerance", () => {
    expect({ w: tensor([1, 2]) }).toBeAllClose({ w: [1, 2.00001] });
    expect(tensor([1, 2])).not.toBeAllClose([1, 2.1]);
    expect(tensor([1, 2])).toBeAllClose([1, 2.1], { rtol: 0.1 });
    expect(() => {
      expect({ w: tensor([1, 2]) }).toBeAllClose({ w: [1, 3] });
    }).toThrowErrorMatchingInlineSnapshot(
      `[Error: expected the trees to be close, but at .w[1]: 2 and 3 differ, the worst of 2 elements]`,
    );
    expect(() => {
      expect(scalar(1)).not.toBeAllClose(1);
    }).toThrow("expected the trees not to be close");
  });
});

describe("testLaws", () => {
  testLaws(sin, { numRuns: 1 });
  testLaws((x: typeof sin) => x, {
    name: "identity",
    numRuns: 1,
    samples: {
      operands: [{ min: 0, max: 1 }],
      dtypes: [["float64"]],
      cases: [{ shapes: [[2]], params: undefined }],
    },
  });

  it("has one tester to give", () => {
    expect(equalityTesters).toHaveLength(1);
  });
});
