/** A tensor that holds its elements: a strided view of a typed array on the JavaScript heap. */

import type { DType, Shape } from "../types/tensor.js";
import { allocate, type TypedArray } from "./dtype.js";
import { checkKept, isGivenAway } from "./donated.js";
import { printArray } from "./print.js";
import { rowMajorStrides, showAval, sizeOfShape, type Aval } from "./shape.js";
import { readLater, type Elsewhere } from "./unread.js";
import { Value } from "./value.js";

/**
 * Immutable: nothing writes to `data` after construction, which is what makes views safe. All fields
 * are plain and enumerable, so that two different tensors never compare equal under `deepStrictEqual`; `data` of an unread tensor
 * becomes so when it is read, by a comparison too.
 */
export class ArrayTensor extends Value {
  constructor(
    readonly data: TypedArray,
    shape: Shape,
    dtype: DType,
    readonly strides: readonly number[],
    readonly offset: number,
    /** Row-major without gaps, from `offset` on. */
    readonly contiguous: boolean,
  ) {
    super(shape, dtype);
  }

  override toString(): string {
    return printArray({ shape: this.shape, dtype: this.dtype, at: elementReader(this, "toString") });
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    if (isGivenAway(this.data)) return `Tensor(donated, ${showAval(this)})`;
    const text = this.toString();
    return `Tensor(${text.includes("\n") ? text.replaceAll("\n", "\n       ") : text}, ${this.dtype})`;
  }
}

/** A tensor over a row-major array that nobody else writes to. */
export const contiguousTensor = (data: TypedArray, shape: Shape, dtype: DType): ArrayTensor =>
  new ArrayTensor(data, shape, dtype, rowMajorStrides(shape), 0, true);

/**
 * A row-major tensor whose elements are elsewhere until they are read. Its fields come in the constructor's order; a field that turned into
 * an accessor would make a dictionary of the object, which reads of all tensors would pay for.
 */
export const unreadTensor = (
  { shape, dtype }: Aval,
  strides: readonly number[],
  elsewhere: Elsewhere,
): ArrayTensor => {
  const x = Object.create(ArrayTensor.prototype) as { -readonly [K in keyof ArrayTensor]: ArrayTensor[K] }; // with the fields that follow
  x.shape = shape;
  x.dtype = dtype;
  readLater(x, elsewhere);
  x.strides = strides;
  x.offset = 0;
  x.contiguous = true;
  return x;
};

/** A view of the same storage. */
export const viewTensor = (
  x: ArrayTensor,
  shape: Shape,
  strides: readonly number[],
  offset: number,
): ArrayTensor => new ArrayTensor(x.data, shape, x.dtype, strides, offset, isRowMajor(shape, strides));

/** A scalar of a dtype. */
export const scalarTensor = (value: number, dtype: DType): ArrayTensor => {
  const data = allocate(dtype, 1);
  data[0] = value;
  return new ArrayTensor(data, scalarShape, dtype, scalarShape, 0, true);
};

const scalarShape: Shape = [];

const isRowMajor = (shape: Shape, strides: readonly number[]): boolean => {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis];
    if (length === undefined || length === 0) return true;
    if (length !== 1 && strides[axis] !== expected) return false;
    expected *= length;
  }
  return true;
};

/** Reads one element by its row-major position; `operation` is what messages say reads it. */
export const elementReader = (x: ArrayTensor, operation = "reading elements"): ((flat: number) => number) => {
  const { data, shape, strides, offset } = x;
  checkKept(operation, x);
  if (x.contiguous) return (flat) => data[offset + flat] ?? NaN;
  return (flat) => {
    let position = offset;
    for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      position += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    return data[position] ?? NaN;
  };
};

/** The number of elements. */
export const sizeOfTensor = (x: ArrayTensor): number => sizeOfShape(x.shape);
