/** An index that is out of range is refused, by every operation that scatters or gathers, eagerly and compiled, each time. */

import { describe, expect, it } from "vitest";
import {
  add,
  broadcastTo,
  checkpoint,
  cond,
  customJvp,
  customVjp,
  foriLoop,
  grad,
  greater,
  jit,
  mul,
  oneHot,
  scalar,
  scan,
  stack,
  sum,
  take,
  tensor,
  vmap,
  zeros,
  type Tensor,
} from "../src/index.js";
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

describe("an index that is out of range is refused where nothing reads the result", () => {
  type Vector = Tensor<[3]>;
  type Loss = (x: Vector) => Tensor<[]>;
  type OfLoss = (f: Loss) => (x: Vector) => unknown;
  const bad = scalar(7, { dtype: "int32" });
  const loss: Loss = (x) => {
    take(mul(x, 2), bad, { axis: 0 });
    return sum(x);
  };
  const x = tensor([1, 2, 3]);
  const holders: Readonly<Record<string, (f: Loss) => Loss>> = {
    itself: (f) => f,
    jit: (f) => jit(f),
    checkpoint: (f) => checkpoint(f),
    "checkpoint of products": (f) => checkpoint(f, { policy: "contractions" }),
    cond: (f) => (y) => cond(greater(sum(y), 0), f, (z: Vector) => sum(z), y),
    foriLoop: (f) => (y) => sum(foriLoop(0, 2, (_, c: Vector) => add(c, f(c)), y)),
    scan: (f) => (y) =>
      scan((c: Vector) => [add(c, f(c)), f(c)] as const, y, null, { length: 2 })[1] as never,
    customJvp: (f) => customJvp(f, ([y], [dy]) => [f(y), sum(dy)]),
    customVjp: (f) =>
      customVjp(
        f,
        (y: Vector) => [f(y), y] as const,
        (_, cotangent: Tensor<[]>) => [broadcastTo(cotangent, [3])] as const,
      ),
  };
  const transformations: Readonly<Record<string, OfLoss>> = {
    value: (f) => f,
    grad: (f) => grad((y: Vector) => sum(f(y))),
    "jit of grad": (f) => jit(grad((y: Vector) => sum(f(y)))),
    vmap: (f) => (y) => vmap(f)(stack([y, y])),
    "jit of vmap of grad": (f) => (y) => jit(vmap(grad((z: Vector) => sum(f(z)))))(stack([y, y])),
  };
  it.each(
    Object.keys(holders).flatMap((holder) =>
      Object.keys(transformations).map((how) => [holder, how] as const),
    ),
  )("%s, %s", (holder, how) => {
    const held = holders[holder]?.(loss) ?? loss;
    expect(() => transformations[how]?.(held)(x)).toThrow("take: index 7 is out of range");
  });
});
