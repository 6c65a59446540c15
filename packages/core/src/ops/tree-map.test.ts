import { describe, expect, it } from "vitest";
import {
  add,
  combine,
  grad,
  mul,
  partition,
  ravelTree,
  registerNode,
  scalar,
  sizeOf,
  sum,
  tensor,
  toArray,
  treeEquals,
  treeFlatten,
  treeLeaves,
  treeMap,
  treeMapWithPath,
  treeReduce,
  treeStructure,
  treeTranspose,
  treeUnflatten,
  type Tensor,
} from "@cotangent/core";

const tree = { weight: tensor([1, 2]), bias: scalar(3), steps: [scalar(4), null], name: "layer", scale: 2 };
const doubled = {
  weight: tensor([2, 4]),
  bias: scalar(6),
  steps: [scalar(8), null],
  name: "layer",
  scale: 2,
};

describe("trees", () => {
  it("map tensors and keep constants, nulls and key order", () => {
    const result = treeMap((leaf) => mul(2, leaf), tree);
    expect(result).toEqual(doubled);
    expect(Object.keys(result)).toEqual(["bias", "name", "scale", "steps", "weight"]);
  });

  it("map several trees, where null skips", () => {
    expect(
      treeMap(
        (a, b) => add(a, b as Tensor),
        { x: scalar(1), y: null },
        { x: scalar(2), y: { deep: scalar(3) } },
      ),
    ).toEqual({
      x: scalar(3),
      y: null,
    });
    expect(treeMap((a, b: unknown) => (b === null ? a : scalar(0)), { x: scalar(1) }, { x: null })).toEqual({
      x: scalar(1),
    });
  });

  it("tell the path of a leaf", () => {
    expect(treeMapWithPath((path) => path, { "odd key": [scalar(1)], b: scalar(2) })).toEqual({
      "odd key": ['["odd key"][0]'],
      b: ".b",
    });
  });

  it("flatten by name and build again", () => {
    const [leaves, structure] = treeFlatten(tree);
    expect(leaves.map((leaf): unknown => toArray(leaf))).toEqual([3, 4, [1, 2]]);
    expect(structure.toString()).toBe("{ bias: *, name: *, scale: *, steps: [*, null], weight: * }");
    expect(treeUnflatten(structure, leaves)).toEqual(tree);
    expect(treeLeaves(tree)).toHaveLength(structure.count);
    expect(treeReduce((count, leaf) => count + sizeOf(leaf), tree, 0)).toBe(4);
  });

  it("compare by structure, constants and elements", () => {
    expect(
      treeEquals(
        tree,
        treeMap((leaf) => add(leaf, 0), tree),
      ),
    ).toBe(true);
    expect(treeEquals(tree, { ...tree, scale: 3 })).toBe(false);
    expect(treeEquals(tree, { ...tree, bias: scalar(4) })).toBe(false);
    expect(treeEquals([scalar(1)], { 0: scalar(1) })).toBe(false);
  });

  it("turn inside out", () => {
    const points = [
      { x: scalar(1), y: scalar(2) },
      { x: scalar(3), y: scalar(4) },
    ];
    expect(treeTranspose(treeStructure([scalar(0), scalar(0)]), treeStructure(points[0]), points)).toEqual({
      x: [scalar(1), scalar(3)],
      y: [scalar(2), scalar(4)],
    });
    expect(
      () => treeTranspose(treeStructure([scalar(0)]), treeStructure(points[0]), points) as unknown,
    ).toThrow("the outer structure");
  });

  it("split in two and join again", () => {
    const [trained, frozen] = partition(tree, (_leaf, path) => path.startsWith(".weight"));
    expect(trained).toEqual({ ...tree, bias: null, steps: [null, null] });
    expect(combine(trained, frozen)).toEqual(tree);
  });

  it("are one vector and back, differentiably", () => {
    const [vector, unravel] = ravelTree({ b: scalar(3), w: tensor([[1, 2]]) });
    expect(toArray(vector)).toEqual([3, 1, 2]);
    expect(treeEquals(unravel(mul(2, vector)), { b: scalar(6), w: tensor([[2, 4]]) })).toBe(true);
    const gradient = grad((p: { b: Tensor<[]>; w: Tensor<[1, 2]> }) =>
      sum(mul(ravelTree(p)[0], tensor([1, 2, 3]))),
    )({
      b: scalar(0),
      w: tensor([[0, 0]]),
    });
    expect(treeEquals(gradient, { b: scalar(1), w: tensor([[2, 3]]) })).toBe(true);
    expect(() => unravel(tensor([1]))).toThrow("the vector must have 3 elements");
  });

  it("hold classes that are registered", () => {
    class Interval {
      constructor(
        readonly low: Tensor<[]>,
        readonly high: Tensor<[]>,
      ) {}
    }
    const definition = {
      flatten: (interval: Interval) => [interval.low, interval.high] as const,
      unflatten: ([low, high]: readonly [Tensor<[]>, Tensor<[]>]) => new Interval(low, high),
    };
    expect(() => treeLeaves(new Interval(scalar(0), scalar(1)))).toThrow(
      "an Interval cannot stand in a tree",
    );
    registerNode(Interval, definition);
    const gradient = grad((interval: Interval) => mul(interval.low, interval.high))(
      new Interval(scalar(2), scalar(3)),
    );
    expect(gradient).toEqual(new Interval(scalar(3), scalar(2)));
    expect(() => {
      registerNode(Interval, definition);
    }).toThrow("registered already");
  });
});
