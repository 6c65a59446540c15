/** Multiplication: linear in each operand, and what every chain rule needs. */

import type { Binary } from "../types/elementwise.js";
import type { Numeric } from "../types/tensor.js";
import { mapBinary } from "../kernels/elementwise.js";
import { binaryLoop, times as timesKernel } from "../kernels/loops.js";
import { elementByElement } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { numeric } from "../program/samples.js";
import { isInteger } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { bilinear } from "./bilinear.js";
import { apply } from "./define.js";
import {
  binaryOperation,
  elementwiseBatch,
  elementwiseSamples,
  elementwiseShape,
  noParams,
  numericDTypes,
  type NoParams,
} from "./elementwise-rules.js";

const multiplyLoop = /* @__PURE__ */ binaryLoop(timesKernel);
const multiplyIntegers = /* @__PURE__ */ binaryLoop(Math.imul);

/** z = a b of operands of one shape; the adjoint in a multiplies the cotangent by b, that in b by a. */
export const mulPrimitive: Primitive<NoParams> = /* @__PURE__ */ bilinear({
  name: "mul",
  shape: elementwiseShape("mul", numericDTypes),
  evaluate: ([a, b]) => mapBinary(isInteger(a.dtype) ? multiplyIntegers : multiplyLoop, a, b, a.dtype),
  transposeLeft: (cotangent, _x, y) => times(cotangent, y),
  transposeRight: (cotangent, x) => times(x, cotangent),
  batch: elementwiseBatch(() => mulPrimitive),
  lower: elementByElement((emit, [a, b]) => emit.mul(a, b)),
  get samples() {
    return elementwiseSamples([{ min: -5, max: 5, points: [0] }], numeric, 2);
  },
});

/**
 * Multiplication element by element, `a b`. d(a b) = b da + a db.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape. Integers wrap around.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @see `matmul`, the product of matrices.
 * @example
 * ```ts
 * import { mul, tensor, toArray } from "@cotangent/core";
 *
 * toArray(mul(tensor([1, 2]), tensor([3, 4]))); // [3, 8]
 * ```
 */
export const mul: Binary<"mul", Numeric> = /* @__PURE__ */ binaryOperation(mulPrimitive);

/** The product of two values of one shape, for rules. */
export const times = (a: Value, b: Value): Value => apply(mulPrimitive, [a, b], noParams);
