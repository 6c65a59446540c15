/** The types of the operations that take parts of a tensor. */
import type { AxisOption } from "./along.js";
import type { Illegal, Insert, Replace, Splice } from "./axis.js";
import type { Align } from "./broadcast.js";
import type { Checked, Out, Show, Unranked } from "./rule.js";
import type { DType, Integer, Shape, Tensor } from "./tensor.js";

/** What `take` gives: the axes of the indices in the place of the axis `X`. */
export type Taken<S extends Shape, D extends DType, I extends Shape, X> = [X] extends [undefined]
  ? Tensor<I, D>
  : true extends Unranked<S> | Unranked<I> | (number extends X ? true : false)
    ? Tensor<any, D>
    : Illegal<S, X> extends never
      ? Tensor<Splice<S, X, I>, D>
      : `take: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** Integers that name places along an axis: one, a list, or a tensor. */
export type Indices = number | readonly number[] | Tensor<any, Integer>;

/** The axes of the indices. */
type IndexAxes<I> = I extends number
  ? readonly []
  : I extends readonly number[]
    ? readonly [I["length"]]
    : I extends Tensor<infer T extends Shape, any>
      ? T
      : never;

/** `take(x, indices, { axis })`. */
export type Take = <
  S extends Shape,
  D extends DType,
  const I extends Indices,
  const X extends number | undefined = undefined,
>(
  x: Tensor<S, D>,
  indices: I,
  options?: Checked<Taken<S, D, IndexAxes<I>, X>, AxisOption<X>>,
) => Out<Taken<S, D, IndexAxes<I>, X>>;

/** `Take`, data last. */
export type TakeLast = <const I extends Indices, const X extends number | undefined = undefined>(
  indices: I,
  options?: AxisOption<X>,
) => <S extends Shape, D extends DType>(
  x: Checked<Taken<S, D, IndexAxes<I>, X>, Tensor<S, D>>,
) => Out<Taken<S, D, IndexAxes<I>, X>>;

/** What `takeAlongAxis` gives: axis `X` has the length of the indices, the others broadcast. */
export type TakenAlong<S extends Shape, D extends DType, I extends Shape, X extends number> = true extends
  Unranked<S> | Unranked<I> | (number extends X ? true : false)
  ? Tensor<any, D>
  : Illegal<S, X> extends never
    ? I["length"] extends S["length"]
      ? [Align<Replace<S, X, 1>, I>] extends [never]
        ? `takeAlongAxis: indices ${Show<I>} do not fit ${Show<S>}`
        : Tensor<Align<Replace<S, X, 1>, I>, D>
      : `takeAlongAxis: indices ${Show<I>} must have as many axes as ${Show<S>}`
    : `takeAlongAxis: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** `takeAlongAxis(x, indices, { axis })`: the last axis if left out. */
export type TakeAlongAxis = <S extends Shape, D extends DType, I extends Shape, X extends number = -1>(
  x: Tensor<S, D>,
  indices: Checked<TakenAlong<S, D, I, X>, Tensor<I, Integer>>,
  options?: AxisOption<X>,
) => Out<TakenAlong<S, D, I, X>>;

/** `TakeAlongAxis`, data last. */
export type TakeAlongAxisLast = <I extends Shape, X extends number = -1>(
  indices: Tensor<I, Integer>,
  options?: AxisOption<X>,
) => <S extends Shape, D extends DType>(
  x: Checked<TakenAlong<S, D, I, X>, Tensor<S, D>>,
) => Out<TakenAlong<S, D, I, X>>;

/** The same number of axes, of lengths that are known when it runs. */
type Ranked<S extends Shape> = Unranked<S> extends true ? any : { readonly [K in keyof S]: number };

/** One number for each axis of `S`, or a sentence. */
type OnePerAxis<N extends string, S extends Shape, I extends Shape> = true extends Unranked<S> | Unranked<I>
  ? null
  : I["length"] extends S["length"]
    ? null
    : `${N}: ${Show<S>} has ${S["length"]} axes, the list has ${I["length"]} entries`;

