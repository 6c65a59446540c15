/** The makers: tensors from numbers. Makers copy: no caller's array is aliased. */

import type { Fill, FillLike, FillLikeWith, FillWith, Make, MakeScalar } from "../types/literal.js";
import type { DType, Shape, Untyped } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { fill } from "../primitives/define.js";
import { contiguousTensor, scalarTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { checkShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, describe } from "../trace/operands.js";
import { chosenDType, element, type MakerOptions } from "./element.js";

/** The shape of lists of lists, read along their first entries. */
const outline = (data: unknown): Shape =>
  Array.isArray(data) ? [data.length, ...(data.length === 0 ? [] : outline(data[0]))] : [];

const leavesOf = (data: unknown): unknown =>
  Array.isArray(data) && data.length > 0 ? leavesOf(data[0]) : data;

/**
 * A tensor from a number, a boolean, or lists of lists of them.
 *
 * The dtype is float32, bool for booleans, or what `dtype` says. The data is copied.
 *
 * @throws TensorError when rows differ in length, an element does not fit the dtype, or there is no such dtype.
 * @see `numpy.array`.
 * @example
 * ```ts
 * import { tensor } from "@cotangent/core";
 *
 * tensor([[1, 2], [3, 4]]); // Tensor<[2, 2]>
 * tensor([1, 2], { dtype: "int32" }); // Tensor<[2], "int32">
 * ```
 */
export const tensor: Make = (data: unknown, options?: MakerOptions): Untyped => {
  const dtype = chosenDType("tensor", options, typeof leavesOf(data) === "boolean" ? "bool" : "float32");
  const shape = outline(data);
  const out = allocate(dtype, sizeOfShape(shape));
  let place = 0;
  const visit = (node: unknown, axis: number, path: string): void => {
    const isRow = Array.isArray(node);
    if (isRow !== axis < shape.length || (isRow && node.length !== shape[axis]))
      throw ragged(node, shape, axis, path);
    if (isRow) node.forEach((child, index) => visit(child, axis + 1, `${path}[${index}]`));
    else out[place++] = element("tensor", node, dtype, path);
  };
  visit(data, 0, "");
  return contiguousTensor(out, shape, dtype);
};

const ragged = (node: unknown, shape: Shape, axis: number, path: string): Error =>
  tensorError({
    kind: "RaggedArray",
    operation: "tensor",
    problem: "rows differ in length",
    found: [
      [
        "expected",
        axis < shape.length
          ? `a list of ${shape[axis]}, like the first one there`
          : "a number, like the first one there",
      ],
      ["got", Array.isArray(node) ? `a list of ${node.length}` : describe(node)],
    ],
    path: `data${path}`,
    fix: "give rows of one length (pad the short ones), or one tensor a row",
  });

/**
 * A tensor without axes, of one element: float32, bool for a boolean, or what `dtype` says.
 *
 * @throws TensorError when it is no number or boolean, it does not fit the dtype, or there is no such dtype.
 * @example
 * ```ts
 * import { item, scalar } from "@cotangent/core";
 *
 * scalar(2); // Tensor<[]>
 * item(scalar(true)); // true
 * ```
 */
export const scalar: MakeScalar = (value: unknown, options?: MakerOptions): Untyped => {
  const dtype = chosenDType("scalar", options, typeof value === "boolean" ? "bool" : "float32");
  return scalarTensor(element("scalar", value, dtype, ""), dtype);
};

const dense = (operation: string, shape: unknown, value: unknown, dtype: DType): ArrayTensor => {
  const checked = unwrap(checkShape(operation, shape));
  const out = allocate(dtype, sizeOfShape(checked), { operation, shape: checked });
  const number = element(operation, value, dtype, "");
  if (number !== 0) out.fill(number);
  return contiguousTensor(out, [...checked], dtype);
};

/**
 * A tensor of zeros: float32, or what `dtype` says.
 *
 * @throws TensorError when the shape is not a list of lengths, or there is no such dtype.
 * @example
 * ```ts
 * import { toArray, zeros } from "@cotangent/core";
 *
 * toArray(zeros([2, 3])); // [[0, 0, 0], [0, 0, 0]]
 * ```
 */
export const zeros: Fill = (shape: unknown, options?: MakerOptions): Untyped =>
  dense("zeros", shape, 0, chosenDType("zeros", options, "float32"));

/**
 * A tensor of ones: float32, or what `dtype` says.
 *
 * @throws TensorError when the shape is not a list of lengths, or there is no such dtype.
 * @example
 * ```ts
 * import { ones, toArray } from "@cotangent/core";
 *
 * toArray(ones([2], { dtype: "int32" })); // [1, 1]
 * ```
 */
export const ones: Fill = (shape: unknown, options?: MakerOptions): Untyped =>
  dense("ones", shape, 1, chosenDType("ones", options, "float32"));

/**
 * A tensor that repeats one value: float32, bool for a boolean, or what `dtype` says.
 *
 * @throws TensorError when the shape is not a list of lengths, the value does not fit, or there is no such dtype.
 * @example
 * ```ts
 * import { full, toArray } from "@cotangent/core";
 *
 * toArray(full([2, 2], 0.5)); // [[0.5, 0.5], [0.5, 0.5]]
 * ```
 */
export const full: FillWith = (shape: unknown, value: unknown, options?: MakerOptions): Untyped =>
  dense("full", shape, value, chosenDType("full", options, typeof value === "boolean" ? "bool" : "float32"));

const like = (operation: string, x: unknown, value: unknown, options?: MakerOptions): Value => {
  const { shape, dtype } = asTensor(operation, x);
  const chosen = chosenDType(operation, options, dtype);
  return fill(element(operation, value, chosen, ""), { shape, dtype: chosen });
};

/**
 * Zeros of another tensor's shape and (unless told) dtype. A view that stores one element.
 *
 * @throws TensorError when it is not given a tensor, or there is no such dtype.
 * @example
 * ```ts
 * import { tensor, toArray, zerosLike } from "@cotangent/core";
 *
 * toArray(zerosLike(tensor([1, 2]))); // [0, 0]
 * ```
 */
export const zerosLike: FillLike = (x: unknown, options?: MakerOptions): Untyped =>
  like("zerosLike", x, 0, options);

/**
 * Ones of another tensor's shape and (unless told) dtype. A view that stores one element.
 *
 * @throws TensorError when it is not given a tensor, or there is no such dtype.
 * @example
 * ```ts
 * import { onesLike, tensor, toArray } from "@cotangent/core";
 *
 * toArray(onesLike(tensor([3, 4]))); // [1, 1]
 * ```
 */
export const onesLike: FillLike = (x: unknown, options?: MakerOptions): Untyped =>
  like("onesLike", x, 1, options);

/**
 * One value in another tensor's shape and (unless told) dtype. A view that stores one element.
 *
 * @throws TensorError when it is not given a tensor, the value does not fit, or there is no such dtype.
 * @example
 * ```ts
 * import { fullLike, tensor, toArray } from "@cotangent/core";
 *
 * toArray(fullLike(tensor([1, 2]), 0.5)); // [0.5, 0.5]
 * ```
 */
export const fullLike: FillLikeWith = (x: unknown, value: unknown, options?: MakerOptions): Untyped =>
  like("fullLike", x, value, options);
