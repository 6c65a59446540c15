/** allClose: whether the numbers of two trees are close, and where they are not. */

import { tensor } from "../ops/make.js";
import { concrete } from "../ops/read.js";
import { sameShape, showShape, sizeOfShape } from "../tensor/shape.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { Nested } from "../types/literal.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { childPath, openNode } from "../tree/node.js";
import { excessOf, worstDifference, type Tolerance } from "./difference.js";
import { printNumber, printPlace } from "./print-code.js";
import { optionsOf } from "../trace/options.js";

/** `|a - b| <= atol + rtol · |b|`: 1e-5 and 1e-8 if left out, NumPy's; NaN equals nothing unless told. */
export type CloseOptions = Partial<Tolerance>;

/**
 * Whether two trees have one outline, and their numbers are close: `|a - b| <= atol + rtol · |b|`.
 *
 * Tensors must have one shape; their dtypes may differ. Nested lists of numbers may stand for a tensor. An infinity
 * equals itself alone.
 *
 * @throws TensorError when a leaf is a tracer whose elements are not known.
 * @see `numpy.allclose`.
 * @example
 * ```ts
 * import { tensor } from "@cotangent/core";
 * import { allClose } from "@cotangent/core/testing";
 *
 * allClose({ w: tensor([1, 2]) }, { w: [1, 2.00001] }); // true
 * ```
 */
export const allClose = (a: unknown, b: unknown, options?: CloseOptions): boolean =>
  differenceOf(a, b, optionsOf("allClose", options, known)) === undefined;

/**
 * Where two trees are not close, in one line with the worst element; nothing (undefined) where `allClose` holds.
 *
 * @throws TensorError when a leaf is a tracer whose elements are not known.
 * @example
 * ```ts
 * import { tensor } from "@cotangent/core";
 * import { explainDifference } from "@cotangent/core/testing";
 *
 * explainDifference({ w: tensor([1, 2]) }, { w: [1, 3] }); // "at .w[1]: 2 and 3 differ, the worst of 2 elements"
 * ```
 */
export const explainDifference = (a: unknown, b: unknown, options?: CloseOptions): string | undefined =>
  differenceOf(a, b, optionsOf("explainDifference", options, known));

const known = ["rtol", "atol", "equalNan"] as const;

const differenceOf = (
  a: unknown,
  b: unknown,
  { rtol = 1e-5, atol = 1e-8, equalNan = false }: CloseOptions,
): string | undefined => compareNodes(a, b, "", { rtol, atol, equalNan });

const at = (path: string): string => (path === "" ? "" : `at ${path}: `);

const compareNodes = (a: unknown, b: unknown, path: string, tolerance: Tolerance): string | undefined => {
  if (a instanceof Value || b instanceof Value) return compareTensors(a, b, path, tolerance);
  if (typeof a === "number" && typeof b === "number") {
    return excessOf(a, b, tolerance) <= 1
      ? undefined
      : `${at(path)}${printNumber(a)} and ${printNumber(b)} differ`;
  }
  const [one, other] = [openNode("allClose", a, () => path), openNode("allClose", b, () => path)];
  if (one === undefined || other === undefined) {
    return one === other && a === b ? undefined : `${at(path)}${describe(a)} and ${describe(b)} differ`;
  }
  if (one.kind !== other.kind || one.type !== other.type || one.keys.join() !== other.keys.join()) {
    return `${at(path)}the trees differ: ${describe(a)} of [${one.keys.join(", ")}] and ${describe(b)} of [${other.keys.join(", ")}]`;
  }
  for (const [index, key] of one.keys.entries()) {
    const found = compareNodes(
      one.children[index],
      other.children[index],
      childPath(path, one.kind, key),
      tolerance,
    );
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A tensor, or what stands for one: a number or boolean, or nested lists of them. */
const asArray = (x: unknown): ArrayTensor | undefined =>
  x instanceof Value
    ? concrete("allClose", x)
    : isNested(x, "number")
      ? concrete("allClose", tensor(x, { dtype: "float64" }))
      : isNested(x, "boolean")
        ? concrete("allClose", tensor(x, { dtype: "bool" }))
        : undefined;

const isNested = (x: unknown, kind: "number" | "boolean"): x is Nested =>
  Array.isArray(x) ? x.every((entry) => isNested(entry, kind)) : typeof x === kind;

const compareTensors = (a: unknown, b: unknown, path: string, tolerance: Tolerance): string | undefined => {
  const [x, y] = [asArray(a), asArray(b)];
  if (x === undefined || y === undefined) return `${at(path)}${describe(a)} and ${describe(b)} differ`;
  if (!sameShape(x.shape, y.shape))
    return `${at(path)}shapes ${showShape(x.shape)} and ${showShape(y.shape)} differ`;
  const worst = worstDifference(x, y, tolerance);
  if (worst === undefined) return undefined;
  const { place, actual, expected } = worst;
  const size = sizeOfShape(x.shape);
  return `${at(`${path}${printPlace(place, x.shape)}`)}${printNumber(actual)} and ${printNumber(expected)} differ${size > 1 ? `, the worst of ${size} elements` : ""}`;
};
