/** Reading the elements of tensors on the host. */

import type { DType, Shape, Tensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { contiguous, copy } from "../kernels/strided.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { checkKept } from "../tensor/donated.js";
import { showAval, sizeOfShape } from "../tensor/shape.js";
import { Tracer } from "../tensor/tracer.js";
import { asTensor } from "../trace/operands.js";

/** The elements, of a tensor or of a tracer whose transformation knows them. */
export const concrete = (operation: string, x: unknown): ArrayTensor => {
  const value = asTensor(operation, x);
  const found = value instanceof Tracer ? value.read(operation) : (value as ArrayTensor); // the two subclasses of Value
  checkKept(operation, found);
  return found;
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
 * @throws TensorError under `vmap`, `jit` and `stage`, where elements are not known.
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
  return build(0) as Nesting<S, D>; // one list an axis
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
 * @throws TensorError under `vmap`, `jit` and `stage`, where elements are not known.
 * @example
 * ```ts
 * import { tensor, toTypedArray } from "@cotangent/core";
 *
 * toTypedArray(tensor([[1, 2]])); // Float32Array [1, 2]
 * ```
 */
export const toTypedArray = <S extends Shape, D extends DType>(x: Tensor<S, D>): ArrayOf<D> => {
  return copy(concrete("toTypedArray", x)).data as ArrayOf<D>; // its storage is chosen by its dtype
};

/**
 * The element of a tensor that has one.
 *
 * @throws TensorError when it has another number of elements, and under `vmap`, `jit` and `stage`, where it is not known.
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
  return (found.dtype === "bool" ? only !== 0 : only) as D extends "bool" ? boolean : number;
};
