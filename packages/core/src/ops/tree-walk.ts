/** The walk through a tree, and others of its outline beside it. */

import { tensorError } from "../errors/tensor-error.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { childPath, closeNode, openNode } from "../tree/node.js";

/** What is done at a tensor: with its path, and what stands in its place in the other trees. */
export type Visit = (leaf: Value, path: string, others: readonly unknown[]) => unknown;

/** Walks the first tree, and the others beside it. `null` skips: in the first tree it stays, in another it is handed on. */
export const walk = (
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

/** The error of a tree whose keys are not those of the first. */
export const mismatch = (
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
