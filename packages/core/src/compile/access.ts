/** Loads and stores of elements, one or four at a time. */

import type { DType } from "../types/tensor.js";
import { bytesOf } from "../tensor/dtype.js";
import type { Expression, Statement } from "../wasm/expression.js";
import { f32, f64 } from "../wasm/float.js";
import { i32 } from "../wasm/integer.js";
import { extendLowI8x16U, i32x4, i8x16, v128 } from "../wasm/simd.js";
import { laneOf, packed, type Lane } from "./lanes.js";

type Address = Expression<"i32">;

/** One element. */
export const loadNumber = (address: Address, offset: number, dtype: DType): Expression => {
  if (dtype === "float32") return f32.load(address, offset);
  if (dtype === "float64") return f64.load(address, offset);
  return dtype === "bool" ? i32.load8U(address, offset) : i32.load(address, offset);
};

/** Writes one number to an address, as its dtype is stored: a bool is a byte. */
export const storeNumber = (address: Address, offset: number, { dtype, value }: Lane): Statement => {
  // The dtype says the type of the value.
  if (dtype === "float32") return f32.store(address, value as Expression<"f32">, offset);
  if (dtype === "float64") return f64.store(address, value as Expression<"f64">, offset);
  const bits = value as Expression<"i32">;
  return dtype === "bool" ? i32.store8(address, bits, offset) : i32.store(address, bits, offset);
};

/** An address moved by a constant, which may be negative. */
const moved = (address: Address, offset: number): readonly [Address, number] =>
  offset >= 0 ? [address, offset] : [i32.add(address, offset), 0];

/** Four elements `step` apart, of which `count` exist. */
export const loadVector = (
  address: Address,
  offset: number,
  dtype: DType,
  step: number,
  count: number,
): Expression<"v128"> => {
  const [at, from] = moved(address, step < 0 ? offset + 3 * step * bytesOf(dtype) : offset);
  if (step === 0) return splatted(loadNumber(at, from, dtype), at, from, dtype);
  if (step === 1 && dtype !== "bool") return v128.load(at, from);
  if (step === 1) {
    const words = i32x4.extendLowI16x8U(extendLowI8x16U(v128.load32Zero(at, from)));
    return i32x4.ne(words, i32x4.const(0));
  }
  const [first, start] = moved(address, offset);
  const numbers = Array.from({ length: count }, (_, lane) => {
    const [place, shift] = moved(first, start + lane * step * bytesOf(dtype));
    return loadNumber(place, shift, dtype);
  });
  return packed(numbers, dtype);
};

const splatted = (number: Expression, at: Address, from: number, dtype: DType): Expression<"v128"> =>
  dtype === "bool" ? packed([number], dtype) : v128.load32Splat(at, from);

/** The first `count` lanes, `step` apart. */
export const storeVector = (
  address: Address,
  offset: number,
  x: Lane,
  step: number,
  count: number,
): readonly Statement[] => {
  const vector = x.value as Expression<"v128">; // lanes side by side are a vector
  if (step === 1 && count === 4) {
    if (x.dtype !== "bool") return [v128.store(address, vector, offset)];
    const bits = v128.and(vector, i32x4.const(1));
    const bytes = i8x16.shuffle(bits, bits, [0, 4, 8, 12, ...new Array<number>(12).fill(0)]);
    return [i32.store(address, i32x4.extractLane(bytes, 0), offset)];
  }
  return Array.from({ length: count }, (_, lane) => {
    const [place, shift] = moved(address, offset + lane * step * bytesOf(x.dtype));
    return storeNumber(place, shift, laneOf(x, lane));
  });
};
