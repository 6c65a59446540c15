/** Tensors as JSON: shape, dtype and elements, exactly. */

import * as t from "io-ts";
import type { AnyTensor, DType, Floating, Shape, Tensor } from "../types/tensor.js";
import { concrete } from "../ops/read.js";
import { contiguousTensor, elementReader, sizeOfTensor } from "../tensor/array-tensor.js";
import { allocate, dtypes, isDType, isFloating, type TypedArray } from "../tensor/dtype.js";
import { showShape, sizeOfShape } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { optionsOf } from "../trace/options.js";
import { failureAt, named } from "./failure-at.js";
import { decodeNumber, encodeNumber, type NumberJson } from "./number-json.js";

/** A tensor in JSON; its elements in row-major order. */
export type TensorJson = {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: readonly (NumberJson | boolean)[];
};

const isShape = (shape: unknown): shape is Shape =>
  Array.isArray(shape) &&
  shape.every((length: unknown) => Number.isSafeInteger(length) && Number(length) >= 0);

const expectedElement: Readonly<Record<DType, string>> = {
  float32: 'a number of float32, or "NaN", "Infinity", "-Infinity", "-0"',
  float64: 'a number, or "NaN", "Infinity", "-Infinity", "-0"',
  int32: "a whole number of int32",
  uint32: "a whole number of uint32",
  bool: "true or false",
};

/** An element as it is stored; undefined where it is none of the dtype. */
const decodeElement = (json: unknown, dtype: DType): number | undefined => {
  if (isFloating(dtype)) return decodeNumber(json, dtype);
  if (dtype === "bool") return typeof json === "boolean" ? Number(json) : undefined;
  return typeof json === "number" && (dtype === "int32" ? json | 0 : json >>> 0) === json ? json : undefined;
};

const validate = (json: unknown, context: t.Context): t.Validation<Value> => {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return t.failure(json, context);
  const { shape, dtype, data } = json as Readonly<Record<string, unknown>>;
  const errors: t.ValidationError[] = [];
  if (!isDType(dtype)) errors.push(failureAt(context, "dtype", `one of ${dtypes.join(", ")}`, dtype));
  if (!isShape(shape))
    errors.push(failureAt(context, "shape", "a list of whole numbers, none negative", shape));
  if (!isDType(dtype) || !isShape(shape)) return t.failures(errors);
  const size = sizeOfShape(shape);
  const expected = `a list of ${size}, the elements of ${showShape(shape)}`;
  if (!Array.isArray(data) || data.length !== size)
    return t.failures([failureAt(context, "data", expected, data)]);
  const elements = allocate(dtype, size);
  const wrong = fill(elements, data, dtype);
  if (wrong < 0) return t.success(contiguousTensor(elements, [...shape], dtype));
  const list = [...context, { key: "data", type: named(expected), actual: data }];
  return t.failures([failureAt(list, wrong, expectedElement[dtype], data[wrong])]);
};

/** Stores elements; the place of the first that does not fit, or -1. */
const fill = (out: TypedArray, data: readonly unknown[], dtype: DType): number => {
  for (let index = 0; index < out.length; index++) {
    const element = decodeElement(data[index], dtype);
    if (element === undefined) return index;
    out[index] = element;
  }
  return -1;
};

const encode = (x: unknown): TensorJson => {
  const values = concrete("tensorJson.encode", x);
  const { shape, dtype } = values;
  const at = elementReader(values);
  const encoded = isFloating(dtype)
    ? (index: number) => encodeNumber(at(index), dtype satisfies Floating)
    : (index: number) => (dtype === "bool" ? at(index) !== 0 : at(index));
  return {
    shape: [...shape],
    dtype,
    data: Array.from({ length: sizeOfTensor(values) }, (_, index) => encoded(index)),
  };
};

/**
 * Any tensor as JSON, `{ shape, dtype, data }` with the elements in row-major order, and back, exactly.
 *
 * A float32 is written as the shortest decimal that reads back as it; what JSON has no number for stands as `"NaN"`,
 * `"Infinity"`, `"-Infinity"` or `"-0"`. Reading checks every element, and gives a tensor or errors, never a part.
 *
 * @throws TensorError (encode alone) of a tracer under `vmap`, `jit` and `stage`, whose elements are not known.
 * @example
 * ```ts
 * import { tensor } from "@cotangent/core";
 * import { decode, tensorJson } from "@cotangent/core/io";
 *
 * const text = JSON.stringify(tensorJson.encode(tensor([0.1, NaN]))); // {"shape":[2],"dtype":"float32","data":[0.1,"NaN"]}
 * decode(tensorJson)(JSON.parse(text)); // Right: the tensor
 * ```
 */
export const tensorJson: t.Type<AnyTensor, TensorJson> = /* @__PURE__ */ new t.Type<AnyTensor, TensorJson>(
  "a tensor { shape, dtype, data }",
  (u): u is AnyTensor => u instanceof Value,
  validate,
  encode,
);

/** What a tensor must be. */
export interface TensorJsonOptions<S, D> {
  /** Its shape, where -1 stands for any length; any shape if left out. */
  readonly shape?: S | undefined;
  /** Its dtype; any if left out. */
  readonly dtype?: D | undefined;
}

type Lengths<S extends Shape> = { readonly [K in keyof S]: S[K] extends -1 ? number : S[K] };

/**
 * Tensors of a shape and dtype as JSON: as `tensorJson`, but others are refused when they are read.
 *
 * @example
 * ```ts
 * import { decode, tensorJsonOf } from "@cotangent/core/io";
 *
 * const images = tensorJsonOf({ shape: [-1, 784], dtype: "float32" });
 * decode(images)({ shape: [1, 2], dtype: "float32", data: [0, 1] }); // Left: expected [?, 784], got [1, 2]
 * ```
 */
export const tensorJsonOf = <const S extends Shape, D extends DType = DType>(
  options: TensorJsonOptions<S, D>,
): t.Type<Tensor<Lengths<S>, D>, TensorJson> => {
  const { shape, dtype } = optionsOf("tensorJsonOf", options, ["shape", "dtype"]);
  const expected = showShape(shape ?? []).replaceAll("-1", "?");
  const hasShape = (x: Shape): boolean =>
    shape === undefined ||
    (x.length === shape.length && shape.every((length, axis) => length === -1 || length === x[axis]));
  const hasDType = (x: DType): boolean => dtype === undefined || x === dtype;
  return new t.Type(
    `a tensor ${dtype ?? ""}${shape === undefined ? "" : expected}`,
    (u): u is Tensor<Lengths<S>, D> => u instanceof Value && hasShape(u.shape) && hasDType(u.dtype),
    (json, context) => {
      const read = validate(json, context);
      if (read._tag === "Left") return read;
      const errors: t.ValidationError[] = [];
      if (!hasDType(read.right.dtype))
        errors.push(failureAt(context, "dtype", dtype ?? "", read.right.dtype));
      if (!hasShape(read.right.shape)) errors.push(failureAt(context, "shape", expected, read.right.shape));
      return errors.length === 0 ? t.success(read.right) : t.failures(errors);
    },
    encode,
  );
};
