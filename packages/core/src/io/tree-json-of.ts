/** Trees of a known outline as JSON. */

import type { Json } from "fp-ts/lib/Json.js";
import * as t from "io-ts";
import { sameAval, showAval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { closeNode, openNode, type OpenNode } from "../tree/node.js";
import { failureAt, named } from "./failure-at.js";
import { collect, encodeTree, untagged, validateTagged } from "./tree-json.js";

/** A part of the outline: how it validates JSON, and whether a value is of it. */
interface Part {
  readonly expected: string;
  readonly validate: t.Validate<unknown, unknown>;
  readonly is: (u: unknown) => boolean;
}

const partOf = (example: unknown): Part => {
  const node = openNode("treeJsonOf", example, () => "example");
  if (node !== undefined) return nodePart(node);
  return example instanceof Value ? tensorPart(example) : constantPart(example);
};

const tensorPart = (example: Value): Part => {
  const expected = `a tensor ${showAval(example)}`;
  const is = (u: unknown): boolean => u instanceof Value && sameAval(u, example);
  const validate: Part["validate"] = (json, context) => {
    const read = validateLeaf(json, context, expected);
    if (read._tag === "Left" || is(read.right)) return read;
    return t.failures([{ value: read.right, context: renamed(context, expected) }]);
  };
  return { expected, is, validate };
};

const constantPart = (example: unknown): Part => {
  const expected = `a ${typeof example}`;
  const is = (u: unknown): boolean => typeof u === typeof example;
  const validate: Part["validate"] = (json, context) => {
    if (is(json)) return t.success(json);
    const read = validateLeaf(json, context, expected);
    return read._tag === "Left" || is(read.right)
      ? read
      : t.failures([{ value: json, context: renamed(context, expected) }]);
  };
  return { expected, is, validate };
};

const validateLeaf = (json: unknown, context: t.Context, expected: string): t.Validation<unknown> =>
  (typeof json === "object" && json !== null ? validateTagged(json, context) : undefined) ??
  t.failures([{ value: json, context: renamed(context, expected) }]);

/** The same place with another expectation. */
const renamed = (context: t.Context, expected: string): t.Context => {
  const last = context.at(-1);
  return last === undefined ? context : [...context.slice(0, -1), { ...last, type: named(expected) }];
};

const expectedOf = ({ kind, keys }: OpenNode): string => {
  if (kind === "null") return "null";
  if (kind === "object") return keys.length === 0 ? "an empty object" : `an object with ${keys.join(", ")}`;
  return `a list of ${keys.length}`;
};

const nodePart = (node: OpenNode): Part => {
  const expected = expectedOf(node);
  const parts = node.children.map(partOf);
  const validate: Part["validate"] = (json, context) => {
    if (node.kind === "null")
      return json === null
        ? t.success(null)
        : t.failures([{ value: json, context: renamed(context, expected) }]);
    const entries = entriesOf(json, node.kind === "object");
    if (entries === undefined || (node.kind !== "object" && entries.size !== parts.length)) {
      return t.failures([{ value: json, context: renamed(context, expected) }]);
    }
    const excess = [...entries.keys()].find((key) => !node.keys.includes(key));
    if (excess !== undefined)
      return t.failures([
        failureAt(context, excess, `nothing: the keys are ${node.keys.join(", ")}`, entries.get(excess)),
      ]);
    const children = collect(
      parts.map((part, index) => {
        const key = node.keys[index] ?? "";
        return part.validate(entries.get(key), [
          ...context,
          { key, type: named(part.expected), actual: entries.get(key) },
        ]);
      }),
    );
    return children._tag === "Left" ? children : t.success(closeNode(node, children.right));
  };
  const is = (u: unknown): boolean => {
    const open = attemptOpen(u);
    return (
      open?.kind === node.kind &&
      open.type === node.type &&
      open.keys.join() === node.keys.join() &&
      parts.every((part, index) => part.is(open.children[index]))
    );
  };
  return { expected, is, validate };
};

/** The children of a list or an object by their names in the tree; undefined for anything else. */
const entriesOf = (json: unknown, isObject: boolean): ReadonlyMap<string, unknown> | undefined => {
  if (typeof json !== "object" || json === null || Array.isArray(json) === isObject) return undefined;
  return new Map(
    Object.entries(json).map(([key, value]) => [(isObject ? untagged(key) : key) ?? key, value]),
  );
};

const attemptOpen = (u: unknown): OpenNode | undefined => {
  try {
    return openNode("treeJsonOf", u, () => "");
  } catch {
    return undefined;
  }
};

/**
 * Trees like an example as JSON: as `treeJson`, but read with the example's type, and refused where a key, a length, a
 * shape or a dtype differs. Instances of registered classes are written too, as lists of their children.
 *
 * @throws TensorError when the example is no tree, or (encode) of a tracer under `vmap`, `jit` and `stage`.
 * @example
 * ```ts
 * import { ones, zeros } from "@cotangent/core";
 * import { decode, treeJsonOf } from "@cotangent/core/io";
 *
 * const params = treeJsonOf({ weight: zeros([3, 2]), bias: zeros([3]) });
 * const text = JSON.stringify(params.encode({ weight: ones([3, 2]), bias: ones([3]) }));
 * decode(params)(JSON.parse(text)); // Right: { weight: Tensor<[3, 2]>, bias: Tensor<[3]> }
 * ```
 */
export const treeJsonOf = <T>(example: T): t.Type<T, Json> => {
  const { expected, is, validate } = partOf(example);
  return new t.Type(
    expected,
    (u): u is T => is(u),
    (json, context) => validate(json, context) as t.Validation<T>, // what is read has the outline of the example
    (tree) => encodeTree("treeJsonOf", tree, "tree", true),
  );
};
