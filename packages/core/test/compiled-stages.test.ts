/** Compiled loops in stages, of functions whose code says where it may be cut: what is rare in some strips, totals, a rest behind the vectors. */

import { describe, expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { exp, expm1, log, log1p, sigmoid } from "../src/primitives/exponential.js";
import { times } from "../src/primitives/multiplicative.js";
import { div } from "../src/primitives/quotient.js";
import { reduceMax } from "../src/primitives/reductions.js";
import { broadcast, reduceSum } from "../src/primitives/sum-broadcast.js";
import { tanh } from "../src/primitives/trigonometry.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import { filled, filledBy } from "./filled.js";
import { compiledRunner, coreOf } from "./run-compiled.js";
import { comparedPlan, programOf, type Traced } from "./traced.js";

type Function = (x: Value) => Value;

const functions: Readonly<Record<string, Function>> = Object.fromEntries(
  Object.entries({ exp, expm1, log, log1p, sigmoid, tanh }).map(([name, f]) => [
    name,
    (x: Value) => asTensor(name, f(x as never)),
  ]),
);
const { exp: exponential, tanh: tangent } = functions as Readonly<Record<"exp" | "tanh", Function>>;

/** Whether strips are written, of a program whose results are compared. */
const isInStages = (f: Traced, args: readonly ArrayTensor[]): boolean => {
  const program = programOf(f, args);
  comparedPlan(program, args);
  const { core, read } = coreOf(program) as NonNullable<ReturnType<typeof coreOf>>; // it computes something
  return compiledRunner(core)(read.map((place) => args[place] as ArrayTensor)).usesStrips;
};

/** Positive numbers, with these instead in some places. */
const withRare = (length: number, rare: readonly number[], places: readonly number[]): ArrayTensor => {
  const ordinary = filled([length], "float32").data;
  return filledBy([length], "float32", (place) => {
    const index = places.indexOf(place);
    return index < 0 ? Math.abs(ordinary[place] ?? 0) : (rare[index % rare.length] ?? 0);
  });
};

describe.each(Object.entries(functions))("%s", (_name, f) => {
  it.each([64, 67, 256, 1024, 1037])("of %d elements is computed in stages", (length) => {
    const x = withRare(length, [], []);
    expect(isInStages((value) => [f(value)], [x])).toBe(true);
    expect(isInStages((value) => [times(f(value), value), reduceSum(f(value), [0])], [x])).toBe(true);
  });

  it("is not, of few", () => {
    expect(isInStages((value) => [f(value)], [withRare(63, [], [])])).toBe(false);
  });

  it.each([
    ["in the first strip", [0]],
    ["at the end of one", [255]],
    ["in the last one, and in the rest", [800, 1030]],
    ["everywhere", Array.from({ length: 1033 }, (_, place) => place)],
  ])("is what it is of rare numbers %s", (_where, places) => {
    const rare = [-100, -0, 0, 2 ** -140, NaN, Infinity, -Infinity, -88, 88.5, -1];
    const x = withRare(1033, rare, places);
    isInStages((value) => [f(value)], [x]);
    isInStages((value) => [plus(f(value), value)], [x]);
  });
});

describe("stages", () => {
  it("come one behind the other in a function of a function", () => {
    const x = filled([1000], "float32");
    expect(isInStages((value) => [tangent(exponential(tangent(value)))], [x])).toBe(true);
  });

  it("are of rows of a matrix, with their totals", () => {
    const x = filled([5, 300], "float32");
    const softmax: Traced = (value) => {
      const most = broadcast(reduceMax(value, [1]), [5, 300], [0]);
      const powers = exponential(sub(value, most));
      return [
        asTensor("div", div(powers as never, broadcast(reduceSum(powers, [1]), [5, 300], [0]) as never)),
      ];
    };
    expect(isInStages(softmax, [x])).toBe(true);
  });

  it.each([
    [[100, 37], [0]],
    [[3, 70, 16], [1]],
    [[130, 5], [0]],
  ])("are of columns of %j, with their totals along %j", (shape, axes) => {
    const x = filled(shape, "float32");
    const rare = filledBy(shape, "float32", (place) => (place % 501 === 7 ? -95 : (x.data[place] ?? 0)));
    for (const operand of [x, rare])
      expect(isInStages((value) => [reduceSum(exponential(value), axes)], [operand])).toBe(true);
  });

  it("write where an argument was read", () => {
    const x = filled([500], "float32");
    expect(isInStages((value) => [exponential(plus(exponential(plus(value, value)), value))], [x])).toBe(
      true,
    );
  });
});
