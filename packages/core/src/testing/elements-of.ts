/** The elements of tensors as plain float64 arrays. */

import { contiguous } from "../kernels/strided.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { sizeOfShape } from "../tensor/shape.js";

/** The elements in row-major order: a copy. */
export const elementsOf = (x: ArrayTensor): Float64Array => {
  const { data, offset } = contiguous(x);
  return Float64Array.from(data.subarray(offset, offset + sizeOfShape(x.shape)));
};

/** The elements of several tensors, one after another. */
export const joinElements = (tensors: readonly ArrayTensor[]): Float64Array => {
  const parts = tensors.map(elementsOf);
  const joined = new Float64Array(parts.reduce((total, { length }) => total + length, 0));
  let start = 0;
  for (const part of parts) {
    joined.set(part, start);
    start += part.length;
  }
  return joined;
};
