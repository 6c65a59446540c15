/** Slice and pad: each is the other's adjoint. */

import type { Shape } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { padArray } from "../kernels/pad.js";
import { axisIndex, type PartAxis } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { anyDType } from "../program/samples.js";
import { isZero, zero } from "../program/symbolic-zero.js";
import { viewTensor } from "../tensor/array-tensor.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { apply, linear, primitive } from "./define.js";

interface SliceParams {
  /** For each axis: the first index, the end (exclusive), the step, at least 1. */
  readonly starts: readonly number[];
  readonly stops: readonly number[];
  readonly steps: readonly number[];
}

const slicedLength = (start: number, stop: number, step: number): number =>
  Math.max(0, Math.ceil((stop - start) / step));

/** y[i] = x[start + i · step] along each axis: a view. The adjoint pads the cotangent with zeros. */
export const slicePrimitive: Primitive<SliceParams> = /* @__PURE__ */ linear({
  name: "slice",
  shape: ([x], { starts, stops, steps }) => {
    const valid = x.shape.every((length, axis) => {
      const start = starts[axis]!;
      const stop = stops[axis]!;
      return (
        [start, stop, steps[axis]].every(Number.isInteger) &&
        start >= 0 &&
        stop <= length &&
        start <= stop &&
        steps[axis]! >= 1
      );
    });
    return valid && starts.length === x.shape.length
      ? right({
          shape: starts.map((start, axis) => slicedLength(start, stops[axis]!, steps[axis]!)),
          dtype: x.dtype,
        })
      : left(
          tensorError({
            kind: "IndexOutOfRange",
            operation: "slice",
            problem: "the slice does not lie inside the tensor",
            found: [
              ["shape", showShape(x.shape)],
              ["starts", showShape(starts)],
              ["stops", showShape(stops)],
              ["steps", showShape(steps)],
            ],
            fix: "give one start, stop and step an axis, with 0 <= start <= stop <= length and step >= 1",
          }),
        );
  },
  evaluate: ([x], { starts, steps }, { shape }) =>
    viewTensor(
      x,
      shape,
      steps.map((step, axis) => step * x.strides[axis]!),
      starts.reduce((offset, start, axis) => offset + start * x.strides[axis]!, x.offset),
    ),
  transpose: (cotangent, [x], _linear, { starts, steps }) => [
    pad(
      cotangent,
      starts.map((low, axis) => {
        const length = cotangent.shape[axis]!;
        const step = steps[axis]!;
        const covered = length === 0 ? 0 : (length - 1) * step + 1;
        return { low, high: x.shape[axis]! - low - covered, interior: step - 1 };
      }),
      0,
    ),
  ],
  batch: ([x], _batched, size, { starts, stops, steps }) =>
    apply(slicePrimitive, [x], { starts: [0, ...starts], stops: [size, ...stops], steps: [1, ...steps] }),
  lower: {
    kind: "view",
    index: ({ shape }, { starts, steps }) =>
      shape.map((_, axis) => axisIndex(shape.length, axis, starts[axis], steps[axis])),
  },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: anyDType,
    cases: [
      { shapes: [[5]], params: { starts: [1], stops: [4], steps: [1] } },
      { shapes: [[6]], params: { starts: [1], stops: [6], steps: [2] } },
      { shapes: [[3, 4]], params: { starts: [0, 1], stops: [2, 4], steps: [1, 2] } },
      { shapes: [[3]], params: { starts: [2], stops: [2], steps: [1] } },
      { shapes: [[]], params: { starts: [], stops: [], steps: [] } },
    ],
  },
});

/** A part of each axis: a view. */
export const slice = (
  x: Value,
  starts: readonly number[],
  stops: readonly number[],
  steps: readonly number[],
): Value =>
  steps.every((step) => step === 1) &&
  starts.every((start, axis) => start === 0 && stops[axis] === x.shape[axis])
    ? x
    : apply(slicePrimitive, [x], { starts, stops, steps });

/** A part of one axis. */
export const sliceAlong = (x: Value, axis: number, start: number, stop: number): Value =>
  slice(
    x,
    x.shape.map((_, index) => (index === axis ? start : 0)),
    x.shape.map((length, index) => (index === axis ? stop : length)),
    x.shape.map(() => 1),
  );

