/** Trees to lists of leaves and back. */

import { childPath, closeNode, openNode, type Leaf, type OpenNode } from "./node.js";

/** A tree without its leaves. It compares by value. */
export type TreeStructure = typeof leafStructure | NodeStructure;

interface NodeStructure extends Omit<OpenNode, "children"> {
  readonly children: readonly TreeStructure[];
}

const leafStructure = { kind: "leaf" } as const;

export interface Flattened {
  readonly leaves: readonly Leaf[];
  readonly structure: TreeStructure;
  /** What paths begin with. */
  readonly root: string;
}

/** The leaves of a tree in order, and its structure. What is no tree is refused, with its path, which begins with `root`. */
export const flatten = (operation: string, tree: unknown, root = ""): Flattened => {
  const leaves: Leaf[] = [];
  const trail: Step[] = [];
  const path = (): string => trail.reduce((before, [kind, key]) => childPath(before, kind, key), root);
  const visit = (node: unknown): TreeStructure => {
    const open = openNode(operation, node, path);
    if (open === undefined) {
      leaves.push(node as Leaf); // openNode gives undefined for leaves alone
      return leafStructure;
    }
    const { kind, type, keys, children } = open;
    const structures = children.map((child, index) => {
      trail.push([kind, keys[index] ?? ""]);
      const structure = visit(child);
      trail.pop();
      return structure;
    });
    return { kind, keys, children: structures, ...(type === undefined ? {} : { type }) };
  };
  return { leaves, structure: visit(tree), root };
};

type Step = readonly [kind: OpenNode["kind"], key: string];

/** For each leaf, where it stands. */
export const pathsOf = ({ structure, root }: Pick<Flattened, "structure" | "root">): readonly string[] => {
  const visit = (node: TreeStructure, path: string): readonly string[] =>
    node.kind === "leaf"
      ? [path]
      : node.children.flatMap((child, index) =>
          visit(child, childPath(path, node.kind, node.keys[index] ?? "")),
        );
  return visit(structure, root);
};

/** The tree of a structure over new leaves, which may be anything. */
export const unflatten = (structure: TreeStructure, leaves: readonly unknown[]): unknown => {
  let next = 0;
  const build = (node: TreeStructure): unknown =>
    node.kind === "leaf"
      ? leaves[next++]
      : closeNode(
          node,
          node.children.map((child) => build(child)),
        );
  return build(structure);
};

export const sameStructure = (a: TreeStructure, b: TreeStructure): boolean => {
  if (a.kind === "leaf" || b.kind === "leaf") return a.kind === b.kind;
  return (
    a.kind === b.kind &&
    a.type === b.type &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, index) => key === b.keys[index]) &&
    a.children.every((child, index) => sameStructure(child, b.children[index] ?? leafStructure))
  );
};

/** A structure in one line: `{ bias: *, weight: * }`. */
export const showStructure = (structure: TreeStructure): string => {
  switch (structure.kind) {
    case "leaf":
      return "*";
    case "null":
      return "null";
    case "object":
      return structure.children.length === 0
        ? "{}"
        : `{ ${structure.children.map((child, index) => `${structure.keys[index] ?? ""}: ${showStructure(child)}`).join(", ")} }`;
    default:
      return `[${structure.children.map(showStructure).join(", ")}]`;
  }
};
