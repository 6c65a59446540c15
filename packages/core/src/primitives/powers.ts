/** Roots and powers. */

import type { Binary, Unary } from "../types/elementwise.js";
import type { Floating, Numeric } from "../types/tensor.js";
import { hypot as hypotKernel } from "../kernels/special/hypot.js";
import { numeric } from "../program/samples.js";
import { add, neg, sub } from "./additive.js";
import { equal, greater, logicalAnd, logicalNot } from "./comparison.js";
import { elementwise, elementwiseBinary } from "./elementwise.js";
import { numericDTypes } from "./elementwise-rules.js";
import { log } from "./exponential.js";
import { mul } from "./multiplicative.js";
import { div, square } from "./quotient.js";
import { abs } from "./rounding.js";
import { where } from "./select.js";

/**
 * The square root, √x. d √x = dx / (2√x), ∞ at 0.
 *
 * In and out: one shape, one floating dtype; NaN below 0.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { sqrt, tensor, toArray } from "@cotangent/core";
 *
 * toArray(sqrt(tensor([4, 9]))); // [2, 3]
 * ```
 */
export const sqrt: Unary = /* @__PURE__ */ elementwise({
  name: "sqrt",
  kernel: Math.sqrt,
  lower: (emit, x) => emit.sqrt(x),
  derivative: (_x, y) => div(0.5, y),
  samples: [{ min: 0.2, max: 9, points: [1] }],
});

/**
 * The reciprocal square root, 1 / √x. d(1 / √x) = -dx / (2 x √x).
 *
 * In and out: one shape, one floating dtype; ∞ at 0, NaN below.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { rsqrt, tensor, toArray } from "@cotangent/core";
 *
 * toArray(rsqrt(tensor([4, 16]))); // [0.5, 0.25]
 * ```
 */
export const rsqrt: Unary = /* @__PURE__ */ elementwise({
  name: "rsqrt",
  kernel: (x) => 1 / Math.sqrt(x),
  derivative: (x, y) => div(mul(-0.5, y), x),
  samples: [{ min: 0.2, max: 9, points: [1] }],
});

/**
 * The cube root, ∛x, of negative numbers too. d ∛x = dx / (3 ∛x²), ∞ at 0.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @example
 * ```ts
 * import { cbrt, tensor, toArray } from "@cotangent/core";
 *
 * toArray(cbrt(tensor([8, -27]))); // [2, -3]
 * ```
 */
export const cbrt: Unary = /* @__PURE__ */ elementwise({
  name: "cbrt",
  kernel: Math.cbrt,
  derivative: (_x, y) => div(1 / 3, square(y)),
  samples: [{ min: 0.2, max: 9, points: [1] }],
  elsewhere: [[{ min: -9, max: -0.2, points: [-1] }]],
});

/** x to an integer power modulo 2³², by squaring; 0 for a negative power, unless x is ±1. */
const integerPower = (x: number, power: number): number => {
  if (power < 0) return x === 1 ? 1 : x === -1 ? (power % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  for (let base = x, rest = power; rest > 0; rest = Math.floor(rest / 2), base = Math.imul(base, base)) {
    if (rest % 2 === 1) result = Math.imul(result, base);
  }
  return result;
};

/**
 * The power, `xʸ`. ∂/∂x = y xʸ⁻¹, which is 0 where y is 0; ∂/∂y = xʸ log x, which is 0 where x is 0.
 *
 * Where y is 0 the factor y alone makes ∂/∂x 0, so that it keeps its own derivative in y, x⁻¹; of an x that is 0 or
 * NaN there is nothing to keep.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape. A negative x has real powers at
 * whole y alone, else NaN. Integers wrap around; to a negative power they are 0, unless x is ±1.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @example
 * ```ts
 * import { pow, tensor, toArray } from "@cotangent/core";
 *
 * toArray(pow(tensor([2, 3]), 2)); // [4, 9]
 * ```
 */
export const pow: Binary<"pow", Numeric> = /* @__PURE__ */ elementwiseBinary({
  name: "pow",
  // IEEE 754: 1 to any power is 1, also to NaN and ∞, where Math.pow gives NaN.
  kernel: (x, y) => (x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : x ** y),
  integerKernel: integerPower,
  accepts: numericDTypes,
  derivatives: [
    (x, y) => mul(y, pow(where(logicalAnd(equal(y, 0), logicalNot(greater(abs(x), 0))), 1, x), sub(y, 1))),
    (x, _y, z) => where(equal(x, 0), 0, mul(z, log(where(equal(x, 0), 1, x)))),
  ],
  samples: [
    { min: 0.3, max: 3, points: [1] },
    { min: -2, max: 3, points: [2, 1, 0] },
  ],
  dtypes: numeric,
});

/**
 * The hypotenuse, z = √(a² + b²), without overflow on the way. ∂/∂a = a / z, ∂/∂b = b / z, 0 where both are 0.
 *
 * In: one floating dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not floating.
 * @example
 * ```ts
 * import { hypot, tensor, toArray } from "@cotangent/core";
 *
 * toArray(hypot(tensor([3, 5]), tensor([4, 12]))); // [5, 13]
 * ```
 */
export const hypot: Binary<"hypot", Floating> = /* @__PURE__ */ elementwiseBinary({
  name: "hypot",
  kernel: hypotKernel,
  derivatives: [
    (a, _b, z) => div(a, where(equal(z, 0), 1, z)),
    (_a, b, z) => div(b, where(equal(z, 0), 1, z)),
  ],
  samples: [
    { min: 0.3, max: 4 },
    { min: -4, max: 4, points: [0] },
  ],
});

/**
 * The angle of the point (x, y) in radians, from -π to π: `atan2(y, x)`. ∂/∂y = x / (x² + y²), ∂/∂x = -y / (x² + y²).
 *
 * In: one floating dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not floating.
 * @example
 * ```ts
 * import { atan2, tensor, toArray } from "@cotangent/core";
 *
 * toArray(atan2(tensor([1, 0]), tensor([0, -1]))); // [1.5708, 3.14159]
 * ```
 */
export const atan2: Binary<"atan2", Floating> = /* @__PURE__ */ elementwiseBinary({
  name: "atan2",
  kernel: Math.atan2,
  derivatives: [
    (y, x) => div(x, add(square(x), square(y))),
    (y, x) => div(neg(y), add(square(x), square(y))),
  ],
  samples: [
    { min: -3, max: 3, points: [0] },
    { min: 0.3, max: 3 },
  ],
  elsewhere: [
    [
      { min: 0.3, max: 3 },
      { min: -3, max: 3, points: [0] },
    ],
    [
      { min: -3, max: -0.3 },
      { min: -3, max: 3, points: [0] },
    ],
  ],
});

/**
 * x log y, which is 0 where x is 0 (unless y is NaN). ∂/∂x = log y, ∂/∂y = x / y.
 *
 * In: one floating dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not floating.
 * @example
 * ```ts
 * import { tensor, toArray, xlogy } from "@cotangent/core";
 *
 * toArray(xlogy(tensor([0, 2]), tensor([0, Math.E]))); // [0, 2]
 * ```
 */
export const xlogy: Binary<"xlogy", Floating> = /* @__PURE__ */ elementwiseBinary({
  name: "xlogy",
  kernel: (x, y) => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y)),
  derivatives: [(_x, y) => log(y), (x, y) => div(x, y)],
  samples: [
    { min: -3, max: 3, points: [0] },
    { min: 0.3, max: 5, points: [1] },
  ],
});
