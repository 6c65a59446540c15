/** Comparisons and logic: their results are bools, which have no tangent. */

import type { Comparison, Predicate } from "../types/elementwise.js";
import type { DType, Untyped } from "../types/tensor.js";
import { mapBinary, mapUnary } from "../kernels/elementwise.js";
import {
  binaryLoop,
  isEqual,
  isGreater,
  isLess,
  unaryLoop,
  type BinaryKernel,
  type UnaryKernel,
} from "../kernels/loops.js";
import { elementByElement, type Element, type Emit } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { anyDType, numeric, type Domain, type Samples } from "../program/samples.js";
import { isFloating } from "../tensor/dtype.js";
import { discrete } from "./define.js";
import {
  allDTypes,
  binaryOperation,
  elementwiseBatch,
  elementwiseSamples,
  elementwiseShape,
  numericDTypes,
  unaryOperation,
  type NoParams,
} from "./elementwise-rules.js";

const ties: readonly Domain[] = [{ min: -2, max: 2, whole: true, points: [0, 1] }];

type Lower = <E extends Element>(emit: Emit<E>, operands: readonly [E, E, E]) => E;

const comparison = (name: string, kernel: BinaryKernel, lower: Lower): Untyped => {
  const loop = binaryLoop(kernel);
  const self: Primitive<NoParams> = discrete({
    name,
    shape: elementwiseShape(name, allDTypes, "bool"),
    evaluate: ([a, b]) => mapBinary(loop, a, b, "bool"),
    batch: elementwiseBatch(() => self),
    lower: elementByElement(lower),
    samples: elementwiseSamples(ties, anyDType, 2),
  });
  return binaryOperation(self);
};

const predicate = (
  name: string,
  kernel: UnaryKernel,
  accepts: readonly DType[],
  dtypes: Samples<NoParams>["dtypes"],
  lower: Lower,
): Untyped => {
  const loop = unaryLoop(kernel);
  const self: Primitive<NoParams> = discrete({
    name,
    shape: elementwiseShape(name, accepts, "bool"),
    evaluate: ([x]) => mapUnary(loop, x, "bool"),
    batch: elementwiseBatch(() => self),
    lower: elementByElement(lower),
    samples: elementwiseSamples([{ min: -2, max: 2, points: [0, NaN, Infinity, -Infinity] }], dtypes, 1),
  });
  return unaryOperation(self);
};

/** Whether a = b, element by element; NaN equals nothing. */
export const equal: Comparison<"equal"> = /* @__PURE__ */ comparison("equal", isEqual, (emit, [a, b]) =>
  emit.equal(a, b),
);
/** Whether a ≠ b; NaN differs from everything. */
export const notEqual: Comparison<"notEqual"> = /* @__PURE__ */ comparison(
  "notEqual",
  (a, b) => (a !== b ? 1 : 0),
  (emit, [a, b]) => emit.not(emit.equal(a, b)),
);
/** Whether a < b. */
export const less: Comparison<"less"> = /* @__PURE__ */ comparison("less", isLess, (emit, [a, b]) =>
  emit.less(a, b),
);
/** Whether a ≤ b. */
export const lessEqual: Comparison<"lessEqual"> = /* @__PURE__ */ comparison(
  "lessEqual",
  (a, b) => (a <= b ? 1 : 0),
  (emit, [a, b]) => emit.lessEqual(a, b),
);
/** Whether a > b. */
export const greater: Comparison<"greater"> = /* @__PURE__ */ comparison(
  "greater",
  isGreater,
  (emit, [a, b]) => emit.less(b, a),
);
/** Whether a ≥ b. */
export const greaterEqual: Comparison<"greaterEqual"> = /* @__PURE__ */ comparison(
  "greaterEqual",
  (a, b) => (a >= b ? 1 : 0),
  (emit, [a, b]) => emit.lessEqual(b, a),
);

/** Whether both are true; a number is true where it is not 0. */
export const logicalAnd: Comparison<"logicalAnd"> = /* @__PURE__ */ comparison(
  "logicalAnd",
  (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  (emit, [a, b]) => emit.and(emit.convert(a, "bool"), emit.convert(b, "bool")),
);
/** Whether at least one is true. */
export const logicalOr: Comparison<"logicalOr"> = /* @__PURE__ */ comparison(
  "logicalOr",
  (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  (emit, [a, b]) => emit.or(emit.convert(a, "bool"), emit.convert(b, "bool")),
);
/** Whether exactly one is true. */
export const logicalXor: Comparison<"logicalXor"> = /* @__PURE__ */ comparison(
  "logicalXor",
  (a, b) => ((a !== 0) !== (b !== 0) ? 1 : 0),
  (emit, [a, b]) => emit.xor(emit.convert(a, "bool"), emit.convert(b, "bool")),
);
/** Whether it is false; a number is false where it is 0. */
export const logicalNot: Predicate<DType> = /* @__PURE__ */ predicate(
  "logicalNot",
  (x) => (x === 0 ? 1 : 0),
  allDTypes,
  anyDType,
  (emit, [x]) => emit.not(emit.convert(x, "bool")),
);

/** Whether it is NaN. */
export const isNaN: Predicate = /* @__PURE__ */ predicate(
  "isNaN",
  (x) => (Number.isNaN(x) ? 1 : 0),
  numericDTypes,
  numeric,
  (emit, [x]) => emit.not(emit.equal(x, x)),
);
/** Whether it is neither NaN nor infinite. */
export const isFinite: Predicate = /* @__PURE__ */ predicate(
  "isFinite",
  (x) => (Number.isFinite(x) ? 1 : 0),
  numericDTypes,
  numeric,
  (emit, [x]) =>
    isFloating(x.dtype) ? emit.less(emit.abs(x), emit.constant(Infinity, x.dtype)) : emit.constant(1, "bool"),
);
/** Whether it is ∞ or -∞. */
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
