/** Functions of trees: their leaves are tensors; numbers, booleans and strings belong to the structure and stay. */

import type { TreeMap, TreeMapWithPath } from "../types/tree.js";
import type { AnyTensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { sameStructure, showStructure, type TreeStructure } from "../tree/flatten.js";
import { childPath, closeNode, isLeaf, openNode } from "../tree/node.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import { tensorEq } from "./instances.js";

type Visit = (leaf: Value, path: string, others: readonly unknown[]) => unknown;

/** Walks the first tree, and the others beside it. `null` skips: in the first tree it stays, in another it is handed on. */
const walk = (
  operation: string,
  visit: Visit,
  tree: unknown,
  others: readonly unknown[],
  path: string,
): unknown => {
  const open = openNode(operation, tree, () => path);
  if (open === undefined) return tree instanceof Value ? visit(tree, path, others) : tree;
  if (open.kind === "null") return null;
  const beside = others.map((other, index) => {
    const found = openNode(operation, other, () => path);
    if (
      found?.kind === open.kind &&
      found.keys.length === open.keys.length &&
      found.keys.every((key, place) => key === open.keys[place])
    )
      return found.children;
    throw mismatch(operation, open.keys, found?.keys ?? describe(other), path, index + 1);
  });
  const children = open.children.map((child, place) =>
    walk(
      operation,
      visit,
      child,
      beside.map((list) => list[place]),
      childPath(path, open.kind, open.keys[place] ?? ""),
    ),
  );
  return closeNode(open, children);
};

const mismatch = (
  operation: string,
  expected: readonly string[],
  got: readonly string[] | string,
  path: string,
  tree: number,
): Error =>
  tensorError({
    kind: "TreeMismatch",
    operation,
    problem: `tree ${tree} has not the outline of the first`,
    found: [
      ["expected", expected.join(", ")],
      ["got", typeof got === "string" ? got : got.join(", ")],
    ],
    ...(path === "" ? {} : { path }),
    fix: "give all trees the same keys and lengths",
  });

const checkBeside = (operation: string, others: readonly unknown[], path: string): readonly unknown[] => {
  others.forEach((other, index) => {
    if (other !== null && !isLeaf(other))
      throw mismatch(operation, ["a leaf"], describe(other), path, index + 1);
  });
  return others;
};

/**
 * Applies a function to every tensor of a tree, and to what stands in its place in other trees of the same outline.
 *
 * `null` skips: where the first tree has it, it stays; where another tree has it, the function gets `null`.
 *
 * @throws TensorError when the outlines differ.
 * @see `jax.tree.map`.
 * @example
 * ```ts
 * import { mul, scalar, treeMap } from "@cotangent/core";
 *
 * treeMap((leaf) => mul(2, leaf), { a: scalar(1), b: [scalar(2)] });
 * ```
 */
export const treeMap: TreeMap = (
  f: (...leaves: never[]) => unknown,
  tree: unknown,
  ...others: readonly unknown[]
): Untyped =>
  walk(
    "treeMap",
    (leaf, path, beside) => f(...([leaf, ...checkBeside("treeMap", beside, path)] as never[])),
    tree,
    others,
    "",
  );

/** `treeMap` whose function also gets the path of the tensor, as errors print it. @throws TensorError on what is no tree. */
export const treeMapWithPath: TreeMapWithPath = (
  f: (path: string, leaf: Value) => unknown,
  tree: unknown,
): Untyped => walk("treeMapWithPath", (leaf, path) => f(path, leaf), tree, [], "");

/** A tree without its tensors: it prints, compares, and rebuilds the tree. */
export interface Structure {
  readonly tree: Omit<Tensors, "tensors">;
  readonly count: number;
  toString(): string;
}

const structureOf = (opened: Tensors): Structure => ({
  tree: opened,
  count: opened.tensors.length,
  toString: () => showStructure(opened.structure),
});

/** The tensors of a tree, keys in order of name. @throws TensorError on what is no tree. */
export const treeLeaves = (tree: unknown): readonly AnyTensor[] => openTree("treeLeaves", tree, "").tensors;

/** The structure of a tree. @throws TensorError on what is no tree. */
export const treeStructure = (tree: unknown): Structure => structureOf(openTree("treeStructure", tree, ""));

/**
 * The tensors of a tree, and its structure.
 *
 * @throws TensorError on what is no tree.
 * @example
 * ```ts
 * import { scalar, treeFlatten, treeUnflatten } from "@cotangent/core";
 *
 * const [leaves, structure] = treeFlatten({ b: scalar(2), a: scalar(1) }); // a, then b
 * treeUnflatten(structure, leaves);
 * ```
 */
export const treeFlatten = (tree: unknown): readonly [readonly AnyTensor[], Structure] => {
  const opened = openTree("treeFlatten", tree, "");
  return [opened.tensors, structureOf(opened)];
};

/** The tree of a structure over other leaves. @throws TensorError when there are not as many leaves. */
export const treeUnflatten = (structure: Structure, leaves: readonly unknown[]): Untyped => {
  if (leaves.length === structure.count) return closeTree(structure.tree, leaves);
  throw tensorError({
    kind: "TreeMismatch",
    operation: "treeUnflatten",
    problem: "the structure has another number of leaves",
    found: [
      ["structure", `${structure.count} leaves: ${structure.toString()}`],
      ["given", `${leaves.length} leaves`],
    ],
    fix: "give one leaf for each * of the structure",
  });
};

/** Folds the tensors of a tree, from the left. @throws TensorError on what is no tree. @example treeReduce((n, leaf) => n + sizeOf(leaf), tree, 0) */
export const treeReduce = <A>(f: (accumulated: A, leaf: AnyTensor) => A, tree: unknown, start: A): A =>
  treeLeaves(tree).reduce<A>(f, start);

/** Whether two trees have one structure, equal constants, and equal tensors (`tensorEq`). @throws TensorError on what is no tree. */
export const treeEquals = (a: unknown, b: unknown): boolean => {
  const [x, y] = [openTree("treeEquals", a, ""), openTree("treeEquals", b, "")];
  return (
    sameStructure(x.structure, y.structure) &&
    x.leaves.every((leaf, index) => {
      const other = y.leaves[index];
      return leaf instanceof Value
        ? other instanceof Value && tensorEq.equals(leaf, other)
        : Object.is(leaf, other);
    })
  );
};

/**
 * A tree of trees turned inside out: the outer structure inside, the inner one outside.
 *
 * @throws TensorError when the tree is not the outer structure with the inner one at every leaf.
 * @see `jax.tree.transpose`.
 * @example
 * ```ts
 * import { scalar, treeStructure, treeTranspose } from "@cotangent/core";
 *
 * const points = [{ x: scalar(1), y: scalar(2) }, { x: scalar(3), y: scalar(4) }];
 * const outer = treeStructure([scalar(0), scalar(0)]);
 * treeTranspose(outer, treeStructure(points[0]), points); // { x: [1, 3], y: [2, 4] }
 * ```
 */
export const treeTranspose = (outer: Structure, inner: Structure, tree: unknown): Untyped => {
  const opened = openTree("treeTranspose", tree, "");
  const expected = nested(outer.tree.structure, inner.tree.structure);
  if (!sameStructure(expected, opened.structure)) {
    throw tensorError({
      kind: "TreeMismatch",
      operation: "treeTranspose",
      problem: "the tree is not the outer structure with the inner one at every leaf",
      found: [
        ["expected", showStructure(expected)],
        ["got", showStructure(opened.structure)],
      ],
      fix: "give the structure of the outside first, then that of the inside",
    });
  }
  const columns = Array.from({ length: inner.count }, (_, column): unknown =>
    treeUnflatten(
      outer,
      opened.tensors.filter((_leaf, index) => index % inner.count === column),
    ),
  );
  return treeUnflatten(inner, columns);
};

const nested = (outer: TreeStructure, inner: TreeStructure): TreeStructure =>
  outer.kind === "leaf" ? inner : { ...outer, children: outer.children.map((child) => nested(child, inner)) };

/** The tree with `null` in the place of some tensors: one half of a partition. */
export type Holes<T> = T extends AnyTensor
  ? T | null
  : T extends object
    ? { [K in keyof T]: Holes<T[K]> }
    : T;

/**
 * Splits a tree in two of the same outline: the tensors that the predicate chooses, and the others; `null` elsewhere.
 *
 * @throws TensorError on what is no tree.
 * @see `equinox.partition`.
 * @example
 * ```ts
 * import { combine, partition, scalar } from "@cotangent/core";
 *
 * const [trained, frozen] = partition({ a: scalar(1), b: scalar(2) }, (_leaf, path) => path === ".a");
 * combine(trained, frozen);
 * ```
 */
export const partition = <T>(
  tree: T,
  predicate: (leaf: AnyTensor, path: string) => boolean,
): readonly [Holes<T>, Holes<T>] => {
  const half = (wanted: boolean): Untyped =>
    walk("partition", (leaf, path) => (predicate(leaf, path) === wanted ? leaf : null), tree, [], "");
  return [half(true), half(false)];
};

/** Joins the halves of a partition: for each place the first tensor that is not `null`. @throws TensorError when the outlines differ. */
export const combine = <T>(first: Holes<T>, ...others: readonly Holes<T>[]): T => {
  const join = (trees: readonly unknown[], path: string): unknown => {
    const filled = trees.filter((tree) => tree !== null);
    const [leading] = filled;
    if (leading === undefined) return null;
    const open = openNode("combine", leading, () => path);
    if (open === undefined) return leading;
    const lists = filled.map((tree, index) => {
      const found = openNode("combine", tree, () => path);
      if (found?.kind === open.kind && found.keys.join() === open.keys.join()) return found.children;
      throw mismatch("combine", open.keys, found?.keys ?? describe(tree), path, index);
    });
    return closeNode(
      open,
      open.children.map((_, place) =>
        join(
          lists.map((list) => list[place]),
          childPath(path, open.kind, open.keys[place] ?? ""),
        ),
      ),
    );
  };
  return join([first, ...others], "") as T; // every place of T is filled by one half
};
