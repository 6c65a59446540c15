/** Reductions that pass over NaN. */

import type { Reduction } from "../types/reduce.js";
import type { Floating, Numeric } from "../types/tensor.js";
import { convertTo } from "../primitives/convert.js";
import { floatingDTypes, numericDTypes } from "../primitives/elementwise-rules.js";
import { reduceAll, reduceMax, reduceMin } from "../primitives/reductions.js";
import { reduceSum } from "../primitives/sum-broadcast.js";
import { isFloating } from "../tensor/dtype.js";
import { div, isNaN, logicalNot, where } from "./on-values.js";
import { countOf, reduction, type Reduce } from "./reduction.js";

/**
 * The sum of the elements that are not NaN, over some axes or over all; 0 where there is none.
 *
 * @throws TensorError when the dtype is bool, or an axis is out of range or named twice.
 * @see `numpy.nansum`.
 * @example
 * ```ts
 * import { nanSum, tensor, toArray } from "@cotangent/core";
 *
 * toArray(nanSum(tensor([1, NaN, 2]))); // 3
 * ```
 */
export const nanSum: Reduction<"nanSum", Numeric> = /* @__PURE__ */ reduction(
  "nanSum",
  (x, axes) => reduceSum(isFloating(x.dtype) ? where(isNaN(x), 0, x) : x, axes),
  numericDTypes,
);

/**
 * The mean of the elements that are not NaN, over some axes or over all; NaN where there is none.
 *
 * @throws TensorError when the dtype is not floating, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { nanMean, tensor, toArray } from "@cotangent/core";
 *
 * toArray(nanMean(tensor([1, NaN, 2]))); // 1.5
 * ```
 */
export const nanMean: Reduction<"nanMean", Floating> = /* @__PURE__ */ reduction(
  "nanMean",
  (x, axes) => {
    const missing = isNaN(x);
    const count = reduceSum(convertTo(logicalNot(missing), x.dtype), axes);
    return div(reduceSum(where(missing, 0, x), axes), count);
  },
  floatingDTypes,
);

const extremum =
  (reduce: Reduce, neutral: number): Reduce =>
  (x, axes) => {
    if (!isFloating(x.dtype) || countOf(x, axes) === 0) return reduce(x, axes);
    const missing = isNaN(x);
    return where(reduceAll(missing, axes), NaN, reduce(where(missing, neutral, x), axes));
  };

/**
 * The largest of the elements that are not NaN, over some axes or over all; NaN where there is none.
 *
 * @throws TensorError when there are no elements, the dtype is bool, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { nanMax, tensor, toArray } from "@cotangent/core";
 *
 * toArray(nanMax(tensor([1, NaN, 2]))); // 2
 * ```
 */
export const nanMax: Reduction<"nanMax", Numeric> = /* @__PURE__ */ reduction(
  "nanMax",
  /* @__PURE__ */ extremum(reduceMax, -Infinity),
  numericDTypes,
);

/**
 * The smallest of the elements that are not NaN, over some axes or over all; NaN where there is none.
 *
 * @throws TensorError when there are no elements, the dtype is bool, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { nanMin, tensor, toArray } from "@cotangent/core";
 *
 * toArray(nanMin(tensor([1, NaN, 2]))); // 1
 * ```
 */
export const nanMin: Reduction<"nanMin", Numeric> = /* @__PURE__ */ reduction(
  "nanMin",
  /* @__PURE__ */ extremum(reduceMin, Infinity),
  numericDTypes,
);
