/** Loops over one or two operands of equal shape, an element at a time. Indices are in range by the checked shapes, hence the `!`. */

import type { DType } from "../types/tensor.js";
import { ArrayTensor, contiguousTensor } from "../tensor/array-tensor.js";
import { allocate, type TypedArray } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import { forEachRow } from "./strided.js";

export type UnaryKernel = (x: number) => number;
export type BinaryKernel = (x: number, y: number) => number;

/** `out[o + k] = f(a[i + k·s], b[j + k·t])` for k below n: given by the few operations whose arithmetic is cheaper than a call. */
export type BinaryLoop = (
  a: TypedArray,
  i: number,
  s: number,
  b: TypedArray,
  j: number,
  t: number,
  out: TypedArray,
  o: number,
  n: number,
) => void;

/** A new tensor in the layout of `x`, which must be contiguous: shape and strides are shared. */
const like = (x: ArrayTensor, data: TypedArray, dtype: DType): ArrayTensor => new ArrayTensor(data, x.shape, dtype, x.strides, 0, true);

const mapFloat32 = (kernel: UnaryKernel, data: Float32Array, offset: number, out: Float32Array): void => {
  for (let index = 0; index < out.length; index++) out[index] = kernel(data[offset + index]!);
};

/** Applies a kernel to every element. */
export const mapUnary = (kernel: UnaryKernel, x: ArrayTensor, dtype: DType): ArrayTensor => {
  const { data, offset } = x;
  const size = sizeOfShape(x.shape);
  const out = allocate(dtype, size);
  if (x.contiguous) {
    if (data instanceof Float32Array && out instanceof Float32Array) mapFloat32(kernel, data, offset, out);
    else for (let index = 0; index < size; index++) out[index] = kernel(data[offset + index]!);
    return like(x, out, dtype);
  }
  forEachRow(x.shape, [x.strides], [offset], ([start], [step], position, length) => {
    for (let index = 0, from = start!; index < length; index++, from += step!) out[position + index] = kernel(data[from]!);
  });
  return contiguousTensor(out, x.shape, dtype);
};

/** The loop of a kernel that has none of its own. */
export const loopOf =
  (kernel: BinaryKernel): BinaryLoop =>
  (a, i, s, b, j, t, out, o, n) => {
    for (const end = o + n; o < end; o++, i += s, j += t) out[o] = kernel(a[i]!, b[j]!);
  };

/** Applies a loop to every pair of elements of two operands of one shape. */
export const mapBinary = (loop: BinaryLoop, a: ArrayTensor, b: ArrayTensor, dtype: DType): ArrayTensor => {
  const size = sizeOfShape(a.shape);
  const out = allocate(dtype, size);
  if (a.contiguous && b.contiguous) {
    loop(a.data, a.offset, 1, b.data, b.offset, 1, out, 0, size);
    return like(a, out, dtype);
  }
  forEachRow(a.shape, [a.strides, b.strides], [a.offset, b.offset], ([i, j], [s, t], position, length) => {
    loop(a.data, i!, s!, b.data, j!, t!, out, position, length);
  });
  return new ArrayTensor(out, a.shape, dtype, a.contiguous ? a.strides : rowMajorStrides(a.shape), 0, true);
};

/** `out = condition ? a : b`, elementwise. */
export const mapSelect = (condition: ArrayTensor, a: ArrayTensor, b: ArrayTensor): ArrayTensor => {
  const out = allocate(a.dtype, sizeOfShape(a.shape));
  const test = condition.data;
  const yes = a.data;
  const no = b.data;
  forEachRow(
    a.shape,
    [condition.strides, a.strides, b.strides],
    [condition.offset, a.offset, b.offset],
    ([c, i, j], [r, s, t], position, length) => {
      for (let k = 0; k < length; k++) out[position + k] = test[c! + k * r!] !== 0 ? yes[i! + k * s!]! : no[j! + k * t!]!;
    },
  );
  return contiguousTensor(out, a.shape, a.dtype);
};
