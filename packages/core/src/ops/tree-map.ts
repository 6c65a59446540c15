/** Functions of trees: their leaves are tensors; numbers, booleans and strings belong to the structure and stay. */

import type { TreeMap, TreeMapWithPath } from "../types/tree.js";
import type { AnyTensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { sameStructure, showStructure, type TreeStructure } from "../tree/flatten.js";
import { isLeaf } from "../tree/node.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import { tensorEq } from "./instances.js";
import { mismatch, walk } from "./tree-walk.js";

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

/**
 * `treeMap` whose function gets the path of the tensor first, as errors print it.
 *
 * @throws TensorError on what is no tree.
 * @see `jax.tree_util.tree_map_with_path`.
 * @example
 * ```ts
 * import { scalar, treeMapWithPath } from "@cotangent/core";
 *
 * treeMapWithPath((path) => path, { w: scalar(1), b: [scalar(2)] }); // { b: [".b[0]"], w: ".w" }
 * ```
 */
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

/**
 * The tensors of a tree, keys in order of name.
 *
 * @throws TensorError on what is no tree.
 * @see `jax.tree.leaves`.
 * @example
 * ```ts
 * import { scalar, treeLeaves } from "@cotangent/core";
 *
 * treeLeaves({ b: scalar(2), a: scalar(1) }); // [1, 2]
 * ```
 */
export const treeLeaves = (tree: unknown): readonly AnyTensor[] => openTree("treeLeaves", tree, "").tensors;

/**
 * The structure of a tree: its keys, lengths and constants without its tensors.
 *
 * @throws TensorError on what is no tree.
 * @see `jax.tree.structure`.
 * @example
 * ```ts
 * import { scalar, treeStructure } from "@cotangent/core";
 *
 * treeStructure({ b: scalar(2), a: [scalar(1), scalar(3)] }).toString(); // "{ a: [*, *], b: * }"
 * ```
 */
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

/**
 * The tree of a structure over other leaves, which need be no tensors.
 *
 * @throws TensorError when there are not as many leaves.
 * @see `jax.tree.unflatten`.
 * @example
 * ```ts
 * import { scalar, treeStructure, treeUnflatten } from "@cotangent/core";
 *
 * treeUnflatten(treeStructure({ b: scalar(2), a: scalar(1) }), ["first", "second"]); // { a: "first", b: "second" }
 * ```
 */
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

/**
 * Folds the tensors of a tree, keys in order of name: `f(… f(f(start, leaf₀), leaf₁) …)`.
 *
 * @throws TensorError on what is no tree.
 * @see `jax.tree.reduce`.
 * @example
 * ```ts
 * import { sizeOf, treeReduce, zeros } from "@cotangent/core";
 *
 * treeReduce((total, leaf) => total + sizeOf(leaf), { w: zeros([2, 3]), b: zeros([2]) }, 0); // 8
 * ```
 */
export const treeReduce = <A>(f: (accumulated: A, leaf: AnyTensor) => A, tree: unknown, start: A): A =>
  treeLeaves(tree).reduce<A>(f, start);

/**
 * Whether two trees have one structure, equal constants (by `Object.is`), and equal tensors (by `tensorEq`).
 *
 * @throws TensorError on what is no tree, and under `vmap`, `jit` and `stage`, where elements are not known.
 * @example
 * ```ts
 * import { tensor, treeEquals } from "@cotangent/core";
 *
 * treeEquals({ w: tensor([1, 2]) }, { w: tensor([1, 2]) }); // true
 * ```
 */
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
