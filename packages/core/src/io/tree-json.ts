/** Trees of tensors as JSON, without loss. */

import type { Json } from "fp-ts/lib/Json.js";
import * as t from "io-ts";
import type { AnyTensor } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { Value } from "../tensor/value.js";
import { childPath, openNode, type Constant } from "../tree/node.js";
import { failureAt } from "./failure-at.js";
import { decodeNumber, encodeNumber } from "./number-json.js";
import { tensorJson } from "./tensor-json.js";

/** A tree of plain lists and objects over tensors and constants. */
export type TensorTree =
  AnyTensor | Constant | null | readonly TensorTree[] | { readonly [key: string]: TensorTree };

/** What an object with one of these keys alone stands for; a key of the tree itself that begins with $ gets one more. */
const tags = { tensor: "$tensor", number: "$number" } as const;

/** The JSON of a tree. A registered class is written as the list of its children, if its place is known when it is read. */
export const encodeTree = (operation: string, tree: unknown, path: string, takesClasses: boolean): Json => {
  const node = openNode(operation, tree, () => path);
  if (node === undefined) return encodeLeaf(tree);
  const children = node.children.map((child, index) =>
    encodeTree(operation, child, childPath(path, node.kind, node.keys[index] ?? ""), takesClasses),
  );
  switch (node.kind) {
    case "null":
      return null;
    case "array":
      return children;
    case "object":
      return Object.fromEntries(
        node.keys.map((key, index) => [key.startsWith("$") ? `$${key}` : key, children[index] ?? null]),
      );
    case "registered":
      if (takesClasses) return children;
      throw tensorError({
        kind: "NotALeaf",
        operation,
        problem: "an instance of a class cannot be read back without its class",
        found: [["expected", "plain objects, lists, tensors, constants"]],
        path,
        fix: "name the tree that is expected: treeJsonOf(example).encode(tree)",
      });
  }
};

const encodeLeaf = (leaf: unknown): Json => {
  if (leaf instanceof Value) return { [tags.tensor]: { ...tensorJson.encode(leaf) } };
  if (typeof leaf !== "number") return leaf as string | boolean; // the other constants
  const number = encodeNumber(leaf, "float64");
  return typeof number === "number" ? number : { [tags.number]: number };
};

/** The tensor or the number that an object with one tag stands for; undefined for anything else. */
export const validateTagged = (json: object, context: t.Context): t.Validation<TensorTree> | undefined => {
  const [[tag, content] = ["", null], ...others] = Object.entries(json) as readonly (readonly [
    string,
    unknown,
  ])[];
  if (others.length > 0) return undefined;
  if (tag === tags.tensor)
    return tensorJson.validate(content, t.appendContext(context, tag, tensorJson, content));
  if (tag !== tags.number) return undefined;
  const number = typeof content === "string" ? decodeNumber(content, "float64") : undefined;
  return number === undefined
    ? t.failures([failureAt(context, tag, '"NaN", "Infinity", "-Infinity" or "-0"', content)])
    : t.success(number);
};

/** The name in the tree of a key in JSON; undefined for a tag. */
export const untagged = (key: string): string | undefined =>
  key.startsWith("$$") ? key.slice(1) : key.startsWith("$") ? undefined : key;

const validate = (json: unknown, context: t.Context): t.Validation<TensorTree> => {
  if (json === null || typeof json === "boolean" || typeof json === "string") return t.success(json);
  if (typeof json === "number") return Number.isFinite(json) ? t.success(json) : t.failure(json, context);
  if (typeof json !== "object" || json instanceof Value) return t.failure(json, context);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(json);
  const below = ([key, value]: readonly [string, unknown]) =>
    validate(value, t.appendContext(context, key, treeJson, value));
  if (Array.isArray(json)) return collect(entries.map(below));
  const tagged = validateTagged(json, context);
  if (tagged !== undefined) return tagged;
  const names = entries.map(([key]) => untagged(key));
  const odd = names.indexOf(undefined);
  if (odd >= 0)
    return t.failures([
      failureAt(
        context,
        entries[odd]?.[0] ?? "",
        "a key that does not begin with a single $",
        entries[odd]?.[1],
      ),
    ]);
  const children = collect(entries.map(below));
  return children._tag === "Left"
    ? children
    : t.success(Object.fromEntries(children.right.map((child, index) => [names[index] ?? "", child])));
};

/** All values, or all errors. */
export const collect = <A>(results: readonly t.Validation<A>[]): t.Validation<readonly A[]> => {
  const errors = results.flatMap((result) => (result._tag === "Left" ? result.left : []));
  return errors.length > 0
    ? t.failures(errors)
    : t.success(results.flatMap((result) => (result._tag === "Right" ? [result.right] : [])));
};

/**
 * Trees of tensors as JSON, and back, without loss: lists, plain objects, `null`, numbers, booleans and strings stand for
 * themselves, a tensor is `{ "$tensor": { shape, dtype, data } }`, and a number that JSON cannot write `{ "$number": "NaN" }`.
 * A key that begins with `$` gets one more.
 *
 * @throws TensorError (encode alone) with the path of what is no tree, or of an instance of a registered class: for these, `treeJsonOf`.
 * @example
 * ```ts
 * import { zeros } from "@cotangent/core";
 * import { decode, treeJson } from "@cotangent/core/io";
 *
 * const text = JSON.stringify(treeJson.encode({ epoch: 3, params: [{ weight: zeros([2]) }] }));
 * decode(treeJson)(JSON.parse(text)); // Right: the tree
 * ```
 */
export const treeJson: t.Type<TensorTree, Json> = /* @__PURE__ */ new t.Type(
  "a tree of tensors",
  (u): u is TensorTree => validateTree(u),
  validate,
  (tree) => encodeTree("treeJson.encode", tree, "tree", false),
);

const validateTree = (u: unknown): boolean => {
  try {
    const node = openNode("treeJson.is", u, () => "");
    return node === undefined || (node.kind !== "registered" && node.children.every(validateTree));
  } catch {
    return false;
  }
};
