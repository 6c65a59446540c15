/** What is known of a tensor without its elements. */

import type { IsAny } from "../types/rule.js";
import type { AnyTensor, DType, Shape, Tensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { showAval, showShape, sizeOfShape } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";

/**
 * The lengths of the axes, [] of a scalar. Known under every transformation; under `vmap`, without the mapped axis.
 *
 * @throws TensorError when it is no tensor.
 * @example
 * ```ts
 * import { shapeOf, zeros } from "@cotangent/core";
 *
 * shapeOf(zeros([2, 3])); // [2, 3]
 * ```
 */
export const shapeOf = <S extends Shape>(x: Tensor<S, DType>): IsAny<S> extends true ? Shape : S => {
  const { shape } = asTensor("shapeOf", x);
  return shape as IsAny<S> extends true ? Shape : S;
};

/**
 * What the elements are: "float32", "float64", "int32", "uint32" or "bool". Known under every transformation.
 *
 * @throws TensorError when it is no tensor.
 * @example
 * ```ts
 * import { dtypeOf, tensor } from "@cotangent/core";
 *
 * dtypeOf(tensor([true, false])); // "bool"
 * ```
 */
export const dtypeOf = <D extends DType>(x: Tensor<Untyped, D>): D => {
  const { dtype } = asTensor("dtypeOf", x);
  return dtype as D; // the type's dtype is the value's
};

/**
 * The number of elements: the product of the lengths of the axes, 1 of a scalar.
 *
 * @throws TensorError when it is no tensor.
 * @example
 * ```ts
 * import { sizeOf, zeros } from "@cotangent/core";
 *
 * sizeOf(zeros([2, 3])); // 6
 * ```
 */
export const sizeOf = (x: AnyTensor): number => sizeOfShape(asTensor("sizeOf", x).shape);

/**
 * The number of axes, 0 of a scalar.
 *
 * @throws TensorError when it is no tensor.
 * @example
 * ```ts
 * import { rankOf, zeros } from "@cotangent/core";
 *
 * rankOf(zeros([2, 3])); // 2
 * ```
 */
export const rankOf = (x: AnyTensor): number => asTensor("rankOf", x).shape.length;

/**
 * Whether it is a tensor, or a tracer that stands for one under a transformation. Numbers and lists are none.
 *
 * @example
 * ```ts
 * import { isTensor, scalar } from "@cotangent/core";
 *
 * isTensor(scalar(1)); // true
 * isTensor(1); // false
 * ```
 */
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
