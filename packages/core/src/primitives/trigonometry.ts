/** Trigonometric and hyperbolic functions and their inverses. */

import type { Unary } from "../types/elementwise.js";
import { add, neg, sub } from "./additive.js";
import { elementwise } from "./elementwise.js";
import { mul } from "./multiplicative.js";
import { rsqrt, sqrt } from "./powers.js";
import { reciprocal, square } from "./quotient.js";

/**
 * Sine, of radians. d sin(x) = cos(x) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { sin, tensor, toArray } from "@cotangent/core";
 *
 * toArray(sin(tensor([0, Math.PI / 6]))); // [0, 0.5]
 * ```
 */
export const sin: Unary = /* @__PURE__ */ elementwise({
  name: "sin",
  kernel: Math.sin,
  derivative: (x) => cos(x),
  samples: [{ min: -10, max: 10, points: [0] }],
});

/**
 * Cosine, of radians. d cos(x) = -sin(x) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { cos, tensor, toArray } from "@cotangent/core";
 *
 * toArray(cos(tensor([0, Math.PI]))); // [1, -1]
 * ```
 */
export const cos: Unary = /* @__PURE__ */ elementwise({
  name: "cos",
  kernel: Math.cos,
  derivative: (x) => neg(sin(x)),
  samples: [{ min: -10, max: 10, points: [0] }],
});

/**
 * Tangent, of radians. d tan(x) = (1 + tan²(x)) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { tan, tensor, toArray } from "@cotangent/core";
 *
 * toArray(tan(tensor([0, Math.PI / 4]))); // [0, 1]
 * ```
 */
export const tan: Unary = /* @__PURE__ */ elementwise({
  name: "tan",
  kernel: Math.tan,
  derivative: (_x, y) => add(1, square(y)),
  samples: [{ min: -1.2, max: 1.2, points: [0] }],
});

/**
 * Arc sine, in radians, from -π/2 to π/2. d asin(x) = dx / √(1 - x²).
 *
 * In and out: one shape, one floating dtype; NaN outside of [-1, 1].
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { asin, tensor, toArray } from "@cotangent/core";
 *
 * toArray(asin(tensor([0, 1]))); // [0, 1.5708]
 * ```
 */
export const asin: Unary = /* @__PURE__ */ elementwise({
  name: "asin",
  kernel: Math.asin,
  derivative: (x) => rsqrt(mul(sub(1, x), add(1, x))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});

/**
 * Arc cosine, in radians, from 0 to π. d acos(x) = -dx / √(1 - x²).
 *
 * In and out: one shape, one floating dtype; NaN outside of [-1, 1].
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { acos, tensor, toArray } from "@cotangent/core";
 *
 * toArray(acos(tensor([1, -1]))); // [0, 3.14159]
 * ```
 */
export const acos: Unary = /* @__PURE__ */ elementwise({
  name: "acos",
  kernel: Math.acos,
  derivative: (x) => neg(rsqrt(mul(sub(1, x), add(1, x)))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});

/**
 * Arc tangent, in radians, from -π/2 to π/2. d atan(x) = dx / (1 + x²).
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @see `atan2`, which tells opposite directions apart.
 * @example
 * ```ts
 * import { atan, tensor, toArray } from "@cotangent/core";
 *
 * toArray(atan(tensor([0, 1]))); // [0, 0.785398]
 * ```
 */
export const atan: Unary = /* @__PURE__ */ elementwise({
  name: "atan",
  kernel: Math.atan,
  derivative: (x) => reciprocal(add(1, square(x))),
  samples: [{ min: -5, max: 5, points: [0] }],
});

/**
 * Hyperbolic sine, (eˣ - e⁻ˣ) / 2. d sinh(x) = cosh(x) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { sinh, tensor, toArray } from "@cotangent/core";
 *
 * toArray(sinh(tensor([0, 1]))); // [0, 1.1752]
 * ```
 */
export const sinh: Unary = /* @__PURE__ */ elementwise({
  name: "sinh",
  kernel: Math.sinh,
  derivative: (x) => cosh(x),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/**
 * Hyperbolic cosine, (eˣ + e⁻ˣ) / 2. d cosh(x) = sinh(x) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { cosh, tensor, toArray } from "@cotangent/core";
 *
 * toArray(cosh(tensor([0, 1]))); // [1, 1.54308]
 * ```
 */
export const cosh: Unary = /* @__PURE__ */ elementwise({
  name: "cosh",
  kernel: Math.cosh,
  derivative: (x) => sinh(x),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/**
 * Hyperbolic tangent, sinh(x) / cosh(x). d tanh(x) = (1 - tanh²(x)) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { tanh, tensor, toArray } from "@cotangent/core";
 *
 * toArray(tanh(tensor([0, 1]))); // [0, 0.761594]
 * ```
 */
export const tanh: Unary = /* @__PURE__ */ elementwise({
  name: "tanh",
  kernel: Math.tanh,
  derivative: (_x, y) => sub(1, square(y)),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/**
 * Inverse hyperbolic sine, log(x + √(x² + 1)). d asinh(x) = dx / √(1 + x²).
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { asinh, tensor, toArray } from "@cotangent/core";
 *
 * toArray(asinh(tensor([0, 1]))); // [0, 0.881374]
 * ```
 */
export const asinh: Unary = /* @__PURE__ */ elementwise({
  name: "asinh",
  kernel: Math.asinh,
  derivative: (x) => rsqrt(add(1, square(x))),
  samples: [{ min: -5, max: 5, points: [0] }],
});

/**
 * Inverse hyperbolic cosine, log(x + √(x² - 1)). d acosh(x) = dx / √(x² - 1).
 *
 * In and out: one shape, one floating dtype; NaN below 1.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { acosh, tensor, toArray } from "@cotangent/core";
 *
 * toArray(acosh(tensor([1, 2]))); // [0, 1.31696]
 * ```
 */
export const acosh: Unary = /* @__PURE__ */ elementwise({
  name: "acosh",
  kernel: Math.acosh,
  derivative: (x) => reciprocal(mul(sqrt(sub(x, 1)), sqrt(add(x, 1)))),
  samples: [{ min: 1.2, max: 6, points: [2] }],
});

/**
 * Inverse hyperbolic tangent, log((1 + x) / (1 - x)) / 2. d atanh(x) = dx / (1 - x²).
 *
 * In and out: one shape, one floating dtype; ±∞ at ±1, NaN beyond.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { atanh, tensor, toArray } from "@cotangent/core";
 *
 * toArray(atanh(tensor([0, 0.5]))); // [0, 0.549306]
 * ```
 */
export const atanh: Unary = /* @__PURE__ */ elementwise({
  name: "atanh",
  kernel: Math.atanh,
  derivative: (x) => reciprocal(mul(sub(1, x), add(1, x))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});
