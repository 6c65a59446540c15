/** The logarithm of a sum of exponentials. */

import type { Reduction } from "../types/reduce.js";
import type { Floating } from "../types/tensor.js";
import { fill } from "../primitives/define.js";
import { floatingDTypes } from "../primitives/elementwise-rules.js";
import { reduceMax } from "../primitives/reductions.js";
import { reduceSum } from "../primitives/sum-broadcast.js";
import { restoreAxes } from "./axes.js";
import { add, equal, exp, isFinite, log, stopGradient, sub, where } from "./on-values.js";
import { countOf, reduction } from "./reduction.js";

/**
 * The logarithm of the sum of exponentials over some axes, or over all: log Σ eˣ = m + log Σ e^(x - m) with the largest
 * element m, so that nothing overflows. -∞ for nothing, and where all elements are -∞; the gradient there is 0.
 *
 * @throws TensorError when the dtype is not floating, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { logSumExp, tensor, toArray } from "@cotangent/core";
 *
 * toArray(logSumExp(tensor([1000, 1000]))); // 1000.6931
 * ```
 */
export const logSumExp: Reduction<"logSumExp", Floating> = /* @__PURE__ */ reduction(
  "logSumExp",
  (x, axes) => {
    if (countOf(x, axes) === 0) return fill(-Infinity, reduceSum(x, axes));
    const largest = stopGradient(reduceMax(x, axes));
    const shift = where(isFinite(largest), largest, 0);
    const total = reduceSum(exp(sub(x, restoreAxes(shift, x.shape, axes))), axes);
    const isNone = equal(total, 0);
    return add(shift, where(isNone, -Infinity, log(where(isNone, 1, total))));
  },
  floatingDTypes,
);
