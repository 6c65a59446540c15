import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ones, registerNode, scalar, zeros, type AnyTensor } from "@cotangent/core";
import { arbitraries } from "@cotangent/core/testing";
import { closeTree, openTree } from "../tree/tensors.js";
import { matchArguments, type ArgumentsKey } from "./match-arguments.js";
import { treeBuilder } from "./tree-builder.js";

const keyOf = (args: readonly unknown[], statics: ArgumentsKey["statics"] = []): ArgumentsKey => {
  const tree = openTree("test", args, "arguments");
  return { tree, avals: tree.tensors.map(({ shape, dtype }) => ({ shape, dtype })), statics };
};

class Pair {
  constructor(
    readonly left: AnyTensor,
    readonly right: AnyTensor,
  ) {}
}
registerNode(Pair, {
  flatten: ({ left, right }) => [left, right] as const,
  unflatten: ([left, right]) => new Pair(left, right),
});

describe("arguments", () => {
  it("match themselves, tensor by tensor, and build again", () => {
    fc.assert(
      fc.property(fc.array(arbitraries.tree(arbitraries.tensor()), { maxLength: 4 }), (args) => {
        const opened = openTree("test", args, "arguments");
        expect(matchArguments(keyOf(args), args)).toEqual(opened.tensors);
        expect(treeBuilder(opened)(opened.tensors)).toEqual(closeTree(opened, opened.tensors));
      }),
    );
  });

  const [x, n] = [zeros([2]), scalar(1)];
  const cases: readonly (readonly [readonly unknown[], readonly unknown[], boolean])[] = [
    [[x], [ones([2])], true],
    [[x], [zeros([3])], false],
    [[x], [zeros([2], { dtype: "float64" })], false],
    [[x], [2], false],
    [[2], [x], false],
    [[2], [2], true],
    [[2], [3], false],
    [[NaN], [NaN], true],
    [[0], [-0], false],
    [[x, x], [x], false],
    [[x], [x, x], false],
    [[null], [null], true],
    [[null], [x], false],
    [[x], [null], false],
    [[x], [undefined], false],
    [[{ a: x, b: n }], [{ b: n, a: x }], true],
    [[{ a: x }], [{ a: x, b: n }], false],
    [[{ a: x, b: n }], [{ a: x, c: n }], false],
    [[{ a: x }], [Object.assign(Object.create(null) as object, { a: x })], true],
    [[{ a: x }], [Object.create({ a: x })], false],
    [[[x, n]], [{ 0: x, 1: n }], false],
    [[[x]], [x], false],
    [[new Pair(x, n)], [new Pair(x, n)], true],
    [[new Pair(x, n)], [[x, n]], false],
    [[[x, n]], [new Pair(x, n)], false],
    [[new Pair(x, n)], [new Pair(n, x)], false],
    [[x], [new Map()], false],
    [[x], [new Float32Array(2)], false],
  ];
  it.each(cases)("%# match where tree, shapes, dtypes and constants are the same", (known, given, same) => {
    expect(matchArguments(keyOf(known), given) !== undefined).toBe(same);
  });

  it("compare static arguments by identity", () => {
    const f = () => x;
    const key = keyOf([x, null], [[1, f]]);
    expect(matchArguments(key, [x, f])).toEqual([x]);
    expect(matchArguments(key, [x, () => x])).toBe(undefined);
    expect(matchArguments(key, [x])).toBe(undefined);
  });

  it("build keys that would set a prototype", () => {
    const tree = JSON.parse('{ "__proto__": 1, "a": 2 }') as object;
    const opened = openTree("test", tree, "tree");
    expect(Object.keys(treeBuilder(opened)([]) as object)).toEqual(["__proto__", "a"]);
  });
});
