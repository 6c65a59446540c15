/** The types of the operations that repeat elements, in place or at the edges. */
import type { Add, Multiply, SizeOf } from "./arithmetic.js";
import type { Illegal, LengthOf, Replace } from "./axis.js";
import type { Checked, Out, Show, Unranked } from "./rule.js";
import type { DType, Shape, Tensor } from "./tensor.js";

/** The shape of `S` repeated `R` times, axis by axis from the last. */
type TiledShape<S extends Shape, R extends Shape, Done extends Shape = readonly []> = S extends readonly [
  ...infer SI extends Shape,
  infer SL extends number,
]
  ? R extends readonly [...infer RI extends Shape, infer RL extends number]
    ? TiledShape<SI, RI, readonly [Multiply<SL, RL>, ...Done]>
    : readonly [...S, ...Done]
  : readonly [...R, ...Done];

/** What `tile` gives. */
export type Tiled<S extends Shape, D extends DType, R> = R extends number
  ? Tiled<S, D, readonly [R]>
  : R extends Shape
    ? true extends Unranked<S> | Unranked<R>
      ? Tensor<any, D>
      : Tensor<TiledShape<S, R>, D>
    : never;

/** `tile(x, reps)`: a number repeats the last axis. */
export type Tile = <S extends Shape, D extends DType, const R extends number | readonly number[]>(
  x: Tensor<S, D>,
  reps: R,
) => Tiled<S, D, R>;

/** `Tile`, data last. */
export type TileLast = <const R extends number | readonly number[]>(
  reps: R,
) => <S extends Shape, D extends DType>(x: Tensor<S, D>) => Tiled<S, D, R>;

/** A length repeated `R` times; by a list of counts, it is known when it runs. */
type Lengthened<N extends number, R> = R extends number ? Multiply<N, R> : number;

/** What `repeat` gives: without an axis, a vector. */
export type Repeated<S extends Shape, D extends DType, R, X> = [X] extends [undefined]
  ? Tensor<readonly [Lengthened<SizeOf<S>, R>], D>
  : true extends Unranked<S> | (number extends X ? true : false)
    ? Tensor<any, D>
    : Illegal<S, X> extends never
      ? Tensor<Replace<S, X, Lengthened<LengthOf<S, X>, R>>, D>
      : `repeat: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** The option of `repeat`. */
export type RepeatOptions<X> = {
  /** The axis whose elements are repeated; the flattened tensor if left out. */
  readonly axis?: X;
};

/** `repeat(x, repeats, { axis })`: one count, or one for each element of the axis. */
export type Repeat = <
  S extends Shape,
  D extends DType,
  const R extends number | readonly number[],
  const X extends number | undefined = undefined,
>(
  x: Tensor<S, D>,
  repeats: R,
  options?: Checked<Repeated<S, D, R, X>, RepeatOptions<X>>,
) => Out<Repeated<S, D, R, X>>;

/** `Repeat`, data last. */
export type RepeatLast = <
  const R extends number | readonly number[],
  const X extends number | undefined = undefined,
>(
  repeats: R,
  options?: RepeatOptions<X>,
) => <S extends Shape, D extends DType>(
  x: Checked<Repeated<S, D, R, X>, Tensor<S, D>>,
) => Out<Repeated<S, D, R, X>>;

/** How many elements are added before the first and after the last, for each axis. */
export type Widths = readonly (readonly [low: number, high: number])[];

/** What `pad` gives. */
export type Padded<S extends Shape, D extends DType, W extends Widths> = true extends
  Unranked<S> | (number extends W["length"] ? true : false)
  ? Tensor<any, D>
  : W["length"] extends S["length"]
    ? Tensor<{ readonly [K in keyof S]: K extends keyof W ? Longer<S[K], W[K]> : S[K] }, D>
    : `pad: ${Show<S>} has ${S["length"]} axes, the list has ${W["length"]} entries`;

type Longer<N extends number, W> = W extends readonly [infer L extends number, infer H extends number]
  ? Add<Add<N, L>, H>
  : number;

/** The options of `pad`. */
export type PadOptions = {
  /** What stands at the edges: one value (the default), the edge's element, or the tensor mirrored at its edge. */
  readonly mode?: "constant" | "edge" | "reflect";
  /** The value of mode `"constant"`; 0 if left out. */
  readonly value?: number;
};

/** `pad(x, padWidth, { mode, value })`: one `[low, high]` an axis. */
export type PadWith = <S extends Shape, D extends DType, const W extends Widths>(
  x: Tensor<S, D>,
  padWidth: Checked<Padded<S, D, W>, W>,
  options?: PadOptions,
) => Out<Padded<S, D, W>>;

/** `PadWith`, data last. */
export type PadWithLast = <const W extends Widths>(
  padWidth: W,
  options?: PadOptions,
) => <S extends Shape, D extends DType>(x: Checked<Padded<S, D, W>, Tensor<S, D>>) => Out<Padded<S, D, W>>;
