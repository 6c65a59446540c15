/** What products of two tensors check: one numeric dtype, and one length where axes are contracted. */

import type { Shape } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { numericDTypes } from "../primitives/elementwise-rules.js";
import { broadcastShapes, showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, checkDType, checkSameDType } from "../trace/operands.js";

/** Two tensors of one numeric dtype. */
export const pairOf = (operation: string, a: unknown, b: unknown): readonly [Value, Value] => {
  const x = asTensor(operation, a);
  const y = asTensor(operation, b);
  if (x.dtype !== y.dtype) checkSameDType(operation, x.dtype, y.dtype);
  if (x.dtype === "bool") checkDType(operation, x.dtype, numericDTypes);
  return [x, y];
};

/** Axis i of the left operand and axis j of the right one must have one length. */
export const checkLengths = (
  operation: string,
  x: Value,
  i: number,
  y: Value,
  j: number,
  fix: string,
): void => {
  if (x.shape[i] === y.shape[j]) return;
  throw tensorError({
    kind: "ShapeMismatch",
    operation,
    problem: "contracted dimensions differ",
    found: [
      ["left", `${showShape(x.shape)}   axis ${i} has length ${x.shape[i] ?? 1}`],
      ["right", `${showShape(y.shape)}   axis ${j} has length ${y.shape[j] ?? 1}`],
    ],
    fix,
  });
};

/** The shape that the batch axes of two operands broadcast to: those of `x` have the lengths `a`, those of `y` the lengths `b`. */
export const batchShape = (operation: string, x: Value, a: Shape, y: Value, b: Shape): Shape => {
  const batch = broadcastShapes(operation, a, b);
  if (batch._tag === "Right") return batch.right;
  throw tensorError({
    kind: "ShapeMismatch",
    operation,
    problem: `the other axes, ${showShape(a)} and ${showShape(b)}, do not broadcast`,
    found: [
      ["left", showShape(x.shape)],
      ["right", showShape(y.shape)],
    ],
    fix: "their lengths are compared from the last on; they must be equal, or one of them 1 (see expandDims)",
  });
};
