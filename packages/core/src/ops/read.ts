/** Reading tensors on the host: elements, shapes, equality. */

import type { Eq } from "fp-ts/lib/Eq.js";
import type { Monoid } from "fp-ts/lib/Monoid.js";
import type { Show } from "fp-ts/lib/Show.js";
import type { IsAny } from "../types/rule.js";
import type { AnyTensor, DType, Shape, Tensor, Untyped } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { contiguous, copy } from "../kernels/strided.js";
import { add } from "../primitives/additive.js";
import { ArrayTensor, contiguousTensor, elementReader } from "../tensor/array-tensor.js";
import { allocate, dtypeOfArray, type TypedArray } from "../tensor/dtype.js";
import { printArray, type PrintOptions } from "../tensor/print.js";
import { checkShape, sameShape, showAval, showShape, sizeOfShape } from "../tensor/shape.js";
import { Tracer } from "../tensor/tracer.js";
import { Value } from "../tensor/value.js";
import { asTensor, describe } from "../trace/operands.js";
import { zeros } from "./make.js";

/** The elements, of a tensor or of a tracer whose transformation knows them. */
export const concrete = (operation: string, x: unknown): ArrayTensor => {
  const value = asTensor(operation, x);
  return value instanceof Tracer ? value.read(operation) : (value as ArrayTensor); // the two subclasses of Value
};

/** Lists of lists, as deep as the shape is long; bools as booleans. */
export type Nesting<S extends Shape, D extends DType> = number extends S["length"]
  ? Untyped
  : S extends readonly [number, ...infer T extends Shape]
    ? Nesting<T, D>[]
    : D extends "bool"
      ? boolean
      : number;

/**
 * The elements as nested lists: numbers, or booleans for bool; a scalar gives its element.
 *
 * @throws TensorError under `vmap` and `stage`, where elements are not known.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 *
 * toArray(tensor([[1, 2]])); // [[1, 2]]
 * ```
 */
export const toArray = <S extends Shape, D extends DType>(x: Tensor<S, D>): Nesting<S, D> => {
  const { shape, dtype, data, offset } = contiguous(concrete("toArray", x));
  let place = offset;
  const build = (axis: number): unknown => {
    const length = shape[axis];
    if (length !== undefined) return Array.from({ length }, () => build(axis + 1));
    const value = data[place++];
    return dtype === "bool" ? value !== 0 : value;
  };
  const nested: Untyped = build(0);
  return nested;
};

/** The typed array that stores a dtype. */
export type ArrayOf<D extends DType> = D extends "float32"
  ? Float32Array
  : D extends "float64"
    ? Float64Array
    : D extends "int32"
      ? Int32Array
      : D extends "uint32"
        ? Uint32Array
        : Uint8Array;

/**
 * A copy of the elements in row-major order; bools as bytes 0 and 1.
 *
 * @throws TensorError under `vmap` and `stage`, where elements are not known.
 * @example
 * ```ts
 * import { tensor, toTypedArray } from "@cotangent/core";
 *
 * toTypedArray(tensor([[1, 2]])); // Float32Array [1, 2]
 * ```
 */
export const toTypedArray = <S extends Shape, D extends DType>(x: Tensor<S, D>): ArrayOf<D> => {
  const array: Untyped = copy(concrete("toTypedArray", x)).data;
  return array;
};

/**
 * The element of a tensor that has one.
 *
 * @throws TensorError when it has another number of elements, and under `vmap` and `stage`, where it is not known.
 * @example
 * ```ts
 * import { item, scalar } from "@cotangent/core";
 *
 * item(scalar(2)); // 2
 * ```
 */
export const item = <D extends DType>(x: Tensor<Untyped, D>): D extends "bool" ? boolean : number => {
  const found = concrete("item", x);
  const [only, ...more] = found.contiguous
    ? found.data.subarray(found.offset, found.offset + Math.min(2, sizeOfShape(found.shape)))
    : contiguous(found).data;
  if (only === undefined || more.length > 0) {
    throw tensorError({
      kind: "NotScalar",
      operation: "item",
      problem: "item reads tensors of one element",
      found: [["got", showAval(found)]],
      fix: "reduce it first, with sum(x) or mean(x), or read all elements with toArray(x)",
    });
  }
  const value: Untyped = found.dtype === "bool" ? only !== 0 : only;
  return value;
};

