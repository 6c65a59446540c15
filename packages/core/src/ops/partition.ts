/** Trees in two halves, and whole again: what is trained, and what is held. */

import type { AnyTensor, Untyped } from "../types/tensor.js";
import { describe } from "../trace/operands.js";
import { childPath, closeNode, openNode } from "../tree/node.js";
import { mismatch, walk } from "./tree-walk.js";

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

/**
 * Joins the halves of a partition: for each place the first tensor that is not `null`.
 *
 * @throws TensorError when the outlines differ.
 * @see `equinox.combine`.
 * @example
 * ```ts
 * import { combine, partition, scalar } from "@cotangent/core";
 *
 * const [weights, others] = partition({ w: scalar(1), b: scalar(2) }, (_leaf, path) => path === ".w");
 * combine(weights, others); // { b: 2, w: 1 }
 * ```
 */
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
