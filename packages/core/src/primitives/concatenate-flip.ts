/** Joining tensors along an axis, and reversing axes. */

import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { concatenateArrays } from "../kernels/concatenate.js";
import { axisIndex } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { anyDType } from "../program/samples.js";
import { zero } from "../program/symbolic-zero.js";
import { viewTensor } from "../tensor/array-tensor.js";
import { sameShape, showAval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { apply, linear } from "./define.js";
import { sliceAlong } from "./slice-pad.js";
import { batchFront } from "./sum-broadcast.js";

interface ConcatenateParams {
  readonly axis: number;
}

/** The operands one after another along an axis; the adjoint hands each its part of the cotangent. */
export const concatenatePrimitive: Primitive<ConcatenateParams> = /* @__PURE__ */ linear({
  name: "concatenate",
  shape: (inputs, { axis }) => {
    const [first] = inputs;
    const others = first.shape.map((length, index) => (index === axis ? -1 : length));
    const fits = inputs.every(
      ({ shape, dtype }) =>
        dtype === first.dtype &&
        shape.length === first.shape.length &&
        sameShape(
          shape.map((length, index) => (index === axis ? -1 : length)),
          others,
        ),
    );
    const total = inputs.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
    return fits
      ? right({
          shape: first.shape.map((length, index) => (index === axis ? total : length)),
          dtype: first.dtype,
        })
      : left(
          tensorError({
            kind: "ShapeMismatch",
            operation: "concatenate",
            problem: `tensors that are joined along axis ${axis} must agree in dtype and in every other axis`,
            found: inputs.map((input, index) => [`tensor ${index}`, showAval(input)] as const),
            fix: "reshape, convert or pad the odd one; to join along a new axis use stack",
          }),
        );
  },
  evaluate: (inputs, { axis }, output) => concatenateArrays(inputs, axis, output),
  transpose: (cotangent, operands, of, { axis }) => {
    let start = 0;
    return operands.map((operand, index) => {
      const stop = start + operand.shape[axis]!;
      const part = of[index] === true ? sliceAlong(cotangent, axis, start, stop) : zero;
      start = stop;
      return part;
    });
  },
  batch: (operands, batched, size, { axis }) =>
    joinAlong(
      operands.map((operand, index) => batchFront(operand, batched[index] === true, size)),
      axis + 1,
    ),
  lower: {
    kind: "parts",
    parts: (inputs, { axis }) => {
      let start = 0;
      const operands = inputs.map(({ shape }) => {
        const to = start;
        start += shape[axis] ?? 0;
        return shape.map((length, index) => ({ from: 0, length, to: index === axis ? to : 0, step: 1 }));
      });
      return { value: 0, operands };
    },
  },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: anyDType,
    cases: [
      { shapes: [[2], [3]], params: { axis: 0 } },
      {
        shapes: [
          [2, 1],
          [2, 2],
          [2, 0],
        ],
        params: { axis: 1 },
      },
      {
        shapes: [
          [1, 2],
          [2, 2],
        ],
        params: { axis: 0 },
      },
      { shapes: [[3]], params: { axis: 0 } },
    ],
  },
});

/** The tensors one after another along an axis. */
export const joinAlong = (operands: readonly Value[], axis: number): Value => {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : apply(concatenatePrimitive, operands, { axis });
};

interface FlipParams {
  readonly axes: readonly number[];
}

/** y[…, i, …] = x[…, n - 1 - i, …] along some axes: a view with negative strides, and its own adjoint. */
export const flipPrimitive: Primitive<FlipParams> = /* @__PURE__ */ linear({
  name: "flip",
  shape: ([x]) => right(x),
  evaluate: ([x], { axes }) => {
    const strides = x.strides.slice();
    let { offset } = x;
    for (const axis of axes) {
      offset += Math.max(x.shape[axis]! - 1, 0) * strides[axis]!;
      strides[axis] = -strides[axis]!;
    }
    return viewTensor(x, x.shape, strides, offset);
  },
  transpose: (cotangent, _operands, _linear, { axes }) => [reverse(cotangent, axes)],
  batch: ([x], _batched, _size, { axes }) =>
    reverse(
      x,
      axes.map((axis) => axis + 1),
    ),
  lower: {
    kind: "view",
    index: ({ shape }, { axes }) =>
      shape.map((length, axis) =>
        axes.includes(axis) ? axisIndex(shape.length, axis, length - 1, -1) : axisIndex(shape.length, axis),
      ),
  },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: anyDType,
    cases: [
      { shapes: [[4]], params: { axes: [0] } },
      { shapes: [[2, 3]], params: { axes: [0, 1] } },
      { shapes: [[2, 3]], params: { axes: [1] } },
      { shapes: [[0]], params: { axes: [0] } },
    ],
  },
});

/** The elements of some axes in the other order: a view. */
export const reverse = (x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : apply(flipPrimitive, [x], { axes });
