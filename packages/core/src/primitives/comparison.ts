/** Comparisons and logic: their results are bools, which have no tangent. */

import type { Comparison, Predicate } from "../types/elementwise.js";
import type { DType } from "../types/tensor.js";
import { isEqual, isGreater, isLess } from "../kernels/loops.js";
import { anyDType, numeric } from "../program/samples.js";
import { isFloating } from "../tensor/dtype.js";
import { comparison, predicate } from "./comparison-builders.js";
import { allDTypes, numericDTypes } from "./elementwise-rules.js";

/**
 * Whether a = b, element by element; NaN equals nothing.
 *
 * In: one dtype, shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @see `isClose`, for numbers that were rounded.
 * @example
 * ```ts
 * import { equal, tensor, toArray } from "@cotangent/core";
 *
 * toArray(equal(tensor([1, 2]), tensor([1, 3]))); // [true, false]
 * ```
 */
export const equal: Comparison<"equal"> = /* @__PURE__ */ comparison("equal", isEqual, (emit, [a, b]) =>
  emit.equal(a, b),
);

/**
 * Whether a ≠ b, element by element; NaN differs from everything.
 *
 * In: one dtype, shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { notEqual, tensor, toArray } from "@cotangent/core";
 *
 * toArray(notEqual(tensor([1, NaN]), tensor([1, NaN]))); // [false, true]
 * ```
 */
export const notEqual: Comparison<"notEqual"> = /* @__PURE__ */ comparison(
  "notEqual",
  (a, b) => (a !== b ? 1 : 0),
  (emit, [a, b]) => emit.not(emit.equal(a, b)),
);

/**
 * Whether a < b, element by element; false beside NaN.
 *
 * In: one dtype (false < true), shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { less, tensor, toArray } from "@cotangent/core";
 *
 * toArray(less(tensor([1, 2, 3]), 2)); // [true, false, false]
 * ```
 */
export const less: Comparison<"less"> = /* @__PURE__ */ comparison("less", isLess, (emit, [a, b]) =>
  emit.less(a, b),
);

/**
 * Whether a ≤ b, element by element; false beside NaN.
 *
 * In: one dtype (false < true), shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { lessEqual, tensor, toArray } from "@cotangent/core";
 *
 * toArray(lessEqual(tensor([1, 2, 3]), 2)); // [true, true, false]
 * ```
 */
export const lessEqual: Comparison<"lessEqual"> = /* @__PURE__ */ comparison(
  "lessEqual",
  (a, b) => (a <= b ? 1 : 0),
  (emit, [a, b]) => emit.lessEqual(a, b),
);

/**
 * Whether a > b, element by element; false beside NaN.
 *
 * In: one dtype (false < true), shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { greater, tensor, toArray } from "@cotangent/core";
 *
 * toArray(greater(tensor([1, 2, 3]), 2)); // [false, false, true]
 * ```
 */
export const greater: Comparison<"greater"> = /* @__PURE__ */ comparison(
  "greater",
  isGreater,
  (emit, [a, b]) => emit.less(b, a),
);

/**
 * Whether a ≥ b, element by element; false beside NaN.
 *
 * In: one dtype (false < true), shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { greaterEqual, tensor, toArray } from "@cotangent/core";
 *
 * toArray(greaterEqual(tensor([1, 2, 3]), 2)); // [false, true, true]
 * ```
 */
export const greaterEqual: Comparison<"greaterEqual"> = /* @__PURE__ */ comparison(
  "greaterEqual",
  (a, b) => (a >= b ? 1 : 0),
  (emit, [a, b]) => emit.lessEqual(b, a),
);

/**
 * Whether both are true; a number is true where it is not 0, NaN included.
 *
 * In: one dtype, shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { logicalAnd, tensor, toArray } from "@cotangent/core";
 *
 * toArray(logicalAnd(tensor([true, true]), tensor([true, false]))); // [true, false]
 * ```
 */
