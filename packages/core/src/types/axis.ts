/**
 * Axes of a literal shape: which numbers name one, and the shape without it or with one more. Patterns say `unknown` or
 * `infer H extends number` for an element: with `number` the compiler leaves a shape unresolved that has a type parameter.
 */
import type { Shape } from "./tensor.js";

/** The axes an operation takes: one, several, or (left out) all. */
export type Axis = number | readonly number[] | undefined;

/** The axes of a list, or the one axis, as a union; "none" for an empty list, since `never` would fit every question. */
export type Each<X> = X extends readonly [] ? "none" : X extends readonly number[] ? X[number] : X;

/** The numbers that name an axis of `S`, as strings: `"0" | "1" | "-1" | "-2"`. */
export type Legal<S extends Shape> = S extends readonly [unknown, ...infer T extends Shape]
  ? `${T["length"]}` | `-${S["length"]}` | Legal<T>
  : never;

/** The members of the union `X` that name no axis of `S`, as strings. */
export type Illegal<S extends Shape, X> = Exclude<`${X & number}`, Legal<S>>;

/** Whether the first axis of what is left, `S`, is named by the union `X`; `I` counts the axes before it. */
type Names<X, S extends Shape, I extends 0[]> = [X] extends [undefined]
  ? true
  : I["length"] extends X
    ? true
    : `-${S["length"]}` extends `${X & number}`
      ? true
      : false;

/** The shape without the axes in the union `X` (all of them if it is undefined); with `K`, they stay with length 1. */
export type Collapse<S extends Shape, X, K = false, I extends 0[] = []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Names<X, S, I> extends true
    ? readonly [...(K extends true ? [1] : []), ...Collapse<T, X, K, [...I, 0]>]
    : readonly [H, ...Collapse<T, X, K, [...I, 0]>]
  : readonly [];

/** The shape whose axis `X` has the length `V` instead. */
export type Replace<S extends Shape, X, V extends number, I extends 0[] = []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Names<X, S, I> extends true
    ? readonly [V, ...T]
    : readonly [H, ...Replace<T, X, V, [...I, 0]>]
  : readonly [];

/** The shape with the axes `V` in the place of axis `X`. */
export type Splice<S extends Shape, X, V extends Shape, I extends 0[] = []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Names<X, S, I> extends true
    ? readonly [...V, ...T]
    : readonly [H, ...Splice<T, X, V, [...I, 0]>]
  : readonly [];

/** The length of axis `X`. */
export type LengthOf<S extends Shape, X, I extends 0[] = []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Names<X, S, I> extends true
    ? H
    : LengthOf<T, X, [...I, 0]>
  : never;

/** The position of axis `X` as a string, counted from the front: `-1` of a matrix is `"1"`. */
export type Position<S extends Shape, X, I extends 0[] = []> = S extends readonly [
  unknown,
  ...infer T extends Shape,
]
  ? Names<X, S, I> extends true
    ? `${I["length"]}`
    : Position<T, X, [...I, 0]>
  : never;

/** The shape with a new axis of length `V` that will have the number `X`, or `never` if it cannot. */
export type Insert<S extends Shape, X extends number, V, I extends 0[] = []> =
  Names<X, readonly [...S, 0], I> extends true
    ? readonly [V, ...S]
    : S extends readonly [infer H extends number, ...infer T extends Shape]
      ? Insert<T, X, V, [...I, 0]> extends infer R extends readonly unknown[]
        ? readonly [H, ...R]
        : never
      : never;
