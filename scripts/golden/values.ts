/** Between the data and the library: tensors made from data, tensors and trees of them read back. */

import { BadCase } from "./json.js";
import { Mismatch } from "./compare.js";
import { functionOf, type Library } from "./names.js";
import type { Tensor } from "./signatures.js";
import { isDType, sizeOfShape, type Flat } from "./tensor-json.js";

type Nested = number | boolean | readonly Nested[];

/** A tensor of the library's own making, by `tensor`, or by `zeros` where there are no elements. */
export const toTensor = (library: Library, flat: Flat): Tensor => {
  const { dtype, shape } = flat;
  return sizeOfShape(shape) === 0
    ? asTensor(functionOf(library, "@cotangent/core", "zeros")(shape, { dtype }))
    : asTensor(functionOf(library, "@cotangent/core", "tensor")(nest(flat), { dtype }));
};

// The brand is a phantom: whatever the library returns is opaque here until `fromTensor` looks at it.
export const asTensor = (value: unknown): Tensor => value as Tensor;

const nest = ({ shape, dtype, data }: Flat): Nested => {
  const build = (axis: number, from: number, size: number): Nested => {
    const length = shape[axis];
    if (length === undefined) return dtype === "bool" ? data[from] === 1 : (data[from] ?? NaN);
    const step = size / length;
    return Array.from({ length }, (_, i) => build(axis + 1, from + i * step, step));
  };
  return build(0, 0, data.length);
};

/** @throws Mismatch when the value is not a tensor of the library. */
export const fromTensor = (library: Library, value: unknown, what: string): Flat => {
  if (functionOf(library, "@cotangent/core", "isTensor")(value) !== true)
    throw new Mismatch(`${what}: expected a tensor, got ${describe(value)}`);
  const shape = functionOf(library, "@cotangent/core", "shapeOf")(value);
  const dtype = functionOf(library, "@cotangent/core", "dtypeOf")(value);
  const data = functionOf(library, "@cotangent/core", "toTypedArray")(value);
  if (!isShape(shape) || !isDType(dtype)) throw new BadCase(`${what}: a tensor without shape or dtype`);
  return { shape, dtype, data: Array.from(data as ArrayLike<number>) };
};

/** A number, or a scalar tensor's element. */
export const fromNumber = (library: Library, value: unknown, what: string): number => {
  if (typeof value === "number") return value;
  const flat = fromTensor(library, value, what);
  const [element] = flat.data;
  if (flat.data.length !== 1 || element === undefined)
    throw new Mismatch(`${what}: expected one number, got shape [${flat.shape.join(", ")}]`);
  return element;
};

const isShape = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((n) => typeof n === "number");

export const isValues = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** One result, or a tuple of them, as a list. */
export const asValues = (value: unknown): readonly unknown[] => (isValues(value) ? value : [value]);

/** The leaves of nested tuples in order. */
export const leavesOf = (value: unknown): readonly unknown[] =>
  isValues(value) ? value.flatMap(leavesOf) : [value];

/** A tuple of a known length, as most of the library's functions give. */
export const asTuple = (value: unknown, length: number, what: string): readonly unknown[] => {
  if (!isValues(value) || value.length !== length)
    throw new Mismatch(`${what}: expected a tuple of ${String(length)}, got ${describe(value)}`);
  return value;
};

export const isTree = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The entry of a tree, by its key. */
export const entryOf = (tree: unknown, key: string, what: string): unknown => {
  if (!isTree(tree) || !(key in tree))
    throw new Mismatch(`${what}: expected an entry "${key}" in ${describe(tree)}`);
  return tree[key];
};

const describe = (value: unknown): string => {
  if (isValues(value)) return `a list of ${String(value.length)}`;
  if (isTree(value)) return `an object with ${Object.keys(value).slice(0, 8).join(", ")}`;
  return String(value);
};