/** The lengths of the axes. */
export const shapeOf = <S extends Shape>(x: Tensor<S, DType>): IsAny<S> extends true ? Shape : S => {
  const { shape }: Untyped = asTensor("shapeOf", x);
  return shape as IsAny<S> extends true ? Shape : S;
};

/** The dtype. */
export const dtypeOf = <D extends DType>(x: Tensor<Untyped, D>): D => {
  const { dtype }: Untyped = asTensor("dtypeOf", x);
  return dtype as D;
};

/** The number of elements. */
export const sizeOf = (x: AnyTensor): number => sizeOfShape(asTensor("sizeOf", x).shape);

/** The number of axes. */
export const rankOf = (x: AnyTensor): number => asTensor("rankOf", x).shape.length;

/** Whether it is a tensor, or a tracer that stands for one. */
export const isTensor = (x: unknown): x is AnyTensor => x instanceof Value;

/**
 * The tensor itself, checked and narrowed: -1 stands for any length.
 *
 * @throws TensorError when the shape is another.
 * @example
 * ```ts
 * import { expectShape, zeros } from "@cotangent/core";
 *
 * expectShape(zeros([100, 784]), [-1, 784]); // Tensor<[number, 784]>
 * ```
 */
export const expectShape = <D extends DType, const S extends Shape>(
  x: Tensor<Untyped, D>,
  shape: S,
): Tensor<{ readonly [K in keyof S]: S[K] extends -1 ? number : S[K] }, D> => {
  const value = asTensor("expectShape", x);
  if (
    value.shape.length === shape.length &&
    shape.every((length, axis) => length === -1 || length === value.shape[axis])
  )
    return value;
  throw tensorError({
    kind: "ShapeMismatch",
    operation: "expectShape",
    problem: "the tensor has another shape",
    found: [
      ["expected", showShape(shape).replaceAll("-1", "?")],
      ["got", showAval(value)],
    ],
    fix: "reshape it, or look where it was made",
  });
};

/**
 * A tensor of a shape over a copy of a typed array; its dtype is the array's (bytes: bool).
 *
 * @throws TensorError when the array has not as many elements as the shape.
 * @example
 * ```ts
 * import { fromTypedArray } from "@cotangent/core";
 *
 * fromTypedArray(Float32Array.of(1, 2, 3, 4), [2, 2]);
 * ```
 */
export const fromTypedArray = <A extends TypedArray, const S extends Shape>(
  array: A,
  shape: S,
): Tensor<S, DTypeOfArray<A>> => {
  const known = [Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array].some(
    (type) => array instanceof type,
  );
  if (!known) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "fromTypedArray",
      problem: "the array is not of a type that tensors store",
      found: [
        ["expected", "Float32Array, Float64Array, Int32Array, Uint32Array or Uint8Array (bool)"],
        ["got", describe(array)],
      ],
      fix: "copy it into one of them: Float32Array.from(array)",
    });
  }
  checkCount("fromTypedArray", unwrap(checkShape("fromTypedArray", shape)), array.length, "elements");
  const dtype = dtypeOfArray(array);
  return contiguousTensor(
    dtype === "bool" ? Uint8Array.from(array, (byte) => (byte === 0 ? 0 : 1)) : array.slice(),
    [...shape],
    dtype,
  );
};

/** The dtype that a typed array stores. */
export type DTypeOfArray<A extends TypedArray> = A extends Float32Array
  ? "float32"
  : A extends Float64Array
    ? "float64"
    : A extends Int32Array
      ? "int32"
      : A extends Uint32Array
        ? "uint32"
        : "bool";