/** `slice(x, starts, stops, steps?)`: one entry an axis. */
export type Slice = <S extends Shape, D extends DType, const I extends Shape>(
  x: Tensor<S, D>,
  starts: Checked<OnePerAxis<"slice", S, I>, I>,
  stops: { readonly [K in keyof I]: number },
  steps?: { readonly [K in keyof I]: number },
) => Tensor<Ranked<S>, D>;

/** `Slice`, data last. */
export type SliceLast = <const I extends Shape>(
  starts: I,
  stops: { readonly [K in keyof I]: number },
  steps?: { readonly [K in keyof I]: number },
) => <S extends Shape, D extends DType>(
  x: Checked<OnePerAxis<"slice", S, I>, Tensor<S, D>>,
) => Tensor<Ranked<S>, D>;

/** A tuple of `N` times `T`, or a list if `N` is not a literal below 100. */
export type Times<N extends number, T, R extends readonly T[] = readonly []> = number extends N
  ? readonly T[]
  : `${N}` extends `-${string}` | `${string}.${string}` | `${infer _}${infer _}${infer _}${string}`
    ? readonly T[]
    : R["length"] extends N
      ? R
      : Times<N, T, readonly [...R, T]>;

/** What `oneHot` gives: one axis more, of length `N`, that will have the number `X`. */
export type Encoded<S extends Shape, N extends number, D extends DType, X extends number> = true extends
  Unranked<S> | (number extends X ? true : false)
  ? Tensor<any, D>
  : [Insert<S, X, N>] extends [never]
    ? `oneHot: axis ${X} is out of range for shape ${Show<S>} with one axis more`
    : Tensor<Insert<S, X, N> extends infer T extends Shape ? T : never, D>;

/** The options of `oneHot`. */
export type OneHotOptions<X, D> = {
  /** The number of the new axis; the last one if left out. */
  readonly axis?: X;
  /** What an element is; `"float32"` if left out. */
  readonly dtype?: D;
};

/** `oneHot(indices, numClasses, { axis, dtype })`. */
export type OneHot = <S extends Shape, N extends number, X extends number = -1, D extends DType = "float32">(
  indices: Tensor<S, Integer>,
  numClasses: N,
  options?: Checked<Encoded<S, N, D, X>, OneHotOptions<X, D>>,
) => Out<Encoded<S, N, NoInfer<D>, X>>;

/** `OneHot`, data last. */
export type OneHotLast = <N extends number, X extends number = -1, D extends DType = "float32">(
  numClasses: N,
  options?: OneHotOptions<X, D>,
) => <S extends Shape>(indices: Checked<Encoded<S, N, D, X>, Tensor<S, Integer>>) => Out<Encoded<S, N, D, X>>;

/** What `split` into `N` equal parts gives. */
export type Parts<S extends Shape, D extends DType, N, X> = true extends
  Unranked<S> | (number extends X ? true : false)
  ? Split<N, Tensor<any, D>>
  : Illegal<S, X> extends never
    ? Split<N, Tensor<Replace<S, X, number>, D>>
    : `split: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** `N` parts, or one more than there are positions in the list `N`. */
type Split<N, T> = N extends number
  ? Times<N, T>
  : N extends readonly number[]
    ? number extends N["length"]
      ? readonly T[]
      : readonly [...{ [K in keyof N]: T }, T]
    : never;

/** `split(x, parts, { axis })`: a number of equal parts, or the positions where one ends and the next begins. */
export type SplitInto = <
  S extends Shape,
  D extends DType,
  const N extends number | readonly number[],
  X extends number = 0,
>(
  x: Tensor<S, D>,
  parts: N,
  options?: Checked<Parts<S, D, N, X>, AxisOption<X>>,
) => Out<Parts<S, D, N, X>>;

/** `SplitInto`, data last. */
export type SplitIntoLast = <const N extends number | readonly number[], X extends number = 0>(
  parts: N,
  options?: AxisOption<X>,
) => <S extends Shape, D extends DType>(
  x: Checked<Parts<S, D, N, X>, Tensor<S, D>>,
) => Out<Parts<S, D, N, X>>;
