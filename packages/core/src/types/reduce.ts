/** The types of the operations that reduce axes, `{ axis, keepDims }`. */
import type { DType, Floating, Shape, Tensor } from "./tensor.js";
import type { Axis, Collapse, Each, Illegal } from "./axis.js";
import type { Checked, Out, Show, Unranked } from "./rule.js";

/** What the reduction of the axes in the union `X` gives; they stay with length 1 if `K` is true. */
export type Reduce<N extends string, S extends Shape, D extends DType, X, K> = [X, K] extends [
  undefined,
  false,
]
  ? Tensor<readonly [], D>
  : true extends Unranked<S> | (number extends X ? true : false) | (boolean extends K ? true : false)
    ? Tensor<any, D>
    : Illegal<S, X> extends never
      ? Tensor<Collapse<S, X, K>, D>
      : `${N}: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** The dtype of the result: the operand's own, unless the operation gives one of its own. */
type Given<Gives, D extends DType> = Gives extends DType ? Gives : D;

/** The options of a reduction. Axis and keepDims are two parameters, so that a misspelt name is refused. */
export type ReduceOptions<X, K> = {
  /** The axes to reduce; all of them if left out. */
  readonly axis?: X;
  /** Whether the reduced axes stay, with length 1. */
  readonly keepDims?: K;
};

/** The option of `variance` and `std`. */
export type Correction = {
  /** What is subtracted from the count in the divisor: 0 (the default) or 1, Bessel's correction. */
  readonly correction?: number;
};

/**
 * A tensor in, a tensor without the reduced axes out. `Takes` names the dtypes it accepts, `Gives` the dtype of the result
 * where it is not the operand's, `More` its further options.
 */
export type Reduction<
  N extends string,
  Takes extends DType = DType,
  Gives extends DType | "same" = "same",
  More = unknown,
> = <S extends Shape, D extends Takes, const X extends Axis = undefined, K extends boolean = false>(
  x: Tensor<S, D>,
  options?: Checked<Reduce<N, S, Given<Gives, D>, Each<X>, K>, ReduceOptions<X, K> & More>,
) => Out<Reduce<N, S, Given<Gives, D>, Each<X>, K>>;

/** `Reduction`, data last: `P.sum({ axis: 0 })(x)`. */
export type ReductionLast<
  N extends string,
  Takes extends DType = DType,
  Gives extends DType | "same" = "same",
  More = unknown,
> = <const X extends Axis = undefined, K extends boolean = false>(
  options?: ReduceOptions<X, K> & More,
) => <S extends Shape, D extends Takes>(
  x: Checked<Reduce<N, S, Given<Gives, D>, Each<X>, K>, Tensor<S, D>>,
) => Out<Reduce<N, S, Given<Gives, D>, Each<X>, K>>;

/** `variance` and `std`. */
export type VarianceReduction<N extends string> = Reduction<N, Floating, "same", Correction>;

/** `VarianceReduction`, data last. */
export type VarianceReductionLast<N extends string> = ReductionLast<N, Floating, "same", Correction>;

/** `all` and `any`. */
export type BoolReduction<N extends string> = Reduction<N, DType, "bool">;

/** `BoolReduction`, data last. */
export type BoolReductionLast<N extends string> = ReductionLast<N, DType, "bool">;

/** `argMax` and `argMin`: one axis, or the position in the flattened tensor; int32. */
export type ArgReduction<N extends string> = <
  S extends Shape,
  D extends DType,
  const X extends number | undefined = undefined,
  K extends boolean = false,
>(
  x: Tensor<S, D>,
  options?: Checked<Reduce<N, S, "int32", X, K>, ReduceOptions<X, K>>,
) => Out<Reduce<N, S, "int32", X, K>>;

/** `ArgReduction`, data last. */
export type ArgReductionLast<N extends string> = <
  const X extends number | undefined = undefined,
  K extends boolean = false,
>(
  options?: ReduceOptions<X, K>,
) => <S extends Shape, D extends DType>(
  x: Checked<Reduce<N, S, "int32", X, K>, Tensor<S, D>>,
) => Out<Reduce<N, S, "int32", X, K>>;

/** What a quantile gives: for a tensor of levels, their axes come first. */
export type Quantiles<N extends string, Q, S extends Shape, D extends DType, X, K> =
  Reduce<N, S, D, X, K> extends infer R
    ? Q extends number
      ? R
      : Q extends Tensor<infer L, any>
        ? R extends Tensor<infer T, D>
          ? true extends Unranked<L> | Unranked<T>
            ? Tensor<any, D>
            : Tensor<readonly [...L, ...T], D>
          : R
        : never
    : never;

/** `quantile`: the level is a number or a tensor of numbers between 0 and 1. */
export type QuantileReduction<N extends string> = <
  S extends Shape,
  D extends Floating,
  Q extends Tensor<any, Floating> | number,
  const X extends Axis = undefined,
  K extends boolean = false,
>(
  x: Tensor<S, D>,
  level: Q,
  options?: Checked<Quantiles<N, Q, S, D, Each<X>, K>, ReduceOptions<X, K>>,
) => Out<Quantiles<N, Q, S, D, Each<X>, K>>;

/** `QuantileReduction`, data last. */
export type QuantileReductionLast<N extends string> = <
  Q extends Tensor<any, Floating> | number,
  const X extends Axis = undefined,
  K extends boolean = false,
>(
  level: Q,
  options?: ReduceOptions<X, K>,
) => <S extends Shape, D extends Floating>(
  x: Checked<Quantiles<N, Q, S, D, Each<X>, K>, Tensor<S, D>>,
) => Out<Quantiles<N, Q, S, D, Each<X>, K>>;
