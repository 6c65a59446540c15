/** Element types: their storage, their classes, and how a number is stored in each. */

import type { DType, Floating, Shape } from "../types/tensor.js";
import { noRoom, unnamed } from "./no-room.js";

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

const storage = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const;

/** All dtypes. */
export const dtypes: readonly DType[] = ["float32", "float64", "int32", "uint32", "bool"];
/** Whether it is the name of a dtype. */
export const isDType = (name: unknown): name is DType =>
  typeof name === "string" && Object.hasOwn(storage, name);

/**
 * A new zeroed array that stores `length` elements of a dtype; `whose` says for messages what it is for.
 *
 * @throws TensorError when there is no room for it.
 */
export const allocate = (
  dtype: DType,
  length: number,
  whose?: { readonly operation: string; readonly shape: Shape },
): TypedArray => {
  try {
    return new storage[dtype](length);
  } catch (cause) {
    const { operation, shape } = whose ?? { operation: unnamed, shape: [length] };
    throw noRoom(operation, { shape, dtype }, length * bytesOf(dtype), cause);
  }
};

/** A storage of its own for some elements of another. Made from them it is not filled with zeros first. */
export const copyOfElements = (data: TypedArray, offset: number, length: number): TypedArray =>
  new storage[dtypeOfArray(data)](data.subarray(offset, offset + length));

/** The dtype whose storage an array is. */
export const dtypeOfArray = (data: TypedArray): DType =>
  data instanceof Float32Array
    ? "float32"
    : data instanceof Float64Array
      ? "float64"
      : data instanceof Int32Array
        ? "int32"
        : data instanceof Uint32Array
          ? "uint32"
          : "bool";

/** Whether a dtype has a derivative: float32 and float64 alone. */
export const isFloating = (dtype: DType): dtype is Floating => dtype === "float32" || dtype === "float64";
/** Whether a dtype holds whole numbers; bool does not count. */
export const isInteger = (dtype: DType): dtype is "int32" | "uint32" =>
  dtype === "int32" || dtype === "uint32";

/** The size of an element, in bytes. */
export const bytesOf = (dtype: DType): number => storage[dtype].BYTES_PER_ELEMENT;

/** A copy of some elements whose bits are read as another dtype. */
export const reinterpret = (data: TypedArray, offset: number, length: number, dtype: DType): TypedArray =>
  new storage[dtype](data.slice(offset, offset + length).buffer);
