/** Reductions and what goes along an axis, data last. */

import type { AccumulationLast, SortingLast } from "../types/along.js";
import type {
  ArgReductionLast,
  BoolReductionLast,
  CovarianceLast,
  MeanReductionLast,
  QuantileReductionLast,
  ReductionLast,
  SumReductionLast,
  VarianceReductionLast,
  CovarianceOptions,
} from "../types/reduce.js";
import type { DType, Floating, Numeric } from "../types/tensor.js";
import * as covariance from "../ops/covariance.js";
import * as cumulative from "../ops/cumulative.js";
import * as exponentials from "../ops/log-sum-exp.js";
import * as moments from "../ops/moments.js";
import * as nans from "../ops/nan-reductions.js";
import * as quantiles from "../ops/quantiles.js";
import * as reductions from "../ops/reduce.js";
import * as order from "../ops/sort.js";
import { last } from "./last.js";

/** `P.sum(options)(x)` is `sum(x, options)`: Σ x. */
export const sum: SumReductionLast<"sum"> = /* @__PURE__ */ last(reductions.sum);
/** `P.mean(options)(x)` is `mean(x, options)`: Σ x / n. */
export const mean: MeanReductionLast<"mean"> = /* @__PURE__ */ last(moments.mean);
/** `P.prod(options)(x)` is `prod(x, options)`: Π x. */
export const prod: SumReductionLast<"prod"> = /* @__PURE__ */ last(reductions.prod);
/** `P.max(options)(x)` is `max(x, options)`: the largest element. */
export const max: ReductionLast<"max", Numeric> = /* @__PURE__ */ last(reductions.max);
/** `P.min(options)(x)` is `min(x, options)`: the smallest element. */
export const min: ReductionLast<"min", Numeric> = /* @__PURE__ */ last(reductions.min);
/** `P.variance(options)(x)` is `variance(x, options)`: Σ (x - x̄)² / (n - correction). */
export const variance: VarianceReductionLast<"variance"> = /* @__PURE__ */ last(moments.variance);
/** `P.std(options)(x)` is `std(x, options)`: the root of the variance. */
export const std: VarianceReductionLast<"std"> = /* @__PURE__ */ last(moments.std);
/** `P.logSumExp(options)(x)` is `logSumExp(x, options)`: log Σ eˣ. */
export const logSumExp: ReductionLast<"logSumExp", Floating> = /* @__PURE__ */ last(exponentials.logSumExp);
/** `P.argMax(options)(x)` is `argMax(x, options)`: the place of the largest element. */
export const argMax: ArgReductionLast<"argMax"> = /* @__PURE__ */ last(reductions.argMax);
/** `P.argMin(options)(x)` is `argMin(x, options)`: the place of the smallest element. */
export const argMin: ArgReductionLast<"argMin"> = /* @__PURE__ */ last(reductions.argMin);
/** `P.all(options)(x)` is `all(x, options)`: whether all elements are true. */
export const all: BoolReductionLast<"all"> = /* @__PURE__ */ last(reductions.all);
/** `P.any(options)(x)` is `any(x, options)`: whether an element is true. */
export const any: BoolReductionLast<"any"> = /* @__PURE__ */ last(reductions.any);
/** `P.median(options)(x)` is `median(x, options)`: the element in the middle of the order. */
export const median: ReductionLast<"median", Floating> = /* @__PURE__ */ last(quantiles.median);
/** `P.quantile(q, options)(x)` is `quantile(x, q, options)`: the element at the place q (n - 1) of the order. */
export const quantile: QuantileReductionLast<"quantile"> = /* @__PURE__ */ last(quantiles.quantile);
/** `P.countNonZero(options)(x)` is `countNonZero(x, options)`: how many elements are not 0. */
export const countNonZero: ReductionLast<"countNonZero", DType, "int32"> = /* @__PURE__ */ last(
  reductions.countNonZero,
);
/** `P.nanSum(options)(x)` is `nanSum(x, options)`: Σ x over what is not NaN. */
export const nanSum: ReductionLast<"nanSum", Numeric> = /* @__PURE__ */ last(nans.nanSum);
/** `P.nanMean(options)(x)` is `nanMean(x, options)`: the mean of what is not NaN. */
export const nanMean: ReductionLast<"nanMean", Floating> = /* @__PURE__ */ last(nans.nanMean);
/** `P.nanMax(options)(x)` is `nanMax(x, options)`: the largest element that is not NaN. */
export const nanMax: ReductionLast<"nanMax", Numeric> = /* @__PURE__ */ last(nans.nanMax);
/** `P.nanMin(options)(x)` is `nanMin(x, options)`: the smallest element that is not NaN. */
export const nanMin: ReductionLast<"nanMin", Numeric> = /* @__PURE__ */ last(nans.nanMin);
/** `P.cov(options)(x)` is `cov(x, options)`: the covariances of the rows. */
export const cov: CovarianceLast<CovarianceOptions> = /* @__PURE__ */ last(covariance.cov);
/** `P.corrCoef()(x)` is `corrCoef(x)`: the correlations of the rows. */
export const corrCoef: CovarianceLast<Readonly<Record<string, never>>> = /* @__PURE__ */ last(
  covariance.corrCoef,
);
/** `P.cumSum(options)(x)` is `cumSum(x, options)`: yᵢ = x₀ + … + xᵢ. */
export const cumSum: AccumulationLast<"cumSum"> = /* @__PURE__ */ last(cumulative.cumSum);
/** `P.sort(options)(x)` is `sort(x, options)`: the elements in order. */
export const sort: SortingLast<"sort"> = /* @__PURE__ */ last(order.sort);
/** `P.argSort(options)(x)` is `argSort(x, options)`: the places that put the elements in order. */
export const argSort: SortingLast<"argSort", "int32"> = /* @__PURE__ */ last(order.argSort);
