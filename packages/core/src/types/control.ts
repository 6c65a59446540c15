/** The types of control flow: a carry keeps its type, and what is collected gets one more axis. */
import type { Shape, Tensor } from "./tensor.js";

/** The rows that a loop sees of `T`: every tensor without its first axis. */
export type Row<T> =
  T extends Tensor<infer S, infer D>
    ? S extends readonly [number, ...infer R extends Shape]
      ? Tensor<R, D>
      : Tensor<any, D>
    : T extends object
      ? { [K in keyof T]: Row<T[K]> }
      : T;

/** The length of the first axis of the first tensor of `T`. */
type Length<T> =
  T extends Tensor<infer S, any>
    ? S extends readonly [infer N extends number, ...Shape]
      ? N
      : number
    : number;

/** What a loop collects: every tensor with a first axis of length `N`. */
export type Collected<Y, N extends number> =
  Y extends Tensor<infer S, infer D>
    ? number extends S["length"]
      ? Tensor<any, D>
      : Tensor<readonly [N, ...S], D>
    : Y extends object
      ? { [K in keyof Y]: Collected<Y[K], N> }
      : Y;

/** The options of `scan`. */
export type ScanOptions = {
  /** The number of steps; read from xs if left out. */
  readonly length?: number;
  /** Whether to go from the last row to the first. */
  readonly reverse?: boolean;
};

/** `scan`. */
export type Scan = <C, Y, X = null>(
  f: (carry: C, x: Row<X>) => readonly [NoInfer<C>, Y],
  init: C,
  xs?: X,
  options?: ScanOptions,
) => readonly [C, Collected<Y, Length<X>>];

/** `foriLoop`. */
export type ForLoop = <C>(
  from: number,
  to: number,
  body: (i: Tensor<[], "int32">, carry: C) => NoInfer<C>,
  init: C,
) => C;

/** `map`. */
export type MapRows = <X, Y>(f: (row: Row<X>) => Y, xs: X) => Collected<Y, Length<X>>;

/** `whileLoop`. */
export type WhileLoop = <C>(
  condition: (carry: C) => Tensor<[], "bool">,
  body: (carry: C) => NoInfer<C>,
  init: C,
) => C;

/** `cond`. */
export type Cond = <A extends readonly unknown[], R>(
  predicate: Tensor<[], "bool">,
  ifTrue: (...operands: A) => R,
  ifFalse: (...operands: A) => NoInfer<R>,
  ...operands: A
) => R;

/** `switchCase`. */
export type SwitchCase = <A extends readonly unknown[], R>(
  index: Tensor<[], "int32">,
  branches: readonly ((...operands: A) => R)[],
  ...operands: A
) => R;
