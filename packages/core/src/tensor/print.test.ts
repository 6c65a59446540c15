/**
 * print.cases.json holds what NumPy 2.4.6 prints: the text of each case was made from the rest of it, in its folder, by
 *
 *     import json, math, numpy as np
 *     cases = json.load(open("print.cases.json"))
 *     names = {"edgeItems": "edgeitems", "lineWidth": "linewidth", "suppressSmall": "suppress", "signs": "sign"}
 *     signs = {"minus": "-", "plus": "+", "space": " "}
 *     for case in cases:
 *         size, options = math.prod(case["shape"]), case.get("options", {})
 *         data = [float(x) for x in case["data"]] if "data" in case else [case["from"] + case["step"] * i for i in range(size)]
 *         array = np.array(data).astype(case["dtype"]).reshape(case["shape"])
 *         with np.printoptions(**{names.get(k, k): signs.get(v, v) for k, v in options.items()}):
 *             case["text"] = np.array2string(array) if array.ndim == 0 and options else str(array)
 *     with open("print.cases.json", "w") as file:
 *         file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
 */
import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { DType } from "../types/tensor.js";
import { allocate } from "./dtype.js";
import { printArray, type PrintableArray, type PrintOptions } from "./print.js";

interface Case {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** NaN, the infinities and -0 are strings. */
  readonly data?: readonly (number | string)[];
  /** In place of data: from + step i. */
  readonly from?: number;
  readonly step?: number;
  readonly options?: PrintOptions;
  readonly text: string;
}

const cases = JSON.parse(
  readFileSync(new URL("print.cases.json", import.meta.url), "utf8"),
) as readonly Case[];

const arrayOf = ({ dtype, shape, data, from = 0, step = 0 }: Case): PrintableArray => {
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers =
    data === undefined ? Array.from({ length: size }, (_, i) => from + step * i) : data.map(Number);
  const stored = allocate(dtype, numbers.length);
  stored.set(dtype === "bool" ? numbers.map((x) => (x === 0 ? 0 : 1)) : numbers);
  return { shape, dtype, at: (i) => stored[i] ?? NaN };
};

describe("printArray", () => {
  it("has cases of every dtype, every option and every number of axes up to four", () => {
    expect(new Set(cases.map(({ dtype }) => dtype)).size).toBe(5);
    expect(new Set(cases.flatMap(({ options = {} }) => Object.keys(options))).size).toBe(6);
    expect(new Set(cases.map(({ shape }) => shape.length))).toContain(4);
  });

  it.each(cases.map((row, i) => [i, row.dtype, `[${String(row.shape)}]`, row] as const))(
    "prints case %d, %s %s, as NumPy does",
    (_, __, ___, row) => {
      expect(printArray(arrayOf(row), row.options)).toBe(row.text);
    },
  );

  it("reads only the elements that it prints", () => {
    let reads = 0;
    const at = (i: number): number => {
      reads += 1;
      return i;
    };
    expect(printArray({ shape: [1e6, 1e6], dtype: "float64", at })).toContain("...");
    expect(reads).toBe(36);
  });
});
