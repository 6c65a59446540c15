/** What is a tree: plain objects (keys in order of name), arrays, `null` (empty), and registered classes. */

import { tensorError } from "../errors/tensor-error.js";
import { nameOfClass, withArticle } from "../errors/words.js";
import { Value } from "../tensor/value.js";

/** A constant of the trace: it stays as it is. */
export type Constant = number | boolean | string;
export type Leaf = Value | Constant;

/** How a registered class opens into children and closes again. */
export interface NodeDefinition<N, C extends readonly unknown[]> {
  readonly flatten: (node: N) => C;
  readonly unflatten: (children: C) => N;
}

type Registered = NodeDefinition<unknown, readonly unknown[]>;

/** The classes that are nodes of trees, a declared cache: keyed weakly by constructor. */
const registry = /* @__PURE__ */ new WeakMap<object, Registered>();

/**
 * Declares a class as a node of trees.
 *
 * @throws TensorError when the class is registered already.
 * @example
 * ```ts
 * import { registerNode, treeLeaves, scalar } from "@cotangent/core";
 * import type { Tensor } from "@cotangent/core";
 *
 * class Interval {
 *   constructor(readonly low: Tensor<[]>, readonly high: Tensor<[]>) {}
 * }
 * registerNode(Interval, {
 *   flatten: (interval) => [interval.low, interval.high] as const,
 *   unflatten: ([low, high]) => new Interval(low, high),
 * });
 * treeLeaves(new Interval(scalar(0), scalar(1))).length; // 2
 * ```
 */
export const registerNode = <N, C extends readonly unknown[]>(
  type: abstract new (...args: never[]) => N,
  definition: NodeDefinition<N, C>,
): void => {
  if (registry.has(type)) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "registerNode",
      problem: `the class ${type.name} is registered already`,
      fix: "register a class once, beside its definition",
    });
  }
  // The registry calls a definition with nothing but instances of its class and what it gave itself.
  registry.set(type, definition as unknown as Registered);
};

/** How a node opens: its kind, the names of its children, and the children; undefined for a leaf. */
export interface OpenNode {
  readonly kind: "null" | "array" | "object" | "registered";
  readonly type?: object;
  readonly keys: readonly string[];
  readonly children: readonly unknown[];
}

const fewIndices: readonly (readonly string[])[] = [[], ["0"], ["0", "1"], ["0", "1", "2"]];

/** "0", "1", … */
const indicesOf = (length: number): readonly string[] =>
  fewIndices[length] ?? Array.from({ length }, (_, index) => String(index));

const empty: OpenNode = { kind: "null", keys: [], children: [] };

/** Opens a node; undefined for a leaf. What is neither is refused, with its path (which is made only then). */
export const openNode = (operation: string, tree: unknown, path: () => string): OpenNode | undefined => {
  if (tree === null) return empty;
  if (isLeaf(tree)) return undefined;
  if (Array.isArray(tree)) {
    const children: readonly unknown[] = tree;
    return { kind: "array", keys: indicesOf(children.length), children };
  }
  if (typeof tree === "object") {
    const prototype: unknown = Object.getPrototypeOf(tree);
    if (prototype === Object.prototype || prototype === null) {
      const keys = Object.keys(tree).sort();
      const entries = tree as Readonly<Record<string, unknown>>;
      return { kind: "object", keys, children: keys.map((key) => entries[key]) };
    }
    const type: unknown = tree.constructor;
    const definition = typeof type === "function" ? registry.get(type) : undefined;
    if (definition !== undefined && typeof type === "function") {
      const children = definition.flatten(tree);
      return { kind: "registered", type, keys: indicesOf(children.length), children };
    }
  }
  throw notALeaf(operation, tree, path());
};

export const isLeaf = (tree: unknown): tree is Leaf =>
  tree instanceof Value || typeof tree === "number" || typeof tree === "boolean" || typeof tree === "string";

/** Closes a node of a kind over new children. */
export const closeNode = (node: Omit<OpenNode, "children">, children: readonly unknown[]): unknown => {
  switch (node.kind) {
    case "null":
      return null;
    case "array":
      return children;
    case "object":
      return Object.fromEntries(node.keys.map((key, index) => [key, children[index]]));
    case "registered":
      return node.type === undefined ? children : registry.get(node.type)?.unflatten(children);
  }
};

/** The path of a child: `.name` or `[0]`. */
export const childPath = (path: string, kind: OpenNode["kind"], key: string): string =>
  kind !== "object"
    ? `${path}[${key}]`
    : /^[A-Za-z_$][\w$]*$/.test(key)
      ? `${path}.${key}`
      : `${path}[${JSON.stringify(key)}]`;

const notALeaf = (operation: string, tree: unknown, path: string): Error => {
  const promise = typeof tree === "object" && tree !== null && "then" in tree;
  const name = typeof tree === "object" && tree !== null ? nameOfClass(tree) : typeof tree;
  return tensorError({
    kind: promise ? "AsyncFunction" : "NotALeaf",
    operation,
    problem: promise
      ? "a Promise stands where a tensor should be"
      : `${withArticle(name)} cannot stand in a tree of tensors`,
    found: [
      ["expected", "a tensor, a number, boolean or string, null, or arrays and plain objects of these"],
      ["got", name],
    ],
    ...(path === "" ? {} : { path }),
    fix: promise
      ? "await before the transformation: the function itself must not be async"
      : tree === undefined
        ? "write null for an absent value, or leave the key out"
        : isIterator(tree)
          ? "return the tree from a plain function, not from a function*; make a list of what an iterator gives: [...iterator]"
          : ArrayBuffer.isView(tree)
            ? "make a tensor of it first: fromTypedArray(array, shape)"
            : "spread it into a plain object, or teach trees its class with registerNode",
  });
};

const isIterator = (tree: unknown): boolean =>
  typeof tree === "object" && tree !== null && "next" in tree && typeof tree.next === "function";
