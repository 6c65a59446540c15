/** Closing the same tree again and again: its structure becomes functions once. */

import { Value } from "../tensor/value.js";
import type { Flattened, TreeStructure } from "../tree/flatten.js";
import { closeNode } from "../tree/node.js";

/** Builds a tree over tensors. */
export type TreeBuilder = (tensors: readonly Value[]) => unknown;

/** The builder of trees like this one, over other tensors. */
export const treeBuilder = ({ structure, leaves }: Flattened): TreeBuilder => {
  let leaf = 0;
  let tensor = 0;
  const builderOf = (node: TreeStructure): TreeBuilder => {
    if (node.kind === "leaf") {
      const constant = leaves[leaf++];
      if (!(constant instanceof Value)) return () => constant;
      const place = tensor++;
      return (tensors) => tensors[place];
    }
    const children = node.children.map(builderOf);
    if (node.kind === "array") return (tensors) => children.map((build) => build(tensors));
    // As an assignment, this name would set the prototype.
    if (node.kind !== "object" || node.keys.includes("__proto__"))
      return (tensors) =>
        closeNode(
          node,
          children.map((build) => build(tensors)),
        );
    const { keys } = node;
    return (tensors) => {
      const tree: Record<string, unknown> = {};
      for (let place = 0; place < keys.length; place++) tree[keys[place] ?? ""] = children[place]?.(tensors);
      return tree;
    };
  };
  return builderOf(structure);
};
