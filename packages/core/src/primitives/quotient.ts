/** Squares, reciprocals and quotients. */

import type { Binary, Unary } from "../types/elementwise.js";
import type { Floating, Numeric } from "../types/tensor.js";
import { mapBinary } from "../kernels/elementwise.js";
import { binaryLoop, inverted, over as overKernel, squared } from "../kernels/loops.js";
import { elementByElement } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { floating, numeric } from "../program/samples.js";
import { isZero, zero } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { addTangents, neg, negative } from "./additive.js";
import { notLinear } from "./bilinear.js";
import { apply, primitive } from "./define.js";
import { elementwise } from "./elementwise.js";
import {
  binaryOperation,
  elementwiseBatch,
  elementwiseSamples,
  elementwiseShape,
  floatingDTypes,
  noParams,
  numericDTypes,
  type NoParams,
} from "./elementwise-rules.js";
import { mul, times } from "./multiplicative.js";

/**
 * The square, x². d x² = 2x dx.
 *
 * In and out: one shape, one numeric dtype; integers wrap around.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { square, tensor, toArray } from "@cotangent/core";
 *
 * toArray(square(tensor([-1, 2, 3]))); // [1, 4, 9]
 * ```
 */
export const square: Unary<Numeric> = /* @__PURE__ */ elementwise({
  name: "square",
  kernel: squared,
  lower: (emit, x) => emit.mul(x, x),
  integerKernel: (x) => Math.imul(x, x),
  accepts: numericDTypes,
  derivative: (x) => mul(2, x),
  samples: [{ min: -5, max: 5, points: [0] }],
  dtypes: numeric,
});

/**
 * The reciprocal, 1 / x. d(1 / x) = -dx / x².
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { reciprocal, tensor, toArray } from "@cotangent/core";
 *
 * toArray(reciprocal(tensor([2, -4]))); // [0.5, -0.25]
 * ```
 */
export const reciprocal: Unary = /* @__PURE__ */ elementwise({
  name: "reciprocal",
  kernel: inverted,
  lower: (emit, x) => emit.div(emit.constant(1, x.dtype), x),
  derivative: (_x, y) => neg(square(y)),
  samples: [{ min: 0.2, max: 5 }],
  elsewhere: [[{ min: -5, max: -0.2 }]],
});

const divide = /* @__PURE__ */ binaryLoop(overKernel);

const numerators = { min: -5, max: 5, points: [0] };

const divPrimitive: Primitive<NoParams> = /* @__PURE__ */ primitive({
  name: "div",
  shape: elementwiseShape("div", floatingDTypes),
  evaluate: ([a, b]) => mapBinary(divide, a, b, a.dtype),
  jvp: ([x, y], [dx, dy]) => {
    const z = over(x, y);
    return [
      z,
      addTangents(isZero(dx) ? zero : over(dx, y), isZero(dy) ? zero : times(dy, negative(over(z, y)))),
    ];
  },
  // Linear in the numerator alone.
  transpose: (cotangent, [, y], of) => {
    if (of[1]) throw notLinear("div", "the denominator depends on the arguments that are transposed");
    return [over(cotangent, y), zero];
  },
  batch: elementwiseBatch(() => divPrimitive),
  lower: elementByElement((emit, [a, b]) => emit.div(a, b)),
  get samples() {
    return elementwiseSamples([numerators, { min: 0.2, max: 5 }], floating, 2, [
      [numerators, { min: -5, max: -0.2 }],
    ]);
  },
});

/** The quotient of two values of one shape, for rules. */
const over = (a: Value, b: Value): Value => apply(divPrimitive, [a, b], noParams);

/**
 * Division, `a / b`. d(a / b) = da / b - a db / b².
 *
 * In: one floating dtype, shapes that broadcast; out: that dtype, the broadcast shape. Of integers, `floorDivide`.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not floating.
 * @example
 * ```ts
 * import { div, tensor, toArray } from "@cotangent/core";
 *
 * toArray(div(tensor([1, 2]), tensor([2, 4]))); // [0.5, 0.5]
 * ```
 */
export const div: Binary<"div", Floating> = /* @__PURE__ */ binaryOperation(divPrimitive);
