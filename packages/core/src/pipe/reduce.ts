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

export const sum: SumReductionLast<"sum"> = /* @__PURE__ */ last(reductions.sum);
export const mean: MeanReductionLast<"mean"> = /* @__PURE__ */ last(moments.mean);
export const prod: SumReductionLast<"prod"> = /* @__PURE__ */ last(reductions.prod);
export const max: ReductionLast<"max", Numeric> = /* @__PURE__ */ last(reductions.max);
export const min: ReductionLast<"min", Numeric> = /* @__PURE__ */ last(reductions.min);
export const variance: VarianceReductionLast<"variance"> = /* @__PURE__ */ last(moments.variance);
export const std: VarianceReductionLast<"std"> = /* @__PURE__ */ last(moments.std);
export const logSumExp: ReductionLast<"logSumExp", Floating> = /* @__PURE__ */ last(exponentials.logSumExp);
export const argMax: ArgReductionLast<"argMax"> = /* @__PURE__ */ last(reductions.argMax);
export const argMin: ArgReductionLast<"argMin"> = /* @__PURE__ */ last(reductions.argMin);
export const all: BoolReductionLast<"all"> = /* @__PURE__ */ last(reductions.all);
export const any: BoolReductionLast<"any"> = /* @__PURE__ */ last(reductions.any);
export const median: ReductionLast<"median", Floating> = /* @__PURE__ */ last(quantiles.median);
export const quantile: QuantileReductionLast<"quantile"> = /* @__PURE__ */ last(quantiles.quantile);
export const countNonZero: ReductionLast<"countNonZero", DType, "int32"> = /* @__PURE__ */ last(
  reductions.countNonZero,
);
export const nanSum: ReductionLast<"nanSum", Numeric> = /* @__PURE__ */ last(nans.nanSum);
export const nanMean: ReductionLast<"nanMean", Floating> = /* @__PURE__ */ last(nans.nanMean);
export const nanMax: ReductionLast<"nanMax", Numeric> = /* @__PURE__ */ last(nans.nanMax);
export const nanMin: ReductionLast<"nanMin", Numeric> = /* @__PURE__ */ last(nans.nanMin);
export const cov: CovarianceLast<CovarianceOptions> = /* @__PURE__ */ last(covariance.cov);
export const corrCoef: CovarianceLast<Readonly<Record<string, never>>> = /* @__PURE__ */ last(
  covariance.corrCoef,
);
export const cumSum: AccumulationLast<"cumSum"> = /* @__PURE__ */ last(cumulative.cumSum);
export const sort: SortingLast<"sort"> = /* @__PURE__ */ last(order.sort);
export const argSort: SortingLast<"argSort", "int32"> = /* @__PURE__ */ last(order.argSort);
