/** Negation, addition and subtraction: linear in all operands together. */

import type { Binary, Unary } from "../types/elementwise.js";
import type { Numeric } from "../types/tensor.js";
import { mapBinary, mapUnary } from "../kernels/elementwise.js";
import { binaryLoop, minus as minusKernel, negate, plus as plusKernel, unaryLoop } from "../kernels/loops.js";
import { elementByElement } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { numeric } from "../program/samples.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { apply, linear } from "./define.js";
import {
  binaryOperation,
  elementwiseBatch,
  elementwiseSamples,
  elementwiseShape,
  noParams,
  numericDTypes,
  unaryOperation,
  type NoParams,
} from "./elementwise-rules.js";

const domain = [{ min: -5, max: 5, points: [0] }];

const negateLoop = /* @__PURE__ */ unaryLoop(negate);

/** y = -x; its own adjoint. */
export const negPrimitive: Primitive<NoParams> = /* @__PURE__ */ linear({
  name: "neg",
  shape: elementwiseShape("neg", numericDTypes),
  evaluate: ([x]) => mapUnary(negateLoop, x, x.dtype),
  transpose: (cotangent) => [negative(cotangent)],
  batch: ([x]) => negative(x),
  lower: elementByElement((emit, [x]) => emit.neg(x)),
  get samples() {
    return elementwiseSamples(domain, numeric, 1);
  },
});

const addLoop = /* @__PURE__ */ binaryLoop(plusKernel);

/** z = a + b of operands of one shape; the adjoint hands the cotangent to both. */
export const addPrimitive: Primitive<NoParams> = /* @__PURE__ */ linear({
  name: "add",
  shape: elementwiseShape("add", numericDTypes),
  evaluate: ([a, b]) => mapBinary(addLoop, a, b, a.dtype),
  transpose: (cotangent, _operands, of) => [of[0] ? cotangent : zero, of[1] ? cotangent : zero],
  batch: elementwiseBatch(() => addPrimitive),
  lower: elementByElement((emit, [a, b]) => emit.add(a, b)),
  get samples() {
    return elementwiseSamples(domain, numeric, 2);
  },
});

const subtractLoop = /* @__PURE__ */ binaryLoop(minusKernel);

/** z = a - b of operands of one shape; the adjoint hands the cotangent to a, and negated to b. */
export const subPrimitive: Primitive<NoParams> = /* @__PURE__ */ linear({
  name: "sub",
  shape: elementwiseShape("sub", numericDTypes),
  evaluate: ([a, b]) => mapBinary(subtractLoop, a, b, a.dtype),
  transpose: (cotangent, _operands, of) => [of[0] ? cotangent : zero, of[1] ? negative(cotangent) : zero],
  batch: elementwiseBatch(() => subPrimitive),
  lower: elementByElement((emit, [a, b]) => emit.sub(a, b)),
  get samples() {
    return elementwiseSamples(domain, numeric, 2);
  },
});

/**
 * Negation, `-x`. d(-x) = -dx.
 *
 * In and out: one shape, one numeric dtype; uint32 wraps around.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { neg, tensor, toArray } from "@cotangent/core";
 *
 * toArray(neg(tensor([1, -2]))); // [-1, 2]
 * ```
 */
export const neg: Unary<Numeric> = /* @__PURE__ */ unaryOperation(negPrimitive);

/**
 * Addition, `a + b`. d(a + b) = da + db.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape. Integers wrap around.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @example
 * ```ts
 * import { add, tensor, toArray } from "@cotangent/core";
 *
 * toArray(add(tensor([[1], [2]]), tensor([10, 20]))); // [[11, 21], [12, 22]]
 * toArray(add(tensor([1, 2]), 0.5)); // [1.5, 2.5]
 * ```
 */
export const add: Binary<"add", Numeric> = /* @__PURE__ */ binaryOperation(addPrimitive);

/**
 * Subtraction, `a - b`. d(a - b) = da - db.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape. Integers wrap around.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @example
 * ```ts
 * import { sub, tensor, toArray } from "@cotangent/core";
 *
 * toArray(sub(1, tensor([1, 2]))); // [0, -1]
 * ```
 */
export const sub: Binary<"sub", Numeric> = /* @__PURE__ */ binaryOperation(subPrimitive);

/** The negation of a value, for rules. */
export const negative = (x: Value): Value => apply(negPrimitive, [x], noParams);

/** The sum of two values of one shape, for rules. */
export const plus = (a: Value, b: Value): Value => apply(addPrimitive, [a, b], noParams);

/** The sum of two tangents, either of which may be the symbolic zero. */
export const addTangents = (a: Tangent, b: Tangent): Tangent => (isZero(a) ? b : isZero(b) ? a : plus(a, b));
