/** The inputs and outputs of a compiled program, one by one: elements of small ones are copied at each call, to and from a place behind the scratch. */

import type { ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, bytesOf, copyOfElements, type TypedArray } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import { contiguous } from "../kernels/strided.js";

/** Tensors of fewer bytes are small: to keep and find a copy would cost as much. */
export const smallBytes = 16384;
/** Up to so many elements a loop is faster than `set`. */
const loopedElements = 32;

/** One input or output, where it lies behind the base of the scratch if it is small. */
export class Slot {
  readonly size: number;
  readonly bytes: number;
  readonly isSmall: boolean;
  readonly strides: readonly number[];
  /** All of the memory, and the place of the first element there, while the base stays. */
  view: TypedArray | undefined;
  start = 0;

  /** `place` is that of its address in the table. */
  constructor(
    readonly aval: Aval,
    readonly place: number,
    readonly offset: number,
  ) {
    this.size = sizeOfShape(aval.shape);
    this.bytes = this.size * bytesOf(aval.dtype);
    this.isSmall = this.bytes < smallBytes;
    this.strides = rowMajorStrides(aval.shape);
  }
}

/** Copies a small tensor's elements to its slot, which is bound. */
export const copyIn = ({ view, start, size }: Slot, x: ArrayTensor): void => {
  const { data, offset } = contiguous(x);
  if (view === undefined) return;
  if (size <= loopedElements)
    for (let index = 0; index < size; index++) view[start + index] = data[offset + index] ?? 0;
  else view.set(data.length === size ? data : data.subarray(offset, offset + size), start);
};

/** The elements of a small slot, which is bound. */
export const copyOut = ({ view, start, size, aval }: Slot): TypedArray => {
  if (size > loopedElements && view !== undefined) return copyOfElements(view, start, size);
  const data = allocate(aval.dtype, size);
  if (view !== undefined) for (let index = 0; index < size; index++) data[index] = view[start + index] ?? 0;
  return data;
};
