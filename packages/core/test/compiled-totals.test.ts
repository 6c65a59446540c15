/** Compiled totals of rows: they are added up in the loop that gives the elements, where rows are long. */

import { describe, expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { less } from "../src/primitives/comparison.js";
import { contract } from "../src/primitives/contract.js";
import { exp } from "../src/primitives/exponential.js";
import { times } from "../src/primitives/multiplicative.js";
import { div } from "../src/primitives/quotient.js";
import { permute } from "../src/primitives/reshape.js";
import { reduceAll, reduceMax } from "../src/primitives/reductions.js";
import { broadcast, reduceSum } from "../src/primitives/sum-broadcast.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import type { Shape } from "../src/types/tensor.js";
import { filled, filledBy } from "./filled.js";
import { planOf } from "./traced.js";

const exponential = (x: Value): Value => asTensor("exp", exp(x as never));
const last = ({ shape }: Value): readonly number[] => [shape.length - 1];

/** A value of each row in all its places. */
const along = (x: Value, shape: Shape): Value => broadcast(x, shape, [...x.shape.keys()]);

const product = (x: Value, y: Value): Value => contract(x, y, { contracted: [[1], [0]], batch: [[], []] });

/** exp(x - max x) / sum exp(x - max x), of each row. */
const softmax = (x: Value): Value => {
  const shifted = exponential(sub(x, along(reduceMax(x, last(x)), x.shape)));
  const sums = along(reduceSum(shifted, last(shifted)), x.shape);
  return asTensor("div", div(shifted as never, sums as never));
};

const joined = /loop over [^\n]* \(summed up[^\n]*: exp → [^\n]*; sum → /;

describe.each(["float32", "float64"] as const)("exponentials of %s and their sum", (dtype) => {
  it.each<[string, Shape]>([
    ["rows of whole vectors", [5, 64]],
    ["rows of vectors and a rest", [5, 39]],
    ["several copies of the body and a rest", [3, 1003]],
    ["a batch of batches", [2, 3, 33]],
    ["few elements, many rows", [600, 32]],
  ])("of %s are one loop", (_name, shape) => {
    expect(planOf((x) => [softmax(x)], [filled(shape, dtype)])).toMatch(joined);
  });

  it.each<[string, Shape]>([
    ["short rows", [40, 31]],
    ["rows of one element", [40, 1]],
  ])("of %s are two", (_name, shape) => {
    expect(planOf((x) => [softmax(x)], [filled(shape, dtype)])).not.toMatch(joined);
  });

  it("are all those of one row, and of all rows", () => {
    for (const shape of [
      [1, 100],
      [3, 33],
    ]) {
      const plan = planOf(
        (x) => {
          const e = exponential(x);
          return [e, reduceSum(e, [0, 1])];
        },
        [filled(shape, dtype)],
      );
      expect(plan).toMatch(joined);
    }
  });

  it("of a row with NaN, and of one with infinity, are NaN, and others what they were", () => {
    const x = filledBy([4, 40], dtype, (place) =>
      place === 3 ? NaN : place === 50 ? Infinity : (place % 7) / 8,
    );
    expect(planOf((value) => [softmax(value)], [x])).toMatch(joined);
  });
});

describe("totals", () => {
  const [x, y] = [filled([6, 40], "int32", 0), filled([6, 40], "int32", 1)] as const;

  it("of several kinds, of several results, are added up where these are given", () => {
    const plan = planOf(
      (a, b) => {
        const [sum, isLess] = [plus(a, b), asTensor("less", less(a as never, b as never))];
        return [sum, isLess, reduceSum(sum, [1]), reduceMax(times(sum, a), [1]), reduceAll(isLess, [1])];
      },
      [x, y],
    );
    expect(plan).toMatch(
      /^loop [^\n]*: add → [^\n]*; less → [^\n]*; sum → [^\n]*; max → [^\n]*; all → [^\n]*\nscratch/,
    );
  });

  it("of columns are not, for the loop gives rows", () => {
    const plan = planOf(
      (a, b) => {
        const sum = plus(a, b);
        return [sum, reduceSum(sum, [0])];
      },
      [x, y],
    );
    expect(plan).toMatch(
      /^loop over \[6, 40\]: add → [^\n]*\nloop over \[6, 40\] \(summed up along axes \[0\]\): sum/,
    );
  });

  it("of rows and of columns of the same elements are in different loops", () => {
    const plan = planOf(
      (a, b) => {
        const sum = plus(a, b);
        return [sum, reduceSum(sum, [1]), reduceSum(sum, [0])];
      },
      [x, y],
    );
    expect(plan).toMatch(/axes \[1\]\): add → [^\n]*; sum → [^\n]*\nloop [^\n]*axes \[0\]\): sum/);
  });

  it("of rows that are columns in memory", () => {
    const plan = planOf(
      (a, b) => {
        const e = exponential(times(permute(a, [1, 0]), b));
        return [e, reduceSum(e, [1])];
      },
      [filled([40, 7], "float32", 0), filled([7, 40], "float32", 1)],
    );
    expect(plan).toMatch(joined);
  });

  it("of results that are written where an operand was read", () => {
    const plan = planOf((x) => [softmax(reduceSum(x, [2]))], [filled([8, 40, 3], "float32")]);
    expect(plan).toMatch(joined);
    const room = 4 * (8 * 40 + 8 + 8);
    expect(Number(/scratch: (\d+)/.exec(plan)?.[1])).toBeLessThan(room + 64);
  });

  it("of results that follow a product stay behind it", () => {
    const plan = planOf(
      (a, b, c) => {
        const sum = plus(product(a, b), c);
        return [sum, reduceSum(sum, [1])];
      },
      [filled([40, 60], "float32", 0), filled([60, 40], "float32", 1), filled([40, 40], "float32", 2)],
    );
    expect(plan).toMatch(
      /on each block of it: add → [^\n]*\nloop over \[40, 40\] \(summed up along axes \[1\]\): sum/,
    );
  });
});

describe("sums of equal numbers, each of which is rounded alike,", () => {
  const number = 0.48683449625968933;

  it.each<[Shape, readonly number[]]>([
    [[100], [0]],
    [[256], [0]],
    [[1024], [0]],
    [[5000], [0]],
    [[64, 8], [0]],
    [[600, 40], [0]],
    [[40, 600], [1]],
    [
      [30, 40, 10],
      [0, 1, 2],
    ],
  ])("of %j along %j are exact to a few places", (shape, axes) => {
    const x = filledBy(shape, "float32", () => number);
    planOf((value) => [reduceSum(value, axes)], [x]);
    planOf((value) => [reduceSum(exponential(value), axes)], [x]);
  });
});
