/** Accumulations along an axis. */

import type { Accumulation } from "../types/along.js";
import { cumSumAlong } from "../primitives/cumulative.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";
import { counted } from "./reduce.js";

/**
 * The sums of the elements up to each place along an axis, the last by default: yᵢ = x₀ + … + xᵢ.
 *
 * In and out: one shape, one dtype, but int32 for bools.
 *
 * @throws TensorError when the axis is out of range, as it is of a scalar.
 * @example
 * ```ts
 * import { cumSum, tensor, toArray } from "@cotangent/core";
 *
 * toArray(cumSum(tensor([1, 2, 3]))); // [1, 3, 6]
 * ```
 */
export const cumSum: Accumulation<"cumSum"> = /* @__PURE__ */ implement(
  (x: unknown, options?: AxisOption): Value => {
    const { axis = -1 } = optionsOf("cumSum", options, ["axis"]);
    const value = asTensor("cumSum", x);
    return cumSumAlong(counted(value), axisOf("cumSum", axis, value.shape.length), false);
  },
);
