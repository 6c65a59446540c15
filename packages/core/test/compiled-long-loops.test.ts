/** Compiled loops over many elements, which have copies of their bodies: whole blocks of copies, vectors behind them, and a rest. */

import { describe, expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { less } from "../src/primitives/comparison.js";
import { reverse } from "../src/primitives/concatenate-flip.js";
import { convertTo } from "../src/primitives/convert.js";
import { exp } from "../src/primitives/exponential.js";
import { iota } from "../src/primitives/iota.js";
import { times } from "../src/primitives/multiplicative.js";
import { permute } from "../src/primitives/reshape.js";
import { choose } from "../src/primitives/select.js";
import { sliceAlong } from "../src/primitives/slice-pad.js";
import { broadcast, reduceSum } from "../src/primitives/sum-broadcast.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import { filled } from "./filled.js";
import { planOf, type Traced } from "./traced.js";

const exponential = (x: Value): Value => asTensor("exp", exp(x as never));
const isLess = (x: Value, y: Value): Value => asTensor("less", less(x as never, y as never));

/** Functions of two vectors of the same length, each one loop. */
const functions: Readonly<Record<string, Traced>> = {
  "one result": (x, y) => [plus(times(x, y), x)],
  bytes: (x, y) => [isLess(x, y)],
  "bytes that are read": (x, y) => [choose(isLess(x, y), sub(x, y), y)],
  "two results": (x, y) => [plus(x, y), times(x, y)],
  "more results than registers like": (x, y) => [plus(x, y), times(x, y), sub(x, y), isLess(y, x)],
  "a result and its total": (x, y) => [times(x, y), reduceSum(times(x, y), [0])],
  "elements backwards": (x, y) => [plus(reverse(x, [0]), y)],
  "the numbers of the loop": (x, y) => [plus(convertTo(iota(x.shape[0] ?? 0, "int32"), x.dtype), y)],
};

describe.each([1024, 1037, 1055])("a loop over %d elements", (length) => {
  it.each(Object.entries(functions))("gives %s", (_name, f) => {
    for (const dtype of ["float32", "int32", "uint32", "float64"] as const) {
      const plan = planOf(f, [filled([length], dtype, 0), filled([length], dtype, 1)]);
      expect(plan).toMatch(/^loop [^\n]*\nscratch/);
    }
  });

  it("of a function that is no instruction", () => {
    planOf(
      (x, y) => [exponential(x), exponential(times(x, y))],
      [filled([length], "float32"), filled([length], "float32", 1)],
    );
  });
});

describe("loops over the elements of many rows", () => {
  it.each([31, 32, 33, 47, 64])("of %d elements, with one of each row and of each column", (columns) => {
    const shape = [40, columns];
    planOf(
      (x, row, column) => [plus(times(x, broadcast(row, shape, [0])), broadcast(column, shape, [1]))],
      [filled(shape, "float32"), filled([40], "float32", 1), filled([columns], "float32", 2)],
    );
  });

  it("that are columns in memory, and parts of longer ones", () => {
    planOf(
      (x, y) => [times(permute(x, [1, 0]), sliceAlong(y, 1, 3, 42))],
      [filled([39, 50], "float32"), filled([50, 60], "float32", 1)],
    );
  });

  it("that are written where an operand was read", () => {
    const shape = [40, 40];
    planOf(
      (x) => {
        const sums = reduceSum(x, [2]);
        const whole = broadcast(reduceSum(sums, [0, 1]), shape, []);
        return [reduceSum(exponential(sub(sums, whole)), [0]), exponential(sums)];
      },
      [filled([...shape, 3], "float32")],
    );
  });
});
