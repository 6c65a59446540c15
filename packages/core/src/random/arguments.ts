/** What samplers are given: shapes, dtypes, parameters that broadcast to a shape. */

import type { DType, Floating, Shape } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { broadcastLast } from "../primitives/sum-broadcast.js";
import { scalarTensor } from "../tensor/array-tensor.js";
import { isFloating } from "../tensor/dtype.js";
import { broadcastShapes, sameShape, showAval, showShape } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";

/** A list of lengths. */
export const asShape = (operation: string, shape: unknown): Shape => {
  const isShape =
    Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && Number(length) >= 0);
  if (isShape) return (shape as Shape).slice(); // its elements were just looked at
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "a shape is a list of whole numbers, none negative",
    found: [["got", Array.isArray(shape) ? `[${shape.map(String).join(", ")}]` : describe(shape)]],
    fix: "write [2, 3] for two rows of three, [] for a scalar",
  });
};

/** A choice of two. */
export const asFlag = (operation: string, name: string, flag: unknown, otherwise: boolean): boolean => {
  if (flag === undefined) return otherwise;
  if (typeof flag === "boolean") return flag;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${name} must be true or false`,
    found: [["got", describe(flag)]],
    fix: `leave it out for ${otherwise}`,
  });
};

/** The dtype of the options, one of those that the sampler draws. */
export const asDType = <D extends DType>(operation: string, dtype: DType, accepts: readonly D[]): D => {
  const accepted = accepts.find((one) => one === dtype);
  if (accepted !== undefined) return accepted;
  throw tensorError({
    kind: "UnsupportedDType",
    operation,
    problem: `it does not draw ${dtype}`,
    found: [
      ["expected", accepts.join(", ")],
      ["got", dtype],
    ],
    fix: `leave dtype out for ${accepts[0] ?? "float32"}`,
  });
};

/** The dtype of a parameter by which the dtype of the draws is chosen. */
export const floatingDType = (operation: string, name: string, dtype: DType): Floating => {
  if (isFloating(dtype)) return dtype;
  throw tensorError({
    kind: "UnsupportedDType",
    operation,
    problem: `${name} must be floating`,
    found: [
      ["expected", "float32 or float64"],
      ["got", dtype],
    ],
    fix: `convert it first: convert(${name}, "float32")`,
  });
};

/** A parameter as a value of a dtype: a number is weak, a tensor must have the dtype. */
export const asParameter = (operation: string, name: string, x: unknown, dtype: DType): Value => {
  if (typeof x === "number") {
    if (isFloating(dtype) || (dtype === "int32" ? x | 0 : x >>> 0) === x) return scalarTensor(x, dtype);
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: `${name} is no number of ${dtype}, which is drawn`,
      found: [["got", String(x)]],
      fix:
        dtype === "int32"
          ? "give a whole number from -(2 ** 31) to 2 ** 31 - 1"
          : "give a whole number from 0 to 2 ** 32 - 1",
    });
  }
  if (x instanceof Value) {
    if (x.dtype === dtype) return x;
    throw otherDType(operation, name, x, dtype);
  }
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${name} must be a number or a tensor`,
    found: [["got", describe(x)]],
    fix: `leave ${name} out for its default`,
  });
};

const otherDType = (operation: string, name: string, x: Value, dtype: DType): Error =>
  tensorError({
    kind: "DTypeMismatch",
    operation,
    problem: `${name} has another dtype than what is drawn`,
    found: [
      ["drawn", dtype],
      [name, showAval(x)],
    ],
    fix: `draw { dtype: "${x.dtype}" }, or convert ${name}: convert(${name}, "${dtype}")`,
  });

/** A parameter stretched to the shape that is drawn; it must not be larger. */
export const stretch = (operation: string, name: string, x: Value, shape: Shape): Value => {
  if (sameShape(x.shape, shape)) return x;
  const common = broadcastShapes(operation, x.shape, shape);
  if (common._tag === "Right" && sameShape(common.right, shape)) return broadcastLast(x, shape);
  throw tensorError({
    kind: "ShapeMismatch",
    operation,
    problem: `${name} does not broadcast to the shape that is drawn`,
    found: [
      ["shape", showShape(shape)],
      [name, showShape(x.shape)],
    ],
    fix: `draw the shape of ${name} or a larger one, aligned at the last axis`,
  });
};
