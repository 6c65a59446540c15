/** Sums, products, extrema and logic over axes. */

import type { ArgReduction, BoolReduction, Reduction, SumReduction } from "../types/reduce.js";
import type { DType, Numeric, Untyped } from "../types/tensor.js";
import { convertTo } from "../primitives/convert.js";
import { numericDTypes } from "../primitives/elementwise-rules.js";
import { argMaxAlong, argMinAlong } from "../primitives/order.js";
import { reduceAll, reduceAny, reduceMax, reduceMin, reduceProd } from "../primitives/reductions.js";
import { reshape } from "../primitives/reshape.js";
import { reduceSum } from "../primitives/sum-broadcast.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, restoreAxes, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";
import { reduceOptions, reduction, type ReduceOptions } from "./reduction.js";

/** A bool counts as 0 or 1. */
export const counted = (x: Value): Value => (x.dtype === "bool" ? convertTo(x, "int32") : x);

/**
 * The sum over some axes, or over all: Σ x. The sum of nothing is 0; bools count as int32.
 *
 * @throws TensorError when an axis is out of range or named twice.
 * @example
 * ```ts
 * import { sum, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([[1, 2], [3, 4]]);
 * toArray(sum(x)); // 10
 * toArray(sum(x, { axis: 0 })); // [4, 6]
 * toArray(sum(x, { axis: 1, keepDims: true })); // [[3], [7]]
 * ```
 */
export const sum: SumReduction<"sum"> = /* @__PURE__ */ reduction("sum", (x, axes) =>
  reduceSum(counted(x), axes),
);

/**
 * The product over some axes, or over all: Π x. The product of nothing is 1; bools count as int32. Its derivative is
 * right with any number of zeros.
 *
 * @throws TensorError when an axis is out of range or named twice.
 * @example
 * ```ts
 * import { prod, tensor, toArray } from "@cotangent/core";
 *
 * toArray(prod(tensor([2, 3, 4]))); // 24
 * ```
 */
export const prod: SumReduction<"prod"> = /* @__PURE__ */ reduction("prod", (x, axes) =>
  reduceProd(counted(x), axes),
);

/**
 * The largest element over some axes, or over all; NaN if there is one. Equal ones share the gradient evenly.
 *
 * @throws TensorError when there are no elements, the dtype is bool, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { max, tensor, toArray } from "@cotangent/core";
 *
 * toArray(max(tensor([[1, 5], [3, 4]]), { axis: 1 })); // [5, 4]
 * ```
 */
export const max: Reduction<"max", Numeric> = /* @__PURE__ */ reduction("max", reduceMax, numericDTypes);

/**
 * The smallest element over some axes, or over all; NaN if there is one. Equal ones share the gradient evenly.
 *
 * @throws TensorError when there are no elements, the dtype is bool, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { min, tensor, toArray } from "@cotangent/core";
 *
 * toArray(min(tensor([[1, 5], [3, 4]]), { axis: 1 })); // [1, 3]
 * ```
 */
export const min: Reduction<"min", Numeric> = /* @__PURE__ */ reduction("min", reduceMin, numericDTypes);

/**
 * Whether all elements are true over some axes, or over all: bool. A number is true where it is not 0. True for nothing.
 *
 * @throws TensorError when an axis is out of range or named twice.
 * @example
 * ```ts
 * import { all, greater, tensor, toArray } from "@cotangent/core";
 *
 * toArray(all(greater(tensor([1, 2]), 0))); // true
 * ```
 */
export const all: BoolReduction<"all"> = /* @__PURE__ */ reduction("all", reduceAll);

/**
 * Whether at least one element is true over some axes, or over all: bool. A number is true where it is not 0. False for
 * nothing.
 *
 * @throws TensorError when an axis is out of range or named twice.
 * @example
 * ```ts
 * import { any, isNaN, tensor, toArray } from "@cotangent/core";
 *
 * toArray(any(isNaN(tensor([1, NaN])))); // true
 * ```
 */
export const any: BoolReduction<"any"> = /* @__PURE__ */ reduction("any", reduceAny);

/**
 * The number of elements that are not 0, over some axes or over all: int32. NaN is not 0.
 *
 * @throws TensorError when an axis is out of range or named twice.
 * @example
 * ```ts
 * import { countNonZero, tensor, toArray } from "@cotangent/core";
 *
 * toArray(countNonZero(tensor([0, 1, 2]))); // 2
 * ```
 */
export const countNonZero: Reduction<"countNonZero", DType, "int32"> = /* @__PURE__ */ reduction(
  "countNonZero",
  (x, axes) => reduceSum(convertTo(convertTo(x, "bool"), "int32"), axes),
);

const argument = (name: string, along: (x: Value, axis: number) => Value): Untyped =>
  implement((x: unknown, options?: AxisOption & ReduceOptions): Value => {
    const { axis, keepDims = false } = optionsOf(name, options, reduceOptions);
    const value = asTensor(name, x);
    const { shape } = value;
    const axes = axis === undefined ? shape.map((_, index) => index) : [axisOf(name, axis, shape.length)];
    const place =
      axis === undefined
        ? along(reshape(value, [shape.reduce((n, length) => n * length, 1)]), 0)
        : along(value, axes[0] ?? 0);
    return keepDims ? restoreAxes(place, shape, axes) : place;
  });

/**
 * The index of the largest element along an axis, or in the flattened tensor without one: int32. The first of equal
 * ones, and the first NaN.
 *
 * @throws TensorError when there are no elements, or the axis is out of range.
 * @example
 * ```ts
 * import { argMax, tensor, toArray } from "@cotangent/core";
 *
 * toArray(argMax(tensor([[1, 5], [4, 3]]), { axis: 1 })); // [1, 0]
 * ```
 */
export const argMax: ArgReduction<"argMax"> = /* @__PURE__ */ argument("argMax", argMaxAlong);

/**
 * The index of the smallest element along an axis, or in the flattened tensor without one: int32. The first of equal
 * ones, and the first NaN.
 *
 * @throws TensorError when there are no elements, or the axis is out of range.
 * @example
 * ```ts
 * import { argMin, tensor, toArray } from "@cotangent/core";
 *
 * toArray(argMin(tensor([[1, 5], [4, 3]]), { axis: 1 })); // [0, 1]
 * ```
 */
export const argMin: ArgReduction<"argMin"> = /* @__PURE__ */ argument("argMin", argMinAlong);
