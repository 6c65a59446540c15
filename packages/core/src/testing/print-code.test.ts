import { describe, expect, it } from "vitest";
import { flip, scalar, stage, tensor, zeros } from "../index.js";
import { makersOf, printCode, printPlace } from "./print-code.js";

describe("printCode", () => {
  it.each([
    ["scalar(1.5)", scalar(1.5)],
    ["scalar(-0)", scalar(-0)],
    [
      'tensor([[1, NaN], [-Infinity, 0.1]], { dtype: "float64" })',
      tensor(
        [
          [1, NaN],
          [-Infinity, 0.1],
        ],
        { dtype: "float64" },
      ),
    ],
    ["tensor([true, false])", tensor([true, false])],
    ["zeros([0, 2])", zeros([0, 2])],
    ['zeros([0], { dtype: "bool" })', zeros([0], { dtype: "bool" })],
    ['zeros([2, 0], { dtype: "int32" })', zeros([2, 0], { dtype: "int32" })],
    ['tensor([2, 1], { dtype: "uint32" })', flip(tensor([1, 2], { dtype: "uint32" }))],
    [
      '{ axes: [0, 1], "two words": "a", none: null, f: undefined }',
      { axes: [0, 1], "two words": "a", none: null, f: undefined },
    ],
    ["{ program: /* Map */ undefined }", { program: new Map() }],
    ["{ body: /* a program */ undefined }", { body: stage(() => scalar(1))() }],
    ["{ call: /* function */ undefined }", { call: Math.sin }],
    ["{}", {}],
  ])("writes %s", (code, value) => {
    expect(printCode(value)).toBe(code);
  });

  it("knows the makers that it wrote", () => {
    expect(makersOf(printCode([scalar(1), zeros([0])]))).toEqual(["scalar", "zeros"]);
  });
});

describe("printPlace", () => {
  it("is the index of a row-major position", () => {
    expect([printPlace(4, [2, 3]), printPlace(0, []), printPlace(2, [3])]).toEqual(["[1, 1]", "", "[2]"]);
  });
});
