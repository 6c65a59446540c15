/** Elements in order along an axis. */

import type { Sorting } from "../types/along.js";
import { reverse } from "../primitives/concatenate-flip.js";
import { gather } from "../primitives/gather-scatter.js";
import { argSortLast } from "../primitives/order.js";
import { moveAxisTo } from "../primitives/reshape.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";

interface SortOptions extends AxisOption {
  readonly descending?: boolean | undefined;
}

/** The rows of the last axis in increasing order, or in that order backwards. */
export const sortLast = (x: Value, descending: boolean): Value => {
  const last = x.shape.length - 1;
  const sorted = gather(x, argSortLast(x, false), last);
  return descending ? reverse(sorted, [last]) : sorted;
};

const along = (
  operation: string,
  x: unknown,
  options: SortOptions | undefined,
  order: (rows: Value, descending: boolean) => Value,
): Value => {
  const { axis = -1, descending = false } = optionsOf(operation, options, ["axis", "descending"]);
  const value = asTensor(operation, x);
  const last = value.shape.length - 1;
  const place = axisOf(operation, axis, value.shape.length);
  return moveAxisTo(order(moveAxisTo(value, place, last), descending), last, place);
};

/**
 * The elements in increasing (or decreasing) order along an axis, the last by default. NaN counts as the largest. The
 * gradient goes back to where each element stood; decreasing order is increasing order backwards, also among equal ones.
 *
 * @throws TensorError when the axis is out of range.
 * @example
 * ```ts
 * import { sort, tensor, toArray } from "@cotangent/core";
 *
 * toArray(sort(tensor([3, 1, 2]))); // [1, 2, 3]
 * toArray(sort(tensor([3, 1, 2]), { descending: true })); // [3, 2, 1]
 * ```
 */
export const sort: Sorting<"sort"> = /* @__PURE__ */ implement((x: unknown, options?: SortOptions): Value =>
  along("sort", x, options, sortLast),
);

/**
 * The indices that put the elements in order along an axis, the last by default: int32, stable, NaN as the largest.
 *
 * @throws TensorError when the axis is out of range.
 * @example
 * ```ts
 * import { argSort, tensor, toArray } from "@cotangent/core";
 *
 * toArray(argSort(tensor([3, 1, 2]))); // [1, 2, 0]
 * ```
 */
export const argSort: Sorting<"argSort", "int32"> = /* @__PURE__ */ implement(
  (x: unknown, options?: SortOptions): Value => along("argSort", x, options, argSortLast),
);
