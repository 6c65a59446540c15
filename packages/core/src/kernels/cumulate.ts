/** Running folds along an axis, in float64 whatever the dtype. Indices are in range by the checked shapes, hence the `!`. */

import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import { contiguous } from "./strided.js";

/** yᵢ = step(yᵢ₋₁, xᵢ) along an axis, y₀ = x₀; from the end of the axis if `reverse`. In and out: one shape, one dtype. */
export const cumulate = (
  x: ArrayTensor,
  axis: number,
  reverse: boolean,
  step: (accumulated: number, element: number) => number,
): ArrayTensor => {
  const { data, offset } = contiguous(x);
  const length = x.shape[axis]!;
  const inner = sizeOfShape(x.shape.slice(axis + 1));
  const size = sizeOfShape(x.shape);
  const out = allocate(x.dtype, size);
  const first = reverse ? (length - 1) * inner : 0;
  const next = reverse ? -inner : inner;
  for (let block = 0; block < size; block += length * inner) {
    for (let i = 0; i < inner; i++) {
      let place = block + i + first;
      let total = data[offset + place]!;
      out[place] = total;
      for (let k = 1; k < length; k++) {
        place += next;
        total = step(total, data[offset + place]!);
        out[place] = total;
      }
    }
  }
  return contiguousTensor(out, x.shape, x.dtype);
};