export const logicalAnd: Comparison<"logicalAnd"> = /* @__PURE__ */ comparison(
  "logicalAnd",
  (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  (emit, [a, b]) => emit.and(emit.convert(a, "bool"), emit.convert(b, "bool")),
);

/**
 * Whether at least one is true; a number is true where it is not 0, NaN included.
 *
 * In: one dtype, shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { logicalOr, tensor, toArray } from "@cotangent/core";
 *
 * toArray(logicalOr(tensor([true, false]), tensor([false, false]))); // [true, false]
 * ```
 */
export const logicalOr: Comparison<"logicalOr"> = /* @__PURE__ */ comparison(
  "logicalOr",
  (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  (emit, [a, b]) => emit.or(emit.convert(a, "bool"), emit.convert(b, "bool")),
);

/**
 * Whether exactly one is true; a number is true where it is not 0, NaN included.
 *
 * In: one dtype, shapes that broadcast; out: bool, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, or dtypes differ.
 * @example
 * ```ts
 * import { logicalXor, tensor, toArray } from "@cotangent/core";
 *
 * toArray(logicalXor(tensor([true, true]), tensor([true, false]))); // [false, true]
 * ```
 */
export const logicalXor: Comparison<"logicalXor"> = /* @__PURE__ */ comparison(
  "logicalXor",
  (a, b) => ((a !== 0) !== (b !== 0) ? 1 : 0),
  (emit, [a, b]) => emit.xor(emit.convert(a, "bool"), emit.convert(b, "bool")),
);

/**
 * Whether it is false; a number is false where it is 0.
 *
 * In: any dtype; out: bool, the same shape.
 *
 * @throws TensorError when it is no tensor.
 * @example
 * ```ts
 * import { logicalNot, tensor, toArray } from "@cotangent/core";
 *
 * toArray(logicalNot(tensor([true, false]))); // [false, true]
 * ```
 */
export const logicalNot: Predicate<DType> = /* @__PURE__ */ predicate(
  "logicalNot",
  (x) => (x === 0 ? 1 : 0),
  allDTypes,
  anyDType,
  (emit, [x]) => emit.not(emit.convert(x, "bool")),
);

/**
 * Whether it is NaN, which integers never are.
 *
 * In: a numeric dtype; out: bool, the same shape.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { isNaN, tensor, toArray } from "@cotangent/core";
 *
 * toArray(isNaN(tensor([1, NaN]))); // [false, true]
 * ```
 */
export const isNaN: Predicate = /* @__PURE__ */ predicate(
  "isNaN",
  (x) => (Number.isNaN(x) ? 1 : 0),
  numericDTypes,
  numeric,
  (emit, [x]) => emit.not(emit.equal(x, x)),
);

/**
 * Whether it is neither NaN nor infinite, as integers always are.
 *
 * In: a numeric dtype; out: bool, the same shape.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { isFinite, tensor, toArray } from "@cotangent/core";
 *
 * toArray(isFinite(tensor([1, NaN, Infinity]))); // [true, false, false]
 * ```
 */
export const isFinite: Predicate = /* @__PURE__ */ predicate(
  "isFinite",
  (x) => (Number.isFinite(x) ? 1 : 0),
  numericDTypes,
  numeric,
  (emit, [x]) =>
    isFloating(x.dtype) ? emit.less(emit.abs(x), emit.constant(Infinity, x.dtype)) : emit.constant(1, "bool"),
);

/**
 * Whether it is ∞ or -∞, which integers never are.
 *
 * In: a numeric dtype; out: bool, the same shape.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { isInf, tensor, toArray } from "@cotangent/core";
 *
 * toArray(isInf(tensor([1, NaN, -Infinity]))); // [false, false, true]
 * ```
 */
export const isInf: Predicate = /* @__PURE__ */ predicate(
  "isInf",
  (x) => (x === Infinity || x === -Infinity ? 1 : 0),
  numericDTypes,
  numeric,
  (emit, [x]) =>
    isFloating(x.dtype)
      ? emit.equal(emit.abs(x), emit.constant(Infinity, x.dtype))
      : emit.constant(0, "bool"),
);
