/** Reductions under a sliding window. */

import type { ReduceWindow, ReduceWindowOptions } from "../types/conv.js";
import { tensorError } from "../errors/tensor-error.js";
import { numericDTypes } from "../primitives/elementwise-rules.js";
import { windowExtremum, windowSum } from "../primitives/reduce-window.js";
import type { Value } from "../tensor/value.js";
import { asTensor, checkDType, describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { checkCropping, paddingOf, positiveList, stepsOf, type Sliding } from "./conv-options.js";
import { implement } from "./implement.js";

/**
 * The sum, the maximum or the minimum of the elements under a window that slides over the tensor: along each axis
 * floor((length + low + high - (dilation · (window - 1) + 1)) / stride) + 1 of them. What the padding adds counts as nothing: 0
 * in a sum, an infinity (or the end of the integers) in an extremum.
 *
 *     y[i] = reduce of x[i · stride + k · dilation - low] over the places k of the window
 *
 * Where elements under a window are equal and extreme, they share its gradient evenly. Sums are in float64 whatever the
 * dtype, under `jit` those of float32 may be in float32. The mean under a window is the sum divided by the window's size: `div(reduceWindow(x, { reducer: "sum", … }), 4)`.
 *
 * @throws TensorError when the window or another option has not one entry for each axis, or the dtype is bool.
 * @see JAX's `lax.reduce_window`.
 * @example
 * ```ts
 * import { reduceWindow, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([3, 1, 2, 5]);
 * toArray(reduceWindow(x, { reducer: "sum", window: [2] })); // [4, 3, 7]
 * toArray(reduceWindow(x, { reducer: "max", window: [2], strides: [2] })); // [3, 5]
 * ```
 */
export const reduceWindow: ReduceWindow = /* @__PURE__ */ implement(
  (x: unknown, options?: ReduceWindowOptions<readonly number[]>): Value => {
    const value = asTensor("reduceWindow", x);
    checkDType("reduceWindow", value.dtype, numericDTypes);
    const given = optionsOf("reduceWindow", options, windowOptions);
    const { reducer } = given;
    const inputs = value.shape;
    const unsized: Sliding = { operation: "reduceWindow", axis: "axis", inputs, taps: inputs };
    const window = positiveList(unsized, "window", given.window);
    const sliding = { ...unsized, taps: window };
    const strides = stepsOf(sliding, "strides", given.strides);
    const dilation = stepsOf(sliding, "dilation", given.dilation);
    const padding = paddingOf(sliding, given.padding, strides, dilation);
    const inputDilation = inputs.map(() => 1);
    checkCropping(sliding, padding, inputDilation);
    const params = { window, strides, padding, dilation, inputDilation };
    if (reducer === "sum") return windowSum(value, params);
    if (reducer === "max" || reducer === "min") return windowExtremum(value, { ...params, reducer });
    throw tensorError({
      kind: "InvalidArgument",
      operation: "reduceWindow",
      problem: "there is no such reducer",
      found: [
        ["expected", `"sum", "max" or "min"`],
        ["got", describe(reducer)],
      ],
      fix: `write { reducer: "max" }; for a mean divide the sum by the size of the window`,
    });
  },
);

const windowOptions = ["reducer", "window", "strides", "padding", "dilation"] as const;
