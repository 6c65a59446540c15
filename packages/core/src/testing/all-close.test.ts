import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, grad, scalar, sum, tensor, transpose, vmap, zeros } from "../index.js";
import { allClose, explainDifference } from "./all-close.js";
import { arbitraries } from "./arbitraries.js";

describe("allClose", () => {
  it("is NumPy's rule, relative to the second", () => {
    expect(allClose(tensor([100]), tensor([100.0009]))).toBe(true);
    expect(allClose(tensor([100]), tensor([100.01]))).toBe(false);
    expect(allClose(tensor([0]), tensor([1e-9]))).toBe(true);
    expect(allClose(tensor([0]), tensor([1e-7]))).toBe(false);
    expect(allClose(tensor([0]), tensor([1e-7]), { atol: 1e-6 })).toBe(true);
    expect(allClose(tensor([1]), tensor([1.25]), { rtol: 0.2, atol: 0 })).toBe(true);
    expect(allClose(tensor([1.25]), tensor([1]), { rtol: 0.2, atol: 0 })).toBe(false);
  });

  it("has its own view of NaN and the infinities", () => {
    expect(allClose(tensor([NaN]), tensor([NaN]))).toBe(false);
    expect(allClose(tensor([NaN]), tensor([NaN]), { equalNan: true })).toBe(true);
    expect(allClose(tensor([Infinity]), tensor([Infinity]))).toBe(true);
    expect(allClose(tensor([Infinity]), tensor([-Infinity]), { atol: Infinity })).toBe(false);
    expect(allClose(tensor([0]), tensor([-0]))).toBe(true);
  });

  it("compares trees, lists of numbers for tensors, and constants", () => {
    expect(allClose({ a: tensor([1, 2]), b: [scalar(3), null] }, { b: [3, null], a: [1, 2] })).toBe(true);
    expect(allClose([1, "mode", true, null], [1 + 1e-9, "mode", true, null])).toBe(true);
    expect(
      allClose(
        transpose(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
        [
          [1, 3],
          [2, 4],
        ],
      ),
    ).toBe(true);
    expect(allClose(tensor([true]), [true])).toBe(true);
    expect(allClose(tensor([1, 2], { dtype: "float64" }), tensor([1, 2], { dtype: "int32" }))).toBe(true);
  });

  it.each([
    [
      "an element",
      {
        w: tensor([
          [1, 2],
          [3, 4],
        ]),
      },
      {
        w: [
          [1, 2],
          [3, 5],
        ],
      },
      "at .w[1, 1]: 4 and 5 differ, the worst of 4 elements",
    ],
    ["a scalar", scalar(1), 2, "1 and 2 differ"],
    ["a shape", tensor([1]), tensor([[1]]), "shapes [1] and [1, 1] differ"],
    ["an empty shape", zeros([0]), zeros([0, 2]), "shapes [0] and [0, 2] differ"],
    ["a key", { a: scalar(1) }, { b: scalar(1) }, "the trees differ: an object of [a] and an object of [b]"],
    [
      "a kind of node",
      [scalar(1)],
      { 0: scalar(1) },
      "the trees differ: an array of 1 of [0] and an object of [0]",
    ],
    [
      "a leaf and a node",
      { a: scalar(1) },
      { a: [scalar(1), scalar(2)] },
      "at .a: float32[] and an array of 2 differ",
    ],
    ["null", { a: scalar(1) }, { a: null }, "at .a: float32[] and null differ"],
    ["a constant", ["train"], ["eval"], 'at [0]: the string "train" and the string "eval" differ'],
    ["a number and a word", [1], ["1"], 'at [0]: the number 1 and the string "1" differ'],
  ])("says where %s differs", (_name, a, b, expected) => {
    expect(explainDifference(a, b)).toBe(expected);
    expect(allClose(a, b)).toBe(false);
  });

  it("reads what a tracer of grad knows, and refuses one of vmap", () => {
    grad((x) => {
      expect(allClose(x, [1, 2])).toBe(true);
      return sum(x);
    })(tensor([1, 2]));
    expect(() => vmap((x) => (allClose(x, 1) ? x : x))(tensor([1, 2]))).toThrow(
      "allClose: the elements are not known while vmap runs",
    );
  });

  it("holds for a tensor and its views, and not for a tensor and another", () => {
    fc.assert(
      fc.property(arbitraries.tensor({ views: true, special: true }), (x) => {
        expect(allClose(x, x, { equalNan: true })).toBe(true);
      }),
    );
    fc.assert(
      fc.property(arbitraries.tensor({ shape: arbitraries.shape({ minRank: 1 }), dtype: "float64" }), (x) => {
        expect(allClose(x, add(x, 1))).toBe(false);
      }),
    );
  });
});
