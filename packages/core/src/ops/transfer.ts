/** Tensors between threads. */

import type { AnyTensor, DType, Shape } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { copy } from "../kernels/strided.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { dtypeOfArray, type TypedArray } from "../tensor/dtype.js";
import { describe } from "../trace/operands.js";
import { checkCount } from "./from-array.js";
import { concrete } from "./read.js";

/** A tensor as `postMessage` takes it, whose `data.buffer` may be transferred. */
export interface Transferable {
  readonly cotangent: "tensor";
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: TypedArray;
}

/**
 * A tensor as plain data for `postMessage(message, [message.data.buffer])`: its elements are copied, in row-major order.
 *
 * @throws TensorError under `vmap`, `jit` and `stage`, where elements are not known.
 * @example
 * ```ts
 * import { fromTransferable, tensor, toTransferable } from "@cotangent/core";
 *
 * fromTransferable(toTransferable(tensor([1, 2]))); // [1, 2]
 * ```
 */
export const toTransferable = (x: AnyTensor): Transferable => {
  const { shape, dtype, data } = copy(concrete("toTransferable", x));
  return { cotangent: "tensor", dtype, shape, data };
};

/**
 * The tensor of a message that `toTransferable` made; it owns the received array, which nothing may write to any more.
 *
 * @throws TensorError when the message is none of them, or has not as many elements as its shape.
 * @example
 * ```ts
 * import { fromTransferable, tensor, type Tensor, toArray, toTransferable } from "@cotangent/core";
 *
 * const message = structuredClone(toTransferable(tensor([1, 2]))); // what arrives in the other thread
 * toArray(fromTransferable(message) as Tensor<[2]>); // [1, 2]
 * ```
 */
export const fromTransferable = (message: Transferable): AnyTensor => {
  if (!isTransferable(message)) {
    throw tensorError({
      kind: "MalformedData",
      operation: "fromTransferable",
      problem: "the message is not a tensor",
      found: [["got", describe(message)]],
      fix: "send toTransferable(x), and transfer its data.buffer",
    });
  }
  checkCount("fromTransferable", message.shape, message.data.length, "elements");
  return contiguousTensor(message.data, message.shape, message.dtype);
};

/** A message may be anything at run time. */
const isTransferable = (message: unknown): message is Transferable =>
  typeof message === "object" &&
  message !== null &&
  "cotangent" in message &&
  "shape" in message &&
  Array.isArray(message.shape) &&
  "data" in message &&
  [Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array].some(
    (type) => message.data instanceof type,
  ) &&
  "dtype" in message &&
  message.dtype === dtypeOfArray(message.data as TypedArray);
