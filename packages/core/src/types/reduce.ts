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

/**
 * The dtype of the result: one of the operation's own, the operand's, the operand's but int32 for bool (what is counted),
 * or the operand's but float32 for what is not floating (what is averaged).
 */
export type Gives = DType | "same" | "counted" | "averaged";

/** The dtype that a reduction of `D` gives. */
export type Given<G extends Gives, D extends DType> = G extends DType
  ? G
  : G extends "counted"
    ? D extends "bool"
      ? "int32"
      : D
    : G extends "averaged"
      ? D extends Floating
        ? D
        : "float32"
      : D;

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
 * A tensor in, a tensor without the reduced axes out. `Takes` names the dtypes it accepts, `G` the dtype of the result where
 * it is not the operand's, `More` its further options.
 */
export type Reduction<
  N extends string,
  Takes extends DType = DType,
  G extends Gives = "same",
  More = unknown,
> = <S extends Shape, D extends Takes, const X extends Axis = undefined, K extends boolean = false>(
  x: Tensor<S, D>,
  options?: Checked<Reduce<N, S, Given<G, D>, Each<X>, K>, ReduceOptions<X, K> & More>,
) => Out<Reduce<N, S, Given<G, D>, Each<X>, K>>;

/** `Reduction`, data last: `P.sum({ axis: 0 })(x)`. */
export type ReductionLast<
  N extends string,
  Takes extends DType = DType,
  G extends Gives = "same",
  More = unknown,
> = <const X extends Axis = undefined, K extends boolean = false>(
  options?: ReduceOptions<X, K> & More,
) => <S extends Shape, D extends Takes>(
  x: Checked<Reduce<N, S, Given<G, D>, Each<X>, K>, Tensor<S, D>>,
) => Out<Reduce<N, S, Given<G, D>, Each<X>, K>>;

/** `sum` and `prod`: a bool counts as an int32. */
export type SumReduction<N extends string> = Reduction<N, DType, "counted">;

/** `SumReduction`, data last. */
export type SumReductionLast<N extends string> = ReductionLast<N, DType, "counted">;

/** `mean`: integers and bools are averaged as float32. */
export type MeanReduction<N extends string> = Reduction<N, DType, "averaged">;

/** `MeanReduction`, data last. */
export type MeanReductionLast<N extends string> = ReductionLast<N, DType, "averaged">;

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

/** What a quantile gives: for several levels, their axes come first. */
export type Quantiles<N extends string, Q, S extends Shape, D extends DType, X, K> =
  Reduce<N, S, D, X, K> extends infer R
    ? Q extends number
      ? R
      : R extends Tensor<infer T, D>
        ? true extends Unranked<LevelAxes<Q>> | Unranked<T>
          ? Tensor<any, D>
          : Tensor<readonly [...LevelAxes<Q>, ...T], D>
        : R
    : never;

/** Levels between 0 and 1: one, a list, or a tensor. */
export type Levels = number | readonly number[] | Tensor<any, Floating>;

/** The axes of several levels. */
type LevelAxes<Q> = Q extends readonly number[]
  ? readonly [Q["length"]]
  : Q extends Tensor<infer L extends Shape, any>
    ? L
    : never;

/** `quantile`: at one level between 0 and 1, or several. */
export type QuantileReduction<N extends string> = <
  S extends Shape,
  D extends Floating,
  const Q extends Levels,
  const X extends Axis = undefined,
  K extends boolean = false,
>(
  x: Tensor<S, D>,
  level: Q,
  options?: Checked<Quantiles<N, Q, S, D, Each<X>, K>, ReduceOptions<X, K>>,
) => Out<Quantiles<N, Q, S, D, Each<X>, K>>;

/** `QuantileReduction`, data last. */
export type QuantileReductionLast<N extends string> = <
  const Q extends Levels,
  const X extends Axis = undefined,
  K extends boolean = false,
>(
  level: Q,
  options?: ReduceOptions<X, K>,
) => <S extends Shape, D extends Floating>(
  x: Checked<Quantiles<N, Q, S, D, Each<X>, K>, Tensor<S, D>>,
) => Out<Quantiles<N, Q, S, D, Each<X>, K>>;

/** The option of `cov`. */
export type CovarianceOptions = {
  /** What is subtracted from the number of observations in the divisor: 1 if left out. */
  readonly correction?: number;
};

/** The covariances of variables: a matrix, or the variance of the one variable of a vector. */
type Covariances<S extends Shape> =
  Unranked<S> extends true
    ? any
    : S extends readonly [infer N extends number, number]
      ? readonly [N, N]
      : readonly [];

/** `cov` and `corrCoef`: the rows of a matrix are variables, its columns observations. */
export type Covariance<Options> = <
  S extends readonly [number] | readonly [number, number],
  D extends Floating,
>(
  x: Tensor<S, D>,
  options?: Options,
) => Tensor<Covariances<S>, D>;

/** `Covariance`, data last. */
export type CovarianceLast<Options> = (
  options?: Options,
) => <S extends readonly [number] | readonly [number, number], D extends Floating>(
  x: Tensor<S, D>,
) => Tensor<Covariances<S>, D>;
