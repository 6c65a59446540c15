/** Sum and broadcast: each is the other's adjoint. */

import type { Shape } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { reduceAxes, sumFold } from "../kernels/reduce.js";
import { axisIndex, fixedIndex } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { anyDType, numeric } from "../program/samples.js";
import { viewTensor } from "../tensor/array-tensor.js";
import { sameShape, showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { apply, linear } from "./define.js";
import { dropAxes, reductionCases, type ReduceParams } from "./reduction-shape.js";
import { reshape } from "./reshape.js";

/** y = Σ x over some axes, which disappear; the adjoint repeats the cotangent along them. */
export const sumPrimitive: Primitive<ReduceParams> = /* @__PURE__ */ linear({
  name: "sum",
  shape: ([x], { axes }) => right({ shape: dropAxes(x.shape, axes), dtype: x.dtype }),
  evaluate: ([x], { axes }, output) => reduceAxes(x, axes, output, sumFold),
  transpose: (cotangent, [x], _linear, { axes }) => [broadcast(cotangent, x.shape, keptAxes(x.shape, axes))],
  batch: ([x], _batched, _size, { axes }) =>
    reduceSum(
      x,
      axes.map((axis) => axis + 1),
    ),
  lower: { kind: "reduce", fold: "sum", axes: ({ axes }) => axes },
  samples: { operands: [{ min: -3, max: 3 }], dtypes: numeric, cases: reductionCases },
});

/** The sum over some axes, which disappear. */
export const reduceSum = (x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : apply(sumPrimitive, [x], { axes });

/** The axes that are not reduced, in order. */
export const keptAxes = (shape: Shape, axes: readonly number[]): readonly number[] =>
  shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));

interface BroadcastParams {
  readonly shape: Shape;
  /** For each axis of the operand, the axis of the result that it becomes, in increasing order. */
  readonly axes: readonly number[];
}

/** The operand repeated along new axes, and along its own of length 1: a view. The adjoint sums over them. */
export const broadcastPrimitive: Primitive<BroadcastParams> = /* @__PURE__ */ linear({
  name: "broadcast",
  shape: ([x], { shape, axes }) =>
    axes.length === x.shape.length &&
    axes.every((axis, index) => x.shape[index] === shape[axis] || x.shape[index] === 1)
      ? right({ shape, dtype: x.dtype })
      : left(
          tensorError({
            kind: "ShapeMismatch",
            operation: "broadcastTo",
            problem: `shape ${showShape(x.shape)} does not broadcast to ${showShape(shape)}`,
            found: [
              ["from", showShape(x.shape)],
              ["to", showShape(shape)],
            ],
            fix: "each length must be 1 or the one of the result, counted from the last axis",
          }),
        ),
  evaluate: ([x], { shape, axes }) => {
    const strides = shape.map(() => 0);
    axes.forEach((axis, index) => {
      if (x.shape[index] !== 1) strides[axis] = x.strides[index]!;
    });
    return viewTensor(x, shape, strides, x.offset);
  },
  transpose: (cotangent, [x], _linear, { shape, axes }) => {
    const summed = shape
      .map((_, axis) => axis)
      .filter((axis) => {
        const from = axes.indexOf(axis);
        return from < 0 || (x.shape[from] === 1 && shape[axis] !== 1);
      });
    return [reshape(reduceSum(cotangent, summed), x.shape)];
  },
  batch: ([x], _batched, size, { shape, axes }) =>
    broadcast(x, [size, ...shape], [0, ...axes.map((axis) => axis + 1)]),
  lower: {
    kind: "view",
    index: (input, { shape, axes }) =>
      axes.map((axis, index) =>
        input.shape[index] === 1 ? fixedIndex(shape.length, 0) : axisIndex(shape.length, axis),
      ),
  },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: anyDType,
    cases: [
      { shapes: [[]], params: { shape: [2, 3], axes: [] } },
      { shapes: [[3]], params: { shape: [2, 3], axes: [1] } },
      { shapes: [[2, 1]], params: { shape: [2, 3], axes: [0, 1] } },
      { shapes: [[2]], params: { shape: [2, 3], axes: [0] } },
      { shapes: [[1]], params: { shape: [0], axes: [0] } },
    ],
  },
});

/** The operand's axes become the given axes of the result, the others repeat it: a view that costs nothing. */
export const broadcast = (x: Value, shape: Shape, axes: readonly number[]): Value =>
  sameShape(x.shape, shape) ? x : apply(broadcastPrimitive, [x], { shape, axes });

/** NumPy's alignment: the operand's axes are the last ones of the result. */
export const broadcastLast = (x: Value, shape: Shape): Value =>
  broadcast(
    x,
    shape,
    x.shape.map((_, axis) => axis + shape.length - x.shape.length),
  );

/** Gives a value without the batch axis one, in front. */
export const batchFront = (x: Value, batched: boolean, size: number): Value =>
  batched
    ? x
    : broadcast(
        x,
        [size, ...x.shape],
        x.shape.map((_, axis) => axis + 1),
      );
