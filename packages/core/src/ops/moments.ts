/** Means and variances over axes. */

import type { MeanReduction, VarianceReduction } from "../types/reduce.js";
import { convertTo } from "../primitives/convert.js";
import { floatingDTypes } from "../primitives/elementwise-rules.js";
import { reduceSum } from "../primitives/sum-broadcast.js";
import { isFloating } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { optionsOf } from "../trace/options.js";
import { restoreAxes } from "./axes.js";
import { implement } from "./implement.js";
import { div, equal, sqrt, square, sub, where } from "./on-values.js";
import { applyReduction, countOf, reduceOptions, reduction, type ReduceOptions } from "./reduction.js";

interface MomentOptions extends ReduceOptions {
  readonly correction?: number | undefined;
}

const momentOptions = [...reduceOptions, "correction"] as const;

/** The mean of floating elements. */
const meanOver = (x: Value, axes: readonly number[]): Value => div(reduceSum(x, axes), countOf(x, axes));

/**
 * The mean over some axes, or over all: Σ x / n. Integers and bools are averaged as float32; the mean of nothing is NaN.
 *
 * @throws TensorError when an axis is out of range or named twice.
 * @example
 * ```ts
 * import { equal, mean, tensor, toArray } from "@cotangent/core";
 *
 * toArray(mean(tensor([[1, 2], [3, 6]]), { axis: 0 })); // [2, 4]
 * toArray(mean(equal(tensor([1, 2]), tensor([1, 3])))); // 0.5
 * ```
 */
export const mean: MeanReduction<"mean"> = /* @__PURE__ */ reduction("mean", (x, axes) =>
  meanOver(isFloating(x.dtype) ? x : convertTo(x, "float32"), axes),
);

/** NaN where the correction leaves nothing to divide by. */
const varianceOver = (x: Value, axes: readonly number[], correction: number): Value => {
  const deviation = sub(x, restoreAxes(meanOver(x, axes), x.shape, axes));
  const divisor = countOf(x, axes) - correction;
  return div(reduceSum(square(deviation), axes), divisor > 0 ? divisor : NaN);
};

/**
 * The variance over some axes, or over all: Σ (x - mean)² / (n - correction). The correction is 0 by default; 1 is
 * Bessel's, of a sample. NaN where n is not larger than the correction.
 *
 * @throws TensorError when the dtype is not floating, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { tensor, toArray, variance } from "@cotangent/core";
 *
 * toArray(variance(tensor([1, 2, 3]), { correction: 1 })); // 1
 * ```
 */
export const variance: VarianceReduction<"variance"> = /* @__PURE__ */ implement(
  (x: unknown, options?: MomentOptions): Value => {
    const { correction = 0, ...along } = optionsOf("variance", options, momentOptions);
    return applyReduction(
      "variance",
      x,
      along,
      (value, axes) => varianceOver(value, axes, correction),
      floatingDTypes,
    );
  },
);

/** √v whose derivative at 0 is 0. */
const rootOf = (v: Value): Value => {
  const isZero = equal(v, 0);
  return where(isZero, 0, sqrt(where(isZero, 1, v)));
};

/**
 * The standard deviation over some axes, or over all: the root of the variance. Its gradient where all elements are
 * equal is 0.
 *
 * @throws TensorError when the dtype is not floating, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { std, tensor, toArray } from "@cotangent/core";
 *
 * toArray(std(tensor([1, 1, 3, 3]))); // 1
 * ```
 */
export const std: VarianceReduction<"std"> = /* @__PURE__ */ implement(
  (x: unknown, options?: MomentOptions): Value => {
    const { correction = 0, ...along } = optionsOf("std", options, momentOptions);
    return applyReduction(
      "std",
      x,
      along,
      (value, axes) => rootOf(varianceOver(value, axes, correction)),
      floatingDTypes,
    );
  },
);
