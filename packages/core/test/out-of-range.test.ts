/** An index that is out of range is refused, by every operation that scatters or gathers, eagerly and compiled, each time. */

import { describe, expect, it } from "vitest";
import { grad, jit, oneHot, sum, take, tensor, vmap, zeros, type Tensor } from "../src/index.js";
import { apply } from "../src/primitives/define.js";
import { scatterAddPrimitive } from "../src/primitives/gather-scatter.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";

type Indices = Tensor<[3], "int32">;

const of = (...places: readonly [number, number, number]): Indices => tensor(places, { dtype: "int32" });

/** Rows added at indices: what the gradient of a gather applies. */
const scattered = (rows: number, width: number): ((indices: Indices) => unknown) => {
  const value = (x: unknown): Value => asTensor("scatterAdd", x);
  const [x, updates] = [value(zeros([rows, width])), value(zeros([3, width]))];
  return (indices) => apply(scatterAddPrimitive, [x, value(indices), updates], { batchRank: 0 });
};

const operations: Readonly<Record<string, (indices: Indices) => unknown>> = {
  "scatterAdd, of few elements": scattered(4, 2),
  "scatterAdd, of many": scattered(4, 5000),
  "the gradient of take": (indices) =>
    grad((x: Tensor<[4, 2]>) => sum(take(x, indices, { axis: 0 })))(zeros([4, 2])),
  take: (indices) => take(zeros([4, 5000]), indices, { axis: 0 }),
  "take under vmap": (indices) => vmap((index: Tensor<[], "int32">) => take(zeros([4]), index))(indices),
};

describe.each(Object.entries(operations))("%s", (_name, operation) => {
  const jitted = jit(operation);
  for (const [how, call] of [
    ["eagerly", operation],
    ["compiled", jitted],
  ] as const) {
    it(how, () => {
      expect(() => call(of(0, -4, 3))).not.toThrow();
      for (const wrong of [of(0, 1, 4), of(-5, 1, 2), of(0, 2 ** 31 - 1, 0), of(0, -(2 ** 31), 0)]) {
        for (let time = 0; time < 2; time++) expect(() => call(wrong)).toThrow("out of range");
        // What ran before it does not keep it from running well again.
        expect(() => call(of(3, 3, 0))).not.toThrow();
      }
    });
  }
});

it("oneHot has no negative classes, eagerly and compiled", () => {
  const classes = (indices: Indices) => oneHot(indices, 4);
  for (const call of [classes, jit(classes)]) {
    expect(() => call(of(0, 3, 1))).not.toThrow();
    expect(() => call(of(0, 4, 1))).toThrow();
    expect(() => call(of(0, -1, 1))).toThrow();
  }
});
