/** The types of the operations that work along axes and keep the shape. */
import type { DType, Shape, Tensor } from "./tensor.js";
import type { SizeOf } from "./arithmetic.js";
import type { Axis, Each, Illegal } from "./axis.js";
import type { Checked, Out, Show, Unranked } from "./rule.js";

/** The option of an operation along one axis. */
export type AxisOption<X> = {
  /** The axis; negative numbers count from the last. */
  readonly axis?: X;
};

/** What an operation along the axes `X` gives that keeps the shape. */
export type Kept<N extends string, S extends Shape, D extends DType, X> = [X] extends [undefined]
  ? Tensor<S, D>
  : true extends Unranked<S> | (number extends X ? true : false)
    ? Tensor<S, D>
    : Illegal<S, X> extends never
      ? Tensor<S, D>
      : `${N}: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** The shape stays: `flip`, `sort`, `softmax`. */
export type AlongAxis<
  N extends string,
  Takes extends DType = DType,
  Gives extends DType | "same" = "same",
> = <S extends Shape, D extends Takes, const X extends Axis = undefined>(
  x: Tensor<S, D>,
  options?: Checked<Kept<N, S, Gives extends DType ? Gives : D, Each<X>>, AxisOption<X>>,
) => Out<Kept<N, S, Gives extends DType ? Gives : D, Each<X>>>;

/** `AlongAxis`, data last. */
export type AlongAxisLast<
  N extends string,
  Takes extends DType = DType,
  Gives extends DType | "same" = "same",
> = <const X extends Axis = undefined>(
  options?: AxisOption<X>,
) => <S extends Shape, D extends Takes>(
  x: Checked<Kept<N, S, Gives extends DType ? Gives : D, Each<X>>, Tensor<S, D>>,
) => Out<Kept<N, S, Gives extends DType ? Gives : D, Each<X>>>;

/** What an accumulation gives: the same shape, or, without an axis, a vector of all elements. */
export type Accumulated<N extends string, S extends Shape, D extends DType, X> = [X] extends [undefined]
  ? Tensor<readonly [SizeOf<S>], D>
  : Kept<N, S, D, X>;

/** `cumSum` and its relatives: along one axis, or over the flattened tensor. */
export type Accumulation<N extends string, Takes extends DType = DType> = <
  S extends Shape,
  D extends Takes,
  const X extends number | undefined = undefined,
>(
  x: Tensor<S, D>,
  options?: Checked<Accumulated<N, S, D, X>, AxisOption<X>>,
) => Out<Accumulated<N, S, D, X>>;

/** `Accumulation`, data last. */
export type AccumulationLast<N extends string, Takes extends DType = DType> = <
  const X extends number | undefined = undefined,
>(
  options?: AxisOption<X>,
) => <S extends Shape, D extends Takes>(
  x: Checked<Accumulated<N, S, D, X>, Tensor<S, D>>,
) => Out<Accumulated<N, S, D, X>>;
