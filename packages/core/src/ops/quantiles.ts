/** Quantiles and the median, with linear interpolation between neighbours. */

import type { QuantileReduction, Reduction } from "../types/reduce.js";
import type { DType, Floating } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { convertTo } from "../primitives/convert.js";
import { fill } from "../primitives/define.js";
import { floatingDTypes } from "../primitives/elementwise-rules.js";
import { gather } from "../primitives/gather-scatter.js";
import { moveAxisTo, permute, reshape } from "../primitives/reshape.js";
import { sliceAlong } from "../primitives/slice-pad.js";
import { keptAxes } from "../primitives/sum-broadcast.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { Value } from "../tensor/value.js";
import { asTensor, checkDType, checkSameDType, describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axesOf } from "./axes.js";
import { implement } from "./implement.js";
import { add, ceil, equal, floor, isNaN, mul, sub, where } from "./on-values.js";
import { countOf, reduceOptions, reduction, type ReduceOptions } from "./reduction.js";
import { sortLast } from "./sort.js";

/** Where quantiles stand among n sorted elements: between two neighbours. */
interface Places {
  readonly low: Value;
  readonly high: Value;
  /** The weight of the higher neighbour. */
  readonly weight: Value;
}

/** NaN where an element is NaN, and where there is none. */
const quantilesOver = (x: Value, axes: readonly number[], placesAmong: (n: number) => Places): Value => {
  const kept = keptAxes(x.shape, axes);
  const n = countOf(x, axes);
  const rest = kept.map((axis) => x.shape[axis] ?? 1);
  const places = placesAmong(n);
  const levels = places.low.shape;
  if (n === 0) return fill(NaN, { shape: [...levels, ...rest], dtype: x.dtype });
  const sorted = moveAxisTo(
    sortLast(reshape(permute(x, [...kept, ...axes]), [...rest, n]), false),
    rest.length,
    0,
  );
  const largest = reshape(sliceAlong(sorted, 0, n - 1, n), rest); // NaN sorts last
  const weight = reshape(places.weight, [...levels, ...rest.map(() => 1)]);
  const low = gather(sorted, places.low, 0);
  const high = gather(sorted, places.high, 0);
  return where(isNaN(largest), NaN, between(low, high, weight));
};

/** low (1 - w) + high w; where w is 0 the lower neighbour alone, since both may be infinite. */
const between = (low: Value, high: Value, weight: Value): Value =>
  where(equal(weight, 0), low, add(mul(low, sub(1, weight)), mul(high, weight)));

/** The places of levels: of numbers on the host, of a tensor by operations. */
const placesOf =
  (level: unknown, dtype: DType) =>
  (n: number): Places => {
    if (level instanceof Value) {
      const position = mul(level, n - 1);
      const low = floor(position);
      // A level below 0 becomes an index out of range, not one that counts from the end.
      const index = (of: Value): Value => convertTo(convertTo(of, "int32"), "uint32");
      return { low: index(low), high: index(ceil(position)), weight: sub(position, low) };
    }
    const positions = levelsOf(level).map((q) => q * (n - 1));
    const shape = typeof level === "number" ? [] : [positions.length];
    const weights = allocate(dtype, positions.length);
    positions.forEach((position, index) => (weights[index] = position - Math.floor(position)));
    return {
      low: contiguousTensor(Int32Array.from(positions, Math.floor), shape, "int32"),
      high: contiguousTensor(Int32Array.from(positions, Math.ceil), shape, "int32"),
      weight: contiguousTensor(weights, shape, dtype),
    };
  };

const levelsOf = (level: unknown): readonly number[] => {
  const levels: readonly unknown[] = Array.isArray(level) ? level : [level];
  return levels.map((q) => {
    if (typeof q === "number" && q >= 0 && q <= 1) return q;
    throw tensorError({
      kind: "InvalidArgument",
      operation: "quantile",
      problem: "a level must be a number from 0 to 1",
      found: [["got", typeof q === "number" ? String(q) : describe(q)]],
      fix: "divide a percentage by 100",
    });
  });
};

/**
 * The quantile at a level q from 0 to 1, over some axes or over all: the element at the place q (n - 1) in sorted order,
 * interpolated between its neighbours. For a list or tensor of levels, their axes come first. NaN where there is one.
 *
 * @throws TensorError when a level is not from 0 to 1, the dtype is not floating, or an axis is out of range or named twice.
 * @see NumPy's `quantile`, method "linear".
 * @example
 * ```ts
 * import { quantile, tensor, toArray } from "@cotangent/core";
 *
 * toArray(quantile(tensor([1, 2, 3, 4, 5]), [0, 0.5, 0.875])); // [1, 3, 4.5]
 * ```
 */
export const quantile: QuantileReduction<"quantile"> = /* @__PURE__ */ implement(
  (x: unknown, level: unknown, options?: ReduceOptions): Value => {
    const { axis, keepDims } = optionsOf("quantile", options, reduceOptions);
    const value = asTensor("quantile", x);
    checkDType("quantile", value.dtype, floatingDTypes);
    if (level instanceof Value) checkSameDType("quantile", value.dtype, level.dtype);
    const axes = axesOf("quantile", axis, value.shape.length);
    const levels = quantilesOver(value, axes, placesOf(level, value.dtype));
    if (keepDims !== true) return levels;
    const front = levels.shape.slice(0, levels.shape.length - value.shape.length + axes.length);
    return reshape(levels, [
      ...front,
      ...value.shape.map((length, axis) => (axes.includes(axis) ? 1 : length)),
    ]);
  },
);

/**
 * The median over some axes, or over all: the element in the middle of the sorted order, or the mean of the two. NaN where
 * there is one, and for nothing.
 *
 * @throws TensorError when the dtype is not floating, or an axis is out of range or named twice.
 * @example
 * ```ts
 * import { median, tensor, toArray } from "@cotangent/core";
 *
 * toArray(median(tensor([3, 1, 2, 4]))); // 2.5
 * ```
 */
export const median: Reduction<"median", Floating> = /* @__PURE__ */ reduction(
  "median",
  (x, axes) => quantilesOver(x, axes, placesOf(0.5, x.dtype)),
  floatingDTypes,
);
