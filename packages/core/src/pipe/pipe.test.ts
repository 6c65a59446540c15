/** Data-last forms give what their data-first forms give, for every name, and no data-first one slips in. */

import * as core from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { pipe } from "fp-ts/lib/function.js";
import { describe, expect, it } from "vitest";

type Loose = (...args: readonly unknown[]) => unknown;

const x = core.tensor([
  [1.5, 0.5],
  [0.25, 0.75],
]);
const signal = core.tensor([[[1, 2, 3]]]);
const integers = core.tensor(
  [
    [3, 1],
    [0, 2],
  ],
  { dtype: "int32" },
);
const indices = core.tensor([[1, 0]], { dtype: "int32" });

/** What stands behind the tensor in a call; a name that is not here takes nothing or one tensor like it. */
const rest: Readonly<Record<string, readonly unknown[]>> = {
  convert: ["int32"],
  bitcast: ["uint32"],
  clip: [{ min: 0.5, max: 1 }],
  reshape: [[4]],
  transpose: [[1, 0]],
  swapAxes: [0, 1],
  moveAxis: [0, 1],
  expandDims: [0],
  broadcastTo: [[3, 2, 2]],
  concatenate: [{ axis: 1 }],
  split: [2],
  tile: [[2, 1]],
  repeat: [2, { axis: 0 }],
  roll: [1],
  pad: [
    [
      [1, 0],
      [0, 1],
    ],
  ],
  slice: [
    [0, 1],
    [2, 2],
  ],
  take: [indices],
  takeAlongAxis: [indices, { axis: 0 }],
  oneHot: [4],
  expectShape: [[2, -1]],
  quantile: [0.5],
  tensorDot: [x, { axes: 1 }],
  where: [x, 0],
  safeWhere: [core.log, x, -1],
  select: [[x, 2], 5],
  fullLike: [0.5],
  conv: [core.ones([1, 1, 2])],
  convTranspose: [core.ones([1, 1, 2])],
  reduceWindow: [{ reducer: "max", window: [2, 1] }],
};
const lists = new Set(["concatenate", "stack", "hStack", "vStack"]);
/** Operations whose data-last form is no mere turning round have tests of their own, below. */
const apart = new Set(["einsum"]);
const ofIntegers = new Set([
  "bitwiseAnd",
  "bitwiseOr",
  "bitwiseXor",
  "bitwiseNot",
  "shiftLeft",
  "shiftRight",
  "oneHot",
]);
const transformations = new Set([
  "grad",
  "jit",
  "valueAndGrad",
  "jacfwd",
  "jacrev",
  "hessian",
  "vmap",
  "treeMap",
]);

const arityOf = (f: unknown): number | undefined =>
  (f as { primitive?: { samples: { cases: readonly { shapes: readonly unknown[] }[] } } }).primitive?.samples
    .cases[0]?.shapes.length;

const plain = (result: unknown): unknown =>
  Array.isArray(result)
    ? result.map(plain)
    : core.isTensor(result)
      ? core.toArray(result as core.Tensor)
      : result;

describe("pipe", () => {
  const names = Object.keys(P).filter((name) => !transformations.has(name) && !apart.has(name));
  it.each(names)("%s", (name) => {
    const first = (core as unknown as Record<string, Loose>)[name];
    const lastForm = (P as unknown as Record<string, Loose>)[name];
    if (first === undefined || lastForm === undefined) throw new Error(`${name} is not in the index`);
    const data =
      name === "conv" || name === "convTranspose"
        ? signal
        : lists.has(name)
          ? [x, x]
          : ofIntegers.has(name)
            ? integers
            : name === "where" || name === "safeWhere"
              ? core.greater(x, 0.6)
              : name === "select"
                ? [core.greater(x, 1), core.greater(x, 0.6)]
                : name === "item"
                  ? core.scalar(2)
                  : x;
    if (first === lastForm) {
      expect(arityOf(first) ?? 1).toBe(1);
      return;
    }
    const binary =
      (arityOf(first) ?? 1) > 1 || /^(matmul|dot|vdot|inner|outer|kron|isClose|tensorDot)$/.test(name);
    const others = rest[name] ?? (binary ? [data] : []);
    const applied = lastForm(...others) as Loose;
    expect(plain(applied(data))).toEqual(plain(first(data, ...others)));
  });

  it("has a form of every operation of two tensors", () => {
    const missing = Object.entries(core).filter(([name, f]) => (arityOf(f) ?? 1) > 1 && !(name in P));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it("has a form of every operation that is composed", () => {
    // Makers have no operand, trees are no tensors, and instances are no functions.
    const modules = import.meta.glob(
      [
        "../ops/*.ts",
        "!../ops/*.test.ts",
        "!../ops/{make,range,from-array,transfer,tree-map,partition,ravel-tree,instances}.ts",
      ],
      { eager: true },
    );
    const composed = new Set(Object.values(modules).flatMap((exported) => Object.values(exported)));
    const missing = Object.entries(core).filter(([name, f]) => composed.has(f) && !(name in P));
    expect(missing.map(([name]) => name)).toEqual([]);
    expect(composed.has(core.sum)).toBe(true);
  });

  it("takes the first operand of einsum last", () => {
    expect(core.toArray(pipe(x, P.einsum("ij,j->i", core.tensor([1, 2]))))).toEqual([2.5, 1.75]);
  });

  it("takes options before functions", () => {
    const loss = (a: core.Tensor<[2]>, b: core.Tensor<[2]>) => core.sum(core.mul(a, b));
    const [a, b] = [core.tensor([1, 2]), core.tensor([3, 4])];
    expect(core.toArray(pipe(loss, P.grad({ argnums: 1 }))(a, b))).toEqual([1, 2]);
    expect(core.toArray(pipe(loss, P.valueAndGrad())(a, b)[1])).toEqual([3, 4]);
    expect(core.toArray(pipe(core.square, P.jacfwd())(a))).toEqual([
      [2, 0],
      [0, 4],
    ]);
    expect(core.toArray(pipe(loss, P.vmap({ inAxes: [0, null] }))(x, b))).toEqual([6.5, 3.75]);
    expect(
      pipe(
        { a, b },
        P.treeMap((leaf: core.Tensor) => core.sum(leaf)),
      ),
    ).toEqual({ a: core.scalar(3), b: core.scalar(7) });
  });
});
