/** What is known of a tensor without its elements. */

import type { IsAny } from "../types/rule.js";
import type { AnyTensor, DType, Shape, Tensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { showAval, showShape, sizeOfShape } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";

/** The lengths of the axes. */
export const shapeOf = <S extends Shape>(x: Tensor<S, DType>): IsAny<S> extends true ? Shape : S => {
  const { shape } = asTensor("shapeOf", x);
  return shape as IsAny<S> extends true ? Shape : S;
};

/** The dtype. */
export const dtypeOf = <D extends DType>(x: Tensor<Untyped, D>): D => {
  const { dtype } = asTensor("dtypeOf", x);
  return dtype as D; // the type's dtype is the value's
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