/**
 * A tensor of a shape and dtype over a copy of its little-endian bytes.
 *
 * @throws TensorError when there are not as many bytes as the shape takes.
 * @example
 * ```ts
 * import { fromBytes } from "@cotangent/core";
 *
 * fromBytes(Uint8Array.of(0, 0, 128, 63), [], { dtype: "float32" }); // 1
 * ```
 */
export const fromBytes = <const S extends Shape, D extends DType = "float32">(
  bytes: Uint8Array,
  shape: S,
  options: { readonly dtype?: D } = {},
): Tensor<S, D> => {
  const dtype: DType = options.dtype ?? "float32";
  const out = allocate(dtype, sizeOfShape(unwrap(checkShape("fromBytes", shape))));
  checkCount("fromBytes", [...shape, out.BYTES_PER_ELEMENT], bytes.length, "bytes");
  new Uint8Array(out.buffer).set(bytes);
  return contiguousTensor(out, [...shape], dtype);
};

const checkCount = (operation: string, shape: Shape, count: number, of: string): void => {
  if (sizeOfShape(shape) === count) return;
  throw tensorError({
    kind: "ShapeMismatch",
    operation,
    problem: `there are ${count} ${of} where the shape takes ${sizeOfShape(shape)}`,
    found: [
      ["shape", showShape(shape)],
      [of, String(count)],
    ],
    fix: "give the shape whose lengths multiply to the number of elements",
  });
};

/**
 * The text of a tensor, as NumPy prints it.
 *
 * @throws TensorError under `vmap` and `stage`, where elements are not known.
 */
export const print = (x: AnyTensor, options: PrintOptions = {}): string => {
  const value = concrete("print", x);
  return printArray({ shape: value.shape, dtype: value.dtype, at: elementReader(value) }, options);
};

/** fp-ts's `Show` of tensors: as NumPy prints them. */
export const tensorShow: Show<AnyTensor> = { show: (x) => print(x) };

/** fp-ts's `Eq` of tensors: the same shape, dtype and elements, views by value; NaN equals NaN here. */
export const tensorEq: Eq<AnyTensor> = {
  equals: (x, y) => {
    const a = concrete("tensorEq", x);
    const b = concrete("tensorEq", y);
    if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
    const [left, right] = [elementReader(a), elementReader(b)];
    for (let index = sizeOfShape(a.shape) - 1; index >= 0; index--) {
      const [p, q] = [left(index), right(index)];
      if (p !== q && !(Number.isNaN(p) && Number.isNaN(q))) return false;
    }
    return true;
  },
};

/** fp-ts's `Monoid` of float32 tensors of a shape under addition. */
export const additiveMonoid = <const S extends Shape>(shape: S): Monoid<Tensor<S>> => {
  const sum: Untyped = add;
  return { empty: zeros(shape), concat: (x, y): Tensor<S> => sum(x, y) as Tensor<S> };
};

/** What `postMessage` takes, with the buffer to transfer. */
export interface Transferable {
  readonly cotangent: "tensor";
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: TypedArray;
}

/**
 * A tensor as plain data for `postMessage(message, [message.data.buffer])`: its elements are copied.
 *
 * @example
 * ```ts
 * import { fromTransferable, tensor, toTransferable } from "@cotangent/core";
 *
 * fromTransferable(toTransferable(tensor([1, 2])));
 * ```
 */
export const toTransferable = (x: AnyTensor): Transferable => {
  const { shape, dtype, data } = copy(concrete("toTransferable", x));
  return { cotangent: "tensor", dtype, shape, data };
};

/**
 * The tensor of a message that `toTransferable` made; it owns the received array.
 *
 * @throws TensorError when the message is none of them.
 */
export const fromTransferable = (message: Transferable): AnyTensor => {
  const valid =
    typeof message === "object" &&
    message !== null &&
    message.cotangent === "tensor" &&
    ArrayBuffer.isView(message.data) &&
    Array.isArray(message.shape);
  if (!valid || dtypeOfArray(message.data) !== message.dtype) {
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
