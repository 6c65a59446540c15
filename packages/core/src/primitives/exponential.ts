/** Exponentials and logarithms. */

import type { Binary, Unary } from "../types/elementwise.js";
import type { Floating } from "../types/tensor.js";
import { logistic } from "../kernels/loops.js";
import { logAddExp as logAddExpKernel } from "../kernels/special/log-add-exp.js";
import { add, sub } from "./additive.js";
import { elementwise, elementwiseBinary } from "./elementwise.js";
import { mul } from "./multiplicative.js";
import { div, reciprocal } from "./quotient.js";

/**
 * The exponential, eˣ. d eˣ = eˣ dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { exp, tensor, toArray } from "@cotangent/core";
 *
 * toArray(exp(tensor([0, 1]))); // [1, 2.71828]
 * ```
 */
export const exp: Unary = /* @__PURE__ */ elementwise({
  name: "exp",
  kernel: Math.exp,
  derivative: (_x, y) => y,
  samples: [{ min: -3, max: 3, points: [0] }],
});

/**
 * eˣ - 1, without the cancellation near 0. d(eˣ - 1) = eˣ dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { expm1, tensor, toArray } from "@cotangent/core";
 *
 * toArray(expm1(tensor([0, 1e-10]))); // [0, 1e-10]
 * ```
 */
export const expm1: Unary = /* @__PURE__ */ elementwise({
  name: "expm1",
  kernel: Math.expm1,
  derivative: (_x, y) => add(y, 1),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/**
 * The natural logarithm, log x. d log(x) = dx / x.
 *
 * In and out: one shape, one floating dtype; -∞ at 0, NaN below.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { log, tensor, toArray } from "@cotangent/core";
 *
 * toArray(log(tensor([1, Math.E]))); // [0, 1]
 * ```
 */
export const log: Unary = /* @__PURE__ */ elementwise({
  name: "log",
  kernel: Math.log,
  derivative: (x) => reciprocal(x),
  samples: [{ min: 0.2, max: 8, points: [1] }],
});

/**
 * log(1 + x), without the loss of small x. d log(1 + x) = dx / (1 + x).
 *
 * In and out: one shape, one floating dtype; -∞ at -1, NaN below.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { log1p, tensor, toArray } from "@cotangent/core";
 *
 * toArray(log1p(tensor([0, 1e-10]))); // [0, 1e-10]
 * ```
 */
export const log1p: Unary = /* @__PURE__ */ elementwise({
  name: "log1p",
  kernel: Math.log1p,
  derivative: (x) => reciprocal(add(1, x)),
  samples: [{ min: -0.7, max: 5, points: [0] }],
});

/**
 * The logarithm to base 2. d log₂(x) = dx / (x log 2).
 *
 * In and out: one shape, one floating dtype; -∞ at 0, NaN below.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { log2, tensor, toArray } from "@cotangent/core";
 *
 * toArray(log2(tensor([1, 8]))); // [0, 3]
 * ```
 */
export const log2: Unary = /* @__PURE__ */ elementwise({
  name: "log2",
  kernel: Math.log2,
  derivative: (x) => div(Math.LOG2E, x),
  samples: [{ min: 0.2, max: 8, points: [1] }],
});

/**
 * The logarithm to base 10. d log₁₀(x) = dx / (x log 10).
 *
 * In and out: one shape, one floating dtype; -∞ at 0, NaN below.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { log10, tensor, toArray } from "@cotangent/core";
 *
 * toArray(log10(tensor([1, 1000]))); // [0, 3]
 * ```
 */
export const log10: Unary = /* @__PURE__ */ elementwise({
  name: "log10",
  kernel: Math.log10,
  derivative: (x) => div(Math.LOG10E, x),
  samples: [{ min: 0.2, max: 8, points: [1] }],
});

/**
 * The logistic function, σ(x) = 1 / (1 + e⁻ˣ). dσ(x) = σ(x) (1 - σ(x)) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { sigmoid, tensor, toArray } from "@cotangent/core";
 *
 * toArray(sigmoid(tensor([0, Math.log(3)]))); // [0.5, 0.75]
 * ```
 */
export const sigmoid: Unary = /* @__PURE__ */ elementwise({
  name: "sigmoid",
  kernel: logistic,
  derivative: (_x, y) => mul(y, sub(1, y)),
  samples: [{ min: -6, max: 6, points: [0] }],
});

/**
 * The inverse of the logistic function, log(p / (1 - p)). d logit(p) = dp / (p (1 - p)).
 *
 * In and out: one shape, one floating dtype; -∞ at 0, ∞ at 1, NaN outside.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { logit, tensor, toArray } from "@cotangent/core";
 *
 * toArray(logit(tensor([0.5, 0.75]))); // [0, 1.09861]
 * ```
 */
export const logit: Unary = /* @__PURE__ */ elementwise({
  name: "logit",
  kernel: (p) => Math.log(p) - Math.log1p(-p),
  derivative: (p) => reciprocal(mul(p, sub(1, p))),
  samples: [{ min: 0.1, max: 0.9, points: [0.5] }],
});

/**
 * log(eᵃ + eᵇ) = max(a, b) + log(1 + e^(-|a - b|)), which overflows only where the result does. With z the result,
 * ∂/∂a = e^(a - z), ∂/∂b = e^(b - z).
 *
 * In: one floating dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not floating.
 * @see `logSumExp`, over an axis.
 * @example
 * ```ts
 * import { logAddExp, tensor, toArray } from "@cotangent/core";
 *
 * toArray(logAddExp(tensor([0, 1000]), tensor([0, 1000]))); // [0.693147, 1000.69]
 * ```
 */
export const logAddExp: Binary<"logAddExp", Floating> = /* @__PURE__ */ elementwiseBinary({
  name: "logAddExp",
  kernel: logAddExpKernel,
  derivatives: [(a, b) => sigmoid(sub(a, b)), (a, b) => sigmoid(sub(b, a))],
  samples: [{ min: -5, max: 5, points: [0] }],
});
