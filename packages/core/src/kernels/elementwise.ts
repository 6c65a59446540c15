/** Elementwise loops over strided operands of one shape. */

import type { DType } from "../types/tensor.js";
import { ArrayTensor, contiguousTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { BinaryLoop, UnaryLoop } from "./loops.js";
import { forEachRow } from "./strided.js";

/** Applies a loop to every element. */
export const mapUnary = (loop: UnaryLoop, x: ArrayTensor, dtype: DType): ArrayTensor => {
  const { data, shape } = x;
  const size = sizeOfShape(shape);
  const out = allocate(dtype, size);
  if (x.contiguous) {
    loop(data, x.offset, 1, out, 0, size);
    return new ArrayTensor(out, shape, dtype, x.strides, 0, true);
  }
  forEachRow(shape, [x.strides], [x.offset], (at, steps, position, length) => {
    loop(data, at[0]!, steps[0]!, out, position, length);
  });
  return contiguousTensor(out, shape, dtype);
};

/** Applies a loop to every pair of elements of two operands of one shape. */
export const mapBinary = (loop: BinaryLoop, a: ArrayTensor, b: ArrayTensor, dtype: DType): ArrayTensor => {
  const { shape } = a;
  const size = sizeOfShape(shape);
  const out = allocate(dtype, size);
  // Both without gaps, or one of them and one element for all of the other.
  const s = flatStep(a);
  const t = flatStep(b);
  if (s >= 0 && t >= 0 && s + t > 0) {
    loop(a.data, a.offset, s, b.data, b.offset, t, out, 0, size);
    return new ArrayTensor(out, shape, dtype, s === 1 ? a.strides : b.strides, 0, true);
  }
  forEachRow(shape, [a.strides, b.strides], [a.offset, b.offset], (at, steps, position, length) => {
    loop(a.data, at[0]!, steps[0]!, b.data, at[1]!, steps[1]!, out, position, length);
  });
  return contiguousTensor(out, shape, dtype);
};

/** The one step through all elements: 1 without gaps, 0 where one element stands for all, -1 if there is none. */
const flatStep = (x: ArrayTensor): number => {
  if (x.contiguous) return 1;
  for (const stride of x.strides) if (stride !== 0) return -1;
  return 0;
};

/** `condition ? a : b`, elementwise. */
export const mapSelect = (condition: ArrayTensor, a: ArrayTensor, b: ArrayTensor): ArrayTensor => {
  const out = allocate(a.dtype, sizeOfShape(a.shape));
  const test = condition.data;
  const yes = a.data;
  const no = b.data;
  forEachRow(
    a.shape,
    [condition.strides, a.strides, b.strides],
    [condition.offset, a.offset, b.offset],
    (at, steps, position, length) => {
      let [c, i, j] = [at[0]!, at[1]!, at[2]!];
      const [r, s, t] = [steps[0]!, steps[1]!, steps[2]!];
      for (let o = position; o < position + length; o++, c += r, i += s, j += t)
        out[o] = test[c] !== 0 ? yes[i]! : no[j]!;
    },
  );
  return contiguousTensor(out, a.shape, a.dtype);
};
