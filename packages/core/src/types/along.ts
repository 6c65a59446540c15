/** The types of the operations that work along axes and keep the shape. */
import type { DType, Shape, Tensor } from "./tensor.js";
import type { Axis, Each, Illegal } from "./axis.js";
import type { Given } from "./reduce.js";
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

/** `cumSum` and its relatives: along one axis, the last if left out. A bool counts as an int32. */
export type Accumulation<N extends string, Takes extends DType = DType> = <
  S extends Shape,
  D extends Takes,
  const X extends number | undefined = undefined,
>(
  x: Tensor<S, D>,
  options?: Checked<Kept<N, S, Given<"counted", D>, X>, AxisOption<X>>,
) => Out<Kept<N, S, Given<"counted", D>, X>>;

/** `Accumulation`, data last. */
export type AccumulationLast<N extends string, Takes extends DType = DType> = <
  const X extends number | undefined = undefined,
>(
  options?: AxisOption<X>,
) => <S extends Shape, D extends Takes>(
  x: Checked<Kept<N, S, Given<"counted", D>, X>, Tensor<S, D>>,
) => Out<Kept<N, S, Given<"counted", D>, X>>;

/** The options of `sort` and `argSort`. */
export type SortOptions<X> = AxisOption<X> & {
  /** Whether the largest comes first. */
  readonly descending?: boolean;
};

/** `sort` and `argSort`: along one axis, the last if left out. */
export type Sorting<N extends string, Gives extends DType | "same" = "same"> = <
  S extends Shape,
  D extends DType,
  const X extends number | undefined = undefined,
>(
  x: Tensor<S, D>,
  options?: Checked<Kept<N, S, Gives extends DType ? Gives : D, X>, SortOptions<X>>,
) => Out<Kept<N, S, Gives extends DType ? Gives : D, X>>;

/** `Sorting`, data last. */
export type SortingLast<N extends string, Gives extends DType | "same" = "same"> = <
  const X extends number | undefined = undefined,
>(
  options?: SortOptions<X>,
) => <S extends Shape, D extends DType>(
  x: Checked<Kept<N, S, Gives extends DType ? Gives : D, X>, Tensor<S, D>>,
) => Out<Kept<N, S, Gives extends DType ? Gives : D, X>>;

/** `roll(x, shift, { axis })`: one shift for all axes, or one for each. */
export type Roll = <S extends Shape, D extends DType, const X extends Axis = undefined>(
  x: Tensor<S, D>,
  shift: number | readonly number[],
  options?: Checked<Kept<"roll", S, D, Each<X>>, AxisOption<X>>,
) => Out<Kept<"roll", S, D, Each<X>>>;

/** `Roll`, data last. */
export type RollLast = <const X extends Axis = undefined>(
  shift: number | readonly number[],
  options?: AxisOption<X>,
) => <S extends Shape, D extends DType>(
  x: Checked<Kept<"roll", S, D, Each<X>>, Tensor<S, D>>,
) => Out<Kept<"roll", S, D, Each<X>>>;
