/** Trigonometric and hyperbolic functions and their inverses. */

import type { Unary } from "../types/elementwise.js";
import { add, neg, sub } from "./additive.js";
import { elementwise } from "./elementwise.js";
import { mul } from "./multiplicative.js";
import { rsqrt, sqrt } from "./powers.js";
import { reciprocal, square } from "./quotient.js";

/** Sine, of radians. d sin(x) = cos(x) dx. */
export const sin: Unary = /* @__PURE__ */ elementwise({
  name: "sin",
  kernel: Math.sin,
  derivative: (x) => cos(x),
  samples: [{ min: -10, max: 10, points: [0] }],
});

/** Cosine, of radians. d cos(x) = -sin(x) dx. */
export const cos: Unary = /* @__PURE__ */ elementwise({
  name: "cos",
  kernel: Math.cos,
  derivative: (x) => neg(sin(x)),
  samples: [{ min: -10, max: 10, points: [0] }],
});

/** Tangent, of radians. d tan(x) = (1 + tan²(x)) dx. */
export const tan: Unary = /* @__PURE__ */ elementwise({
  name: "tan",
  kernel: Math.tan,
  derivative: (_x, y) => add(1, square(y)),
  samples: [{ min: -1.2, max: 1.2, points: [0] }],
});

/** Arc sine, in radians, from -π/2 to π/2; NaN outside of [-1, 1]. d asin(x) = dx / √(1 - x²). */
export const asin: Unary = /* @__PURE__ */ elementwise({
  name: "asin",
  kernel: Math.asin,
  derivative: (x) => rsqrt(mul(sub(1, x), add(1, x))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});

/** Arc cosine, in radians, from 0 to π; NaN outside of [-1, 1]. d acos(x) = -dx / √(1 - x²). */
export const acos: Unary = /* @__PURE__ */ elementwise({
  name: "acos",
  kernel: Math.acos,
  derivative: (x) => neg(rsqrt(mul(sub(1, x), add(1, x)))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});

/** Arc tangent, in radians, from -π/2 to π/2. d atan(x) = dx / (1 + x²). */
export const atan: Unary = /* @__PURE__ */ elementwise({
  name: "atan",
  kernel: Math.atan,
  derivative: (x) => reciprocal(add(1, square(x))),
  samples: [{ min: -5, max: 5, points: [0] }],
});

/** Hyperbolic sine. d sinh(x) = cosh(x) dx. */
export const sinh: Unary = /* @__PURE__ */ elementwise({
  name: "sinh",
  kernel: Math.sinh,
  derivative: (x) => cosh(x),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/** Hyperbolic cosine. d cosh(x) = sinh(x) dx. */
export const cosh: Unary = /* @__PURE__ */ elementwise({
  name: "cosh",
  kernel: Math.cosh,
  derivative: (x) => sinh(x),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/** Hyperbolic tangent. d tanh(x) = (1 - tanh²(x)) dx. */
export const tanh: Unary = /* @__PURE__ */ elementwise({
  name: "tanh",
  kernel: Math.tanh,
  derivative: (_x, y) => sub(1, square(y)),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/** Inverse hyperbolic sine. d asinh(x) = dx / √(1 + x²). */
export const asinh: Unary = /* @__PURE__ */ elementwise({
  name: "asinh",
  kernel: Math.asinh,
  derivative: (x) => rsqrt(add(1, square(x))),
  samples: [{ min: -5, max: 5, points: [0] }],
});

/** Inverse hyperbolic cosine, of x ≥ 1. d acosh(x) = dx / √(x² - 1). */
export const acosh: Unary = /* @__PURE__ */ elementwise({
  name: "acosh",
  kernel: Math.acosh,
  derivative: (x) => reciprocal(mul(sqrt(sub(x, 1)), sqrt(add(x, 1)))),
  samples: [{ min: 1.2, max: 6, points: [2] }],
});

/** Inverse hyperbolic tangent, of |x| < 1. d atanh(x) = dx / (1 - x²). */
export const atanh: Unary = /* @__PURE__ */ elementwise({
  name: "atanh",
  kernel: Math.atanh,
  derivative: (x) => reciprocal(mul(sub(1, x), add(1, x))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});
