/** Pure shape algebra: sizes, strides, broadcasting, axes. What can fail gives an `Either`. */

import type { Either } from "fp-ts/lib/Either.js";
import { left, right } from "../errors/either.js";
import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { DType, Shape } from "../types/tensor.js";

/** An abstract value: what is known of a tensor without its elements. */
export interface Aval {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A shape as messages print it: `[2, 3]`. */
export const showShape = (shape: Shape): string => `[${shape.join(", ")}]`;
/** A shape with its dtype as messages print it: `float32[2, 3]`. */
export const showAval = ({ shape, dtype }: Aval): string => `${dtype}${showShape(shape)}`;

/** The number of elements. */
export const sizeOfShape = (shape: Shape): number => {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
};

/** Whether two shapes have the same lengths. */
export const sameShape = (a: Shape, b: Shape): boolean => {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
};

/** Whether two have the same shape and dtype. */
export const sameAval = (a: Aval, b: Aval): boolean => a.dtype === b.dtype && sameShape(a.shape, b.shape);

/** Strides of a contiguous row-major array, in elements. */
export const rowMajorStrides = (shape: Shape): readonly number[] => {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] ?? 1;
  }
  return strides;
};

/** The one step of several axes that are walked as one, if there is one; 1 where there is one element. */
export const commonStep = (shape: Shape, steps: readonly number[]): number | undefined => {
  let step: number | undefined;
  let expected = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    const found = steps[axis] ?? 0;
    if (length === 1) continue;
    if (step === undefined) step = found;
    else if (found !== expected) return undefined;
    expected = found * length;
  }
  return step ?? 1;
};

/** NumPy's rule: shapes are aligned at their last axes, and a length of 1 stretches. */
export const broadcastShapes = (operation: string, a: Shape, b: Shape): Either<TensorError, Shape> => {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const m = a[axis - rank + a.length] ?? 1;
    const n = b[axis - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      return left(
        tensorError({
          kind: "ShapeMismatch",
          operation,
          problem: `shapes ${showShape(a)} and ${showShape(b)} do not broadcast`,
          found: [
            ["left", `${showShape(a)}   axis ${axis - rank + a.length} has length ${m}`],
            ["right", `${showShape(b)}   axis ${axis - rank + b.length} has length ${n}`],
          ],
          fix: "lengths are compared from the last axis on; they must be equal, or one of them 1 (see expandDims, reshape)",
        }),
      );
    }
    shape.push(m === 1 ? n : m);
  }
  return right(shape);
};

/** An axis in [-rank, rank) as an axis in [0, rank). */
export const normalizeAxis = (operation: string, axis: number, rank: number): Either<TensorError, number> =>
  Number.isInteger(axis) && axis >= -rank && axis < rank
    ? right(axis < 0 ? axis + rank : axis)
    : left(
        tensorError({
          kind: "AxisOutOfRange",
          operation,
          problem: Number.isInteger(axis)
            ? `axis ${axis} is out of range for rank ${rank}`
            : `an axis must be an integer`,
          found: [
            [
              "expected",
              rank === 0 ? "no axis: the tensor is a scalar" : `an integer from ${-rank} to ${rank - 1}`,
            ],
            ["got", typeof axis === "number" ? String(axis) : typeof axis],
          ],
          fix: rank === 0 ? "leave `axis` out" : "count axes from 0, or from -1 at the end",
        }),
      );

/** A list of axes, each normalised, none twice; undefined means all of them. */
export const normalizeAxes = (
  operation: string,
  axis: number | readonly number[] | undefined,
  rank: number,
): Either<TensorError, readonly number[]> => {
  if (axis === undefined) return right(Array.from({ length: rank }, (_, index) => index));
  const axes: number[] = [];
  for (const one of typeof axis === "object" ? axis : [axis]) {
    const normal = normalizeAxis(operation, one, rank);
    if (normal._tag === "Left") return normal;
    if (axes.includes(normal.right)) {
      return left(
        tensorError({
          kind: "InvalidArgument",
          operation,
          problem: `axis ${normal.right} is named twice`,
          found: [["got", showShape([...(axis as readonly number[])])]],
          fix: "name each axis once",
        }),
      );
    }
    axes.push(normal.right);
  }
  return right(axes);
};

/** The error of a shape that is not a list of non-negative integers. */
export const checkShape = (operation: string, shape: unknown): Either<TensorError, Shape> =>
  Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 0)
    ? right(shape as Shape)
    : left(
        tensorError({
          kind: "InvalidArgument",
          operation,
          problem: "a shape is a list of non-negative integers",
          found: [["got", Array.isArray(shape) ? `[${shape.map(String).join(", ")}]` : String(shape)]],
          fix: `write ${operation}([2, 3]) for two rows and three columns, ${operation}([]) for a scalar`,
        }),
      );
