/** The type of `vmap`: every tensor of the arguments gets one more axis, and so does every tensor of the result. */
import type { Shape, Tensor } from "./tensor.js";
import type { Insert } from "./axis.js";
import type { Unranked } from "./rule.js";

/** Which axis of an argument is mapped; `null` for none. A tree of them has the argument's outline. */
export type MapAxis = number | null | { readonly [key: string]: MapAxis } | readonly MapAxis[];

/** The shape with the mapped axis, of length `N`, in the place `X`. */
type Widened<S extends Shape, X, N extends number> =
  Unranked<S> extends true
    ? X extends 0
      ? readonly [N, ...number[]]
      : any
    : X extends number
      ? number extends X
        ? any
        : Insert<S, X, N>
      : any;

/** The tree `A` with the mapped axis at every tensor, where the axes `X` say. */
type Mapped<A, X, N extends number> = X extends null
  ? A
  : A extends Tensor<infer S, infer D>
    ? Tensor<Widened<S, X, N> extends infer W extends Shape ? W : any, D>
    : A extends object
      ? { [K in keyof A]: Mapped<A[K], X extends object ? (K extends keyof X ? X[K] : never) : X, N> }
      : A;

/**
 * Whether `N` is no one length, but a union of several that were inferred from different arguments. The first argument
 * agrees with itself: nothing is asked there, since the question has no answer in a function that is generic in `N`.
 */
type Disagree<K, N, M = N> = K extends "0"
  ? false
  : N extends unknown
    ? [M] extends [N]
      ? false
      : true
    : never;

/** The arguments of the mapped function, or the sentence about lengths that differ. */
type MapIn<A extends readonly unknown[], X, N extends number> = {
  [K in keyof A]: Disagree<K, N> extends true
    ? "vmap: the mapped axes differ in length"
    : Counted<A, X> extends false
      ? `vmap: inAxes must have one entry for each of the ${A["length"]} arguments`
      : Mapped<A[K], X extends readonly unknown[] ? (K extends keyof X ? X[K] : 0) : X, N>;
};

/** Whether a list of axes is as long as the list of arguments, as far as both are known. */
type Counted<A extends readonly unknown[], X> = X extends readonly unknown[]
  ? number extends A["length"] | X["length"]
    ? true
    : X["length"] extends A["length"]
      ? true
      : false
  : true;

/** The options of `vmap`. */
export type MapOptions<X, Y> = {
  /** The mapped axis of each argument, or one number for all; 0 if left out, `null` for an argument that is shared. */
  readonly inAxes?: X;
  /** Where the mapped axis stands in the result; 0 if left out. */
  readonly outAxes?: Y;
  /** The length of the mapped axis; read from the arguments if left out. */
  readonly axisSize?: number;
};

/** `vmap`. */
export type VMap = <
  A extends readonly unknown[] = Tensor[],
  R = unknown,
  const X extends MapAxis = 0,
  const Y extends MapAxis = 0,
>(
  f: (...args: A) => R,
  options?: MapOptions<X, Y>,
) => <N extends number = number>(...args: MapIn<A, X, N>) => Mapped<R, Y, N>;

/** `VMap`, options first: `pipe(f, P.vmap({ inAxes: [0, null] }))`. */
export type VMapLast = <const X extends MapAxis = 0, const Y extends MapAxis = 0>(
  options?: MapOptions<X, Y>,
) => <A extends readonly unknown[] = Tensor[], R = unknown>(
  f: (...args: A) => R,
) => <N extends number = number>(...args: MapIn<A, X, N>) => Mapped<R, Y, N>;