/** The places that padding adds along one axis. */
export interface Padding {
  /** Elements before the first one; negative crops. */
  readonly low: number;
  readonly high: number;
  /** Elements between each two. */
  readonly interior: number;
}

interface PadParams {
  readonly padding: readonly Padding[];
  /** What stands in the new places: a constant. */
  readonly value: number;
}

const paddedShape = (shape: Shape, padding: readonly Padding[]): Shape =>
  shape.map((length, axis) => {
    const { low, high, interior } = padding[axis]!;
    return low + high + length + Math.max(length - 1, 0) * interior;
  });

/** y[low + i · (interior + 1)] = x[i] along each axis, `value` elsewhere. The adjoint slices the cotangent. */
export const padPrimitive: Primitive<PadParams> = /* @__PURE__ */ primitive({
  name: "pad",
  shape: ([x], { padding }) => {
    const shape = padding.length === x.shape.length ? paddedShape(x.shape, padding) : [-1];
    return shape.every((length) => Number.isInteger(length) && length >= 0)
      ? right({ shape, dtype: x.dtype })
      : left(
          tensorError({
            kind: "InvalidArgument",
            operation: "pad",
            problem: "the padding does not fit the tensor",
            found: [
              ["shape", showShape(x.shape)],
              ["padding", padding.map(({ low, high }) => `[${low}, ${high}]`).join(", ")],
            ],
            fix: "give one [low, high] an axis; a negative width crops no more than the length",
          }),
        );
  },
  evaluate: ([x], { padding, value }, output) => padArray(x, padding, value, output),
  jvp: ([x], [dx], { padding, value }) => [pad(x, padding, value), isZero(dx) ? zero : pad(dx, padding, 0)],
  transpose: (cotangent, _operands, _linear, { padding }) => [unpad(cotangent, padding)],
  batch: ([x], _batched, _size, { padding, value }) => pad(x, [noPadding, ...padding], value),
  lower: {
    kind: "parts",
    parts: ([x], { padding, value }, { shape }) => ({
      value,
      operands: [padding.map((widths, axis) => partOf(x?.shape[axis] ?? 0, shape[axis] ?? 0, widths))],
    }),
  },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: anyDType,
    cases: [
      { shapes: [[3]], params: { padding: [{ low: 1, high: 2, interior: 0 }], value: 0 } },
      { shapes: [[3]], params: { padding: [{ low: -1, high: 1, interior: 2 }], value: 1 } },
      {
        shapes: [[2, 3]],
        params: {
          padding: [
            { low: 0, high: 1, interior: 1 },
            { low: 2, high: -1, interior: 0 },
          ],
          value: 0,
        },
      },
      { shapes: [[0]], params: { padding: [{ low: 1, high: 1, interior: 0 }], value: 0 } },
      { shapes: [[]], params: { padding: [], value: 0 } },
    ],
  },
});

/** Which elements of an axis stay, and where they go. */
const partOf = (length: number, padded: number, { low, interior }: Padding): PartAxis => {
  const step = interior + 1;
  const from = low < 0 ? Math.min(length, Math.ceil(-low / step)) : 0;
  const end = Math.min(length, Math.max(from, Math.ceil((padded - low) / step)));
  return { from, length: end - from, to: low + from * step, step };
};

const noPadding: Padding = { low: 0, high: 0, interior: 0 };

/** A constant around and between the elements of each axis; negative widths crop. Its derivative pads with zeros. */
export const pad = (x: Value, padding: readonly Padding[], value: number): Value =>
  apply(padPrimitive, [x], { padding, value });

/** The adjoint of padding with zeros: crops what was added, and puts zeros where elements were cropped. */
const unpad = (cotangent: Value, padding: readonly Padding[]): Value => {
  const cropped = pad(
    cotangent,
    padding.map(({ low, high }) => ({ low: -low, high: -high, interior: 0 })),
    0,
  );
  return slice(
    cropped,
    padding.map(() => 0),
    cropped.shape,
    padding.map(({ interior }) => interior + 1),
  );
};
