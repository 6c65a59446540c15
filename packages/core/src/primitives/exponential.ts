/** Exponentials and logarithms. */

import type { Binary, Unary } from "../types/elementwise.js";
import type { Floating } from "../types/tensor.js";
import { logistic } from "../kernels/loops.js";
import { logAddExp as logAddExpKernel } from "../kernels/special/log-add-exp.js";
import { add, sub } from "./additive.js";
import { elementwise, elementwiseBinary } from "./elementwise.js";
import { mul } from "./multiplicative.js";
import { div, reciprocal } from "./quotient.js";

/** The exponential, eˣ. d eˣ = eˣ dx. */
export const exp: Unary = /* @__PURE__ */ elementwise({
  name: "exp",
  kernel: Math.exp,
  derivative: (_x, y) => y,
  samples: [{ min: -3, max: 3, points: [0] }],
});

/** eˣ - 1, exact near 0. d = eˣ dx. */
export const expm1: Unary = /* @__PURE__ */ elementwise({
  name: "expm1",
  kernel: Math.expm1,
  derivative: (_x, y) => add(y, 1),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/** The natural logarithm; NaN below 0, -∞ at 0. d log(x) = dx / x. */
export const log: Unary = /* @__PURE__ */ elementwise({
  name: "log",
  kernel: Math.log,
  derivative: (x) => reciprocal(x),
  samples: [{ min: 0.2, max: 8, points: [1] }],
});

/** log(1 + x), exact near 0. d = dx / (1 + x). */
export const log1p: Unary = /* @__PURE__ */ elementwise({
  name: "log1p",
  kernel: Math.log1p,
  derivative: (x) => reciprocal(add(1, x)),
  samples: [{ min: -0.7, max: 5, points: [0] }],
});

/** The logarithm to base 2. d log₂(x) = dx / (x log 2). */
export const log2: Unary = /* @__PURE__ */ elementwise({
  name: "log2",
  kernel: Math.log2,
  derivative: (x) => div(Math.LOG2E, x),
  samples: [{ min: 0.2, max: 8, points: [1] }],
});

/** The logarithm to base 10. d log₁₀(x) = dx / (x log 10). */
export const log10: Unary = /* @__PURE__ */ elementwise({
  name: "log10",
  kernel: Math.log10,
  derivative: (x) => div(Math.LOG10E, x),
  samples: [{ min: 0.2, max: 8, points: [1] }],
});

/** The logistic function, σ(x) = 1 / (1 + e⁻ˣ). dσ = σ (1 - σ) dx. */
export const sigmoid: Unary = /* @__PURE__ */ elementwise({
  name: "sigmoid",
  kernel: logistic,
  derivative: (_x, y) => mul(y, sub(1, y)),
  samples: [{ min: -6, max: 6, points: [0] }],
});

/** The inverse of the logistic function, log(p / (1 - p)). d = dp / (p (1 - p)). */
export const logit: Unary = /* @__PURE__ */ elementwise({
  name: "logit",
  kernel: (p) => Math.log(p) - Math.log1p(-p),
  derivative: (p) => reciprocal(mul(p, sub(1, p))),
  samples: [{ min: 0.1, max: 0.9, points: [0.5] }],
});

/** log(eᵃ + eᵇ) without overflow. ∂/∂a = e^(a - z), where z is the result. */
export const logAddExp: Binary<"logAddExp", Floating> = /* @__PURE__ */ elementwiseBinary({
  name: "logAddExp",
  kernel: logAddExpKernel,
  derivatives: [(a, b) => sigmoid(sub(a, b)), (a, b) => sigmoid(sub(b, a))],
  samples: [{ min: -5, max: 5, points: [0] }],
});
