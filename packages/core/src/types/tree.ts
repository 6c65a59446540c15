/** The types of trees: nested lists and objects whose leaves are tensors. */
import type { Tensor } from "./tensor.js";

/** A leaf of an unknown tree: it fits every tensor type, and is checked when an operation runs. */
export type Leaf = Tensor<any, any>;

/** The tree `T` with `U` in the place of every tensor; numbers, booleans, strings and `null` stay. */
export type WithLeaves<T, U> =
  T extends Tensor<any, any> ? U : T extends object ? { [K in keyof T]: WithLeaves<T[K], U> } : T;

/** `treeMap(f, tree, ...others)`: the others have the outline of the first. */
export type TreeMap = <T, U, const R extends readonly unknown[]>(
  f: (leaf: Leaf, ...others: { [K in keyof R]: Leaf }) => U,
  tree: T,
  ...others: R
) => WithLeaves<T, U>;

/** `TreeMap`, data last: `P.treeMap(f)(tree)`. */
export type TreeMapLast = <U>(f: (leaf: Leaf) => U) => <T>(tree: T) => WithLeaves<T, U>;

/** `treeMapWithPath(f, tree)`: the function also gets the path of the leaf, as errors print it. */
export type TreeMapWithPath = <T, U>(f: (path: string, leaf: Leaf) => U, tree: T) => WithLeaves<T, U>;
