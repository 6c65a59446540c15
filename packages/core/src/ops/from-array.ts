/** Tensors from typed arrays and bytes. */

import type { DType, Shape, Tensor } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { allocate, dtypeOfArray, type TypedArray } from "../tensor/dtype.js";
import { checkShape, showShape, sizeOfShape } from "../tensor/shape.js";
import { describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";

/**
 * A tensor of a shape over a copy of a typed array; its dtype is the array's (bytes: bool, false where they are 0).
 *
 * @throws TensorError when the array has not as many elements as the shape, or is of another type.
 * @example
 * ```ts
 * import { fromTypedArray } from "@cotangent/core";
 *
 * fromTypedArray(Float32Array.of(1, 2, 3, 4), [2, 2]); // [[1, 2], [3, 4]]
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
  const data = array.slice();
  if (dtype === "bool")
    for (let place = 0; place < data.length; place++) if (data[place] !== 0) data[place] = 1;
  return contiguousTensor(data, [...shape], dtype);
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
  options?: { readonly dtype?: D },
): Tensor<S, D> => {
  const dtype: DType = optionsOf("fromBytes", options, ["dtype"]).dtype ?? "float32";
  const out = allocate(dtype, sizeOfShape(unwrap(checkShape("fromBytes", shape))));
  checkCount("fromBytes", [...shape, out.BYTES_PER_ELEMENT], bytes.length, "bytes");
  new Uint8Array(out.buffer).set(bytes);
  return contiguousTensor(out, [...shape], dtype);
};

/** Refuses another number of elements (or bytes) than the shape takes. */
export const checkCount = (operation: string, shape: Shape, count: number, of: string): void => {
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
