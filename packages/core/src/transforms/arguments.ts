/** Functions of trees as functions of leaves: what goes in, what comes out, and the trees of tangents beside them. */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import { fill } from "../primitives/define.js";
import { isZero, type Tangent } from "../program/symbolic-zero.js";
import { isFloating } from "../tensor/dtype.js";
import { sameAval, showAval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import type { TreeStructure } from "../tree/flatten.js";
import { childPath, openNode } from "../tree/node.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";

/** Opens the result of a user's function, which must not be a Promise. */
export const openResult = (operation: string, result: unknown): Tensors => {
  if (typeof result === "object" && result !== null && "then" in result && typeof result.then === "function")
    throw asyncError(operation);
  if (result === undefined) {
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: "the function returned nothing",
      found: [
        ["expected", "a tensor, or a tree of tensors"],
        ["got", "undefined"],
      ],
      fix: "return the result: (x) => sum(x), or { return sum(x); } with braces",
    });
  }
  return openTree(operation, result, "result");
};

const asyncError = (operation: string): TensorError =>
  tensorError({
    kind: "AsyncFunction",
    operation,
    problem: "the function returned a Promise",
    found: [
      ["expected", "a tensor, or a tree of tensors"],
      ["got", "a Promise"],
    ],
    fix: "make the function synchronous, and await what it needs before the transformation",
  });

/** A tree of tangents: `null` where the primal has no tangent. */
export const closeTangents = (tree: Tensors, tangents: readonly Tangent[]): unknown =>
  closeTree(
    tree,
    tree.tensors.map((primal, index) => {
      const tangent = tangents[index];
      return !isFloating(primal.dtype)
        ? null
        : tangent === undefined || isZero(tangent)
          ? fill(0, primal)
          : tangent;
    }),
  );

/**
 * The leaves of a tree of tangents or cotangents, one a tensor of the primal tree: same shape and dtype,
 * `null` (or anything of the primal's aval, ignored) where the primal has no tangent.
 */
export const openTangents = (
  operation: string,
  word: "tangent" | "cotangent",
  primal: Tensors,
  tangents: unknown,
): readonly Value[] => {
  const found: Value[] = [];
  let next = 0;
  const visit = (structure: TreeStructure, tangent: unknown, path: string): void => {
    if (structure.kind === "leaf") {
      const leaf = primal.leaves[next++];
      if (leaf instanceof Value) found.push(tangentLeaf(operation, word, leaf, tangent, path));
      return;
    }
    const open = openNode(operation, tangent, () => path);
    if (open?.kind !== structure.kind || open.keys.join() !== structure.keys.join()) {
      throw tensorError({
        kind: "TreeMismatch",
        operation,
        problem: `the ${word} has not the tree of its primal`,
        found: [
          [
            "expected",
            structure.kind === "null"
              ? "null"
              : `${structure.kind === "object" ? "an object with" : "a list of"} ${listed(structure.keys)}`,
          ],
          ["got", open === undefined ? describe(tangent) : listed(open.keys)],
        ],
        path,
        fix: `give the ${word} the same keys and lengths as the primal`,
      });
    }
    structure.children.forEach((child, index) => {
      const key = structure.keys[index] ?? "";
      visit(child, open.children[index], childPath(path, structure.kind, key));
    });
  };
  visit(primal.structure, tangents, word === "tangent" ? "tangents" : word);
  return found;
};

const listed = (keys: readonly string[]): string => (keys.length === 0 ? "nothing" : keys.join(", "));

const tangentLeaf = (
  operation: string,
  word: string,
  primal: Value,
  tangent: unknown,
  path: string,
): Value => {
  if (!isFloating(primal.dtype)) return fill(0, primal);
  if (tangent instanceof Value && sameAval(primal, tangent)) return tangent;
  if (typeof tangent === "number" && primal.shape.length === 0) return fill(tangent, primal);
  throw tensorError({
    kind: "ShapeMismatch",
    operation,
    problem: `a ${word} must have the shape and dtype of its primal`,
    found: [
      ["primal", showAval(primal)],
      [word, describe(tangent)],
    ],
    path,
    fix: `make it of the primal's shape: onesLike(primal), convert(${word}, "${primal.dtype}")`,
  });
};

/** Refuses what is not a function; `name` and `fix` say which argument it is, and how the operation is called. */
export const checkFunction = (
  operation: string,
  f: unknown,
  name = "the first argument",
  fix = `give the function, then call the result: ${operation}(f)(x)`,
): void => {
  if (typeof f === "function") return;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${name} must be a function`,
    found: [["got", describe(f)]],
    fix,
  });
};

/** Refuses what is not a tuple of arguments. */
export const checkTuple = (operation: string, word: string, tuple: unknown): readonly unknown[] => {
  if (Array.isArray(tuple)) return tuple;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${word} must be a tuple, one entry an argument`,
    found: [["got", describe(tuple)]],
    fix: `wrap it: ${operation}(f, [x], ...)`,
  });
};

/** A user's function, whatever its parameters: it is called with trees of the shape that the user gave. */
export type UserFunction = (...args: never[]) => unknown;

/** Calls a user's function with the trees of its arguments rebuilt over other leaves. */
export const callWith = (
  operation: string,
  f: UserFunction,
  args: Tensors,
  leaves: readonly Value[],
): Tensors => {
  const rebuilt = closeTree(args, leaves) as never[];
  return openResult(operation, f(...rebuilt));
};
