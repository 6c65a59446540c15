/** Tensors whose first axis counts the rows, as a dataset. */

import {
  fromTypedArray,
  isTensor,
  shapeOf,
  slice,
  take,
  TensorError,
  treeMap,
  treeMapWithPath,
} from "@cotangent/core";
import type { AnyTensor, IsAny, Leaf, Shape, Tensor, Untyped } from "@cotangent/core";
import type { Dataset } from "./dataset.js";

/** A record of tensors by itself, or the list of tensors. */
type Rows<T> = T extends readonly [infer R] ? (R extends AnyTensor ? T : R) : T;

/** The first axis of every tensor taken away. */
export type RowOf<T> =
  T extends Tensor<infer S, infer D> ? Tensor<Inner<S>, D> : { readonly [K in keyof T]: RowOf<T[K]> };

/** The first axis of every tensor with a length that is known when it runs. */
export type BatchOf<T> =
  T extends Tensor<infer S, infer D> ? Tensor<Outer<S>, D> : { readonly [K in keyof T]: BatchOf<T[K]> };

type Inner<S extends Shape> =
  IsAny<S> extends true ? Untyped : S extends readonly [number, ...infer T extends Shape] ? T : Untyped;

type Outer<S extends Shape> =
  IsAny<S> extends true
    ? Untyped
    : S extends readonly [number, ...infer T extends Shape]
      ? readonly [number, ...T]
      : Untyped;

/** The type of `tensorDataset`. */
export type TensorDataset = <const T extends readonly object[]>(
  ...columns: T
) => Dataset<RowOf<Rows<T>>, BatchOf<Rows<T>>>;

/**
 * Tensors whose first axis counts the rows: row i of all of them is row i of the dataset.
 *
 * Of a record of tensors a row is a record, of several tensors a tuple. The tensors are not copied: a batch gathers its
 * rows, and neighbouring rows in order are a view.
 *
 * @throws TensorError when a tensor has no axis, or their first axes differ in length.
 * @see `torch.utils.data.TensorDataset`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as data from "@cotangent/data";
 *
 * const dataset = data.tensorDataset({ x: tensor([[1], [2], [3]]), y: tensor([2, 4, 6]) });
 * toArray(dataset.get(1).x); // [2]
 * ```
 */
export const tensorDataset: TensorDataset = (...columns: readonly unknown[]): Untyped => {
  const [only] = columns;
  return datasetOf(columns.length === 1 && !isTensor(only) ? only : columns);
};

const datasetOf = (rows: unknown): Dataset<unknown> => {
  const length = lengthOf(rows);
  return {
    length,
    get: (index) => {
      checkRow(index, length);
      return treeMap((column) => take(column, index, { axis: 0 }), rows);
    },
    batch: (indices) => {
      indices.forEach((index) => {
        checkRow(index, length);
      });
      const first = indices[0] ?? 0;
      if (areNeighbours(indices))
        return treeMap((column) => part(column, first, first + indices.length), rows);
      const places = fromTypedArray(indices, [indices.length]);
      return treeMap((column) => take(column, places, { axis: 0 }), rows);
    },
  };
};

const areNeighbours = (indices: Int32Array): boolean => {
  const first = indices[0] ?? 0;
  return indices.every((index, place) => index === first + place);
};

const part = (column: Leaf, start: number, stop: number): Leaf => {
  const [, ...others] = lengths(column);
  return slice(column, [start, ...others.map(() => 0)], [stop, ...others]);
};

const checkRow = (index: number, length: number): void => {
  if (Number.isSafeInteger(index) && index >= 0 && index < length) return;
  throw new TensorError({
    kind: "IndexOutOfRange",
    operation: "tensorDataset",
    problem: `there is no row ${index}`,
    found: [["rows", length === 0 ? "none" : `0 to ${length - 1}`]],
    fix: "rows count from 0",
  });
};

const lengths = (x: Leaf): Shape => {
  const shape: unknown = shapeOf(x as AnyTensor);
  return shape as Shape; // of a tensor whose type says no shape
};

const lengthOf = (rows: unknown): number => {
  const lengths: (readonly [path: string, length: number])[] = [];
  treeMapWithPath((path, column) => {
    lengths.push([path, firstLength(column, path)]);
    return null;
  }, rows);
  const [first, ...others] = lengths;
  if (first === undefined) throw noTensor();
  const other = others.find(([, length]) => length !== first[1]);
  if (other === undefined) return first[1];
  throw new TensorError({
    kind: "ShapeMismatch",
    operation: "tensorDataset",
    problem: "the tensors have different numbers of rows",
    found: [first, other].map(([path, length]) => [`columns${path}`, `${length} rows`] as const),
    fix: "give tensors whose first axes have one length",
  });
};

const firstLength = (column: Leaf, path: string): number => {
  const shape = lengths(column);
  const [length] = shape;
  if (length !== undefined) return length;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation: "tensorDataset",
    problem: "a scalar has no rows",
    path: `columns${path}`,
    fix: "the first axis of each tensor counts the rows",
  });
};

const noTensor = (): TensorError =>
  new TensorError({
    kind: "InvalidArgument",
    operation: "tensorDataset",
    problem: "there is no tensor",
    fix: "write tensorDataset({ x, y }), or tensorDataset(x, y)",
  });
