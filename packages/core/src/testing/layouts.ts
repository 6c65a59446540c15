/** Strided views: elements of a tensor in another storage, under other strides. */

import { ArrayTensor, viewTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import { elementsOf } from "./elements-of.js";

/** A view of a tensor's shape and dtype, over elements of it. */
export type Layout = (x: ArrayTensor) => ArrayTensor;

/** Walks the elements with given strides from an offset, in storage of a size that is NaN (or 1) between them. */
const laidOut = (x: ArrayTensor, strides: readonly number[], offset: number, size: number): ArrayTensor => {
  const data = allocate(x.dtype, size).fill(x.dtype === "float32" || x.dtype === "float64" ? NaN : 1);
  elementsOf(x).forEach((element, flat) => {
    let place = offset;
    for (let axis = x.shape.length - 1, rest = flat; axis >= 0; axis--) {
      const length = x.shape[axis] ?? 1;
      place += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    data[place] = element;
  });
  return new ArrayTensor(data, x.shape, x.dtype, strides, offset, x.shape.length === 0);
};

/** Strides of the axes in the given order, the last one closest. */
const stridesIn = (order: readonly number[], shape: readonly number[], step: number): readonly number[] => {
  const strides = shape.map(() => 0);
  let stride = step;
  for (const axis of [...order].reverse()) {
    strides[axis] = stride;
    stride *= Math.max(1, shape[axis] ?? 1);
  }
  return strides;
};

/** What a view may be like. */
export const layouts: Readonly<Record<string, Layout>> = {
  "transposed in storage": (x) =>
    laidOut(
      x,
      stridesIn(
        x.shape.map((_, axis) => x.shape.length - 1 - axis),
        x.shape,
        1,
      ),
      0,
      sizeOfShape(x.shape),
    ),
  "with gaps": (x) =>
    laidOut(
      x,
      stridesIn(
        x.shape.map((_, axis) => axis),
        x.shape,
        3,
      ),
      2,
      3 * sizeOfShape(x.shape) + 2,
    ),
  backwards: (x) => {
    const forward = stridesIn(
      x.shape.map((_, axis) => axis),
      x.shape,
      1,
    );
    return laidOut(
      x,
      forward.map((stride) => -stride),
      Math.max(0, sizeOfShape(x.shape) - 1),
      Math.max(1, sizeOfShape(x.shape)),
    );
  },
  "repeating its first row": (x) =>
    sizeOfShape(x.shape) === 0
      ? x
      : repeated(
          x,
          x.strides.map((stride, axis) => (axis === 0 ? 0 : stride)),
        ),
  "repeating one element": (x) =>
    sizeOfShape(x.shape) === 0
      ? x
      : repeated(
          x,
          x.strides.map(() => 0),
        ),
};

/** Strides of 0 where elements are repeated: these views hold fewer elements than x. */
const repeated = (x: ArrayTensor, strides: readonly number[]): ArrayTensor =>
  viewTensor(x, x.shape, strides, x.offset);
