/** The error function and its relatives, the gamma function's logarithm and its derivatives. */

import type { Unary } from "../types/elementwise.js";
import { right } from "../errors/either.js";
import { mapUnary } from "../kernels/elementwise.js";
import { unaryLoop } from "../kernels/loops.js";
import { digamma as digammaKernel } from "../kernels/special/digamma.js";
import { erf as erfKernel, erfc as erfcKernel } from "../kernels/special/erf.js";
import { erfInv as erfInvKernel } from "../kernels/special/erf-inv.js";
import { lgamma as lgammaKernel } from "../kernels/special/lgamma.js";
import { polygamma as polygammaKernel } from "../kernels/special/polygamma.js";
import { noRule, type Primitive } from "../program/primitive.js";
import { floating } from "../program/samples.js";
import { isZero, zero } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { neg } from "./additive.js";
import { apply, primitive } from "./define.js";
import { elementwise } from "./elementwise.js";
import { exp } from "./exponential.js";
import { mul, times } from "./multiplicative.js";
import { square } from "./quotient.js";

const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/**
 * The error function, erf(x) = 2/√π ∫₀ˣ e^(-t²) dt. d erf(x) = 2/√π e^(-x²) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @see Cody, Rational Chebyshev approximations for the error function, 1969.
 * @example
 * ```ts
 * import { erf, tensor, toArray } from "@cotangent/core";
 *
 * toArray(erf(tensor([-1, 0, 1]))); // [-0.842701, 0, 0.842701]
 * ```
 */
export const erf: Unary = /* @__PURE__ */ elementwise({
  name: "erf",
  kernel: erfKernel,
  derivative: (x) => mul(twoOverRootPi, exp(neg(square(x)))),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/**
 * The complement of the error function, erfc(x) = 1 - erf(x) = 2/√π ∫ₓ^∞ e^(-t²) dt, without the cancellation of large x.
 * d erfc(x) = -2/√π e^(-x²) dx.
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating.
 * @see Cody, Rational Chebyshev approximations for the error function, 1969.
 * @example
 * ```ts
 * import { erfc, tensor, toArray } from "@cotangent/core";
 *
 * toArray(erfc(tensor([0, 5]))); // [1, 1.53746e-12]
 * ```
 */
export const erfc: Unary = /* @__PURE__ */ elementwise({
  name: "erfc",
  kernel: erfcKernel,
  derivative: (x) => mul(-twoOverRootPi, exp(neg(square(x)))),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/**
 * The inverse of the error function: the y with erf(y) = x. d erfInv(x) = √π/2 e^(y²) dx.
 *
 * In and out: one shape, one floating dtype; ±∞ at ±1, NaN beyond.
 *
 * @throws TensorError when the dtype is not floating.
 * @see Wichura, Algorithm AS 241: the percentage points of the normal distribution, 1988.
 * @example
 * ```ts
 * import { erfInv, tensor, toArray } from "@cotangent/core";
 *
 * toArray(erfInv(tensor([0, 0.5]))); // [0, 0.476936]
 * ```
 */
export const erfInv: Unary = /* @__PURE__ */ elementwise({
  name: "erfInv",
  kernel: erfInvKernel,
  derivative: (_x, y) => mul(1 / twoOverRootPi, exp(square(y))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});

/**
 * The logarithm of the gamma function's absolute value, log |Γ(x)|. d log |Γ(x)| = digamma(x) dx.
 *
 * In and out: one shape, one floating dtype; ∞ at 0 and the negative whole numbers.
 *
 * @throws TensorError when the dtype is not floating.
 * @see NIST Digital Library of Mathematical Functions, 5.5, 5.7 and 5.11.
 * @example
 * ```ts
 * import { lgamma, tensor, toArray } from "@cotangent/core";
 *
 * toArray(lgamma(tensor([1, 5]))); // [0, 3.17805]
 * ```
 */
export const lgamma: Unary = /* @__PURE__ */ elementwise({
  name: "lgamma",
  kernel: lgammaKernel,
  derivative: (x) => digamma(x),
  samples: [{ min: 0.3, max: 6, points: [1, 2] }],
  elsewhere: [[{ min: -0.8, max: -0.2, points: [-0.5] }], [{ min: -3.75, max: -3.25 }]],
});

/**
 * The derivative of `lgamma`, ψ(x) = Γ'(x) / Γ(x). dψ(x) = ψ⁽¹⁾(x) dx, the trigamma function.
 *
 * In and out: one shape, one floating dtype; NaN at 0 and the negative whole numbers.
 *
 * @throws TensorError when the dtype is not floating.
 * @see NIST Digital Library of Mathematical Functions, 5.5, 5.7 and 5.11.
 * @example
 * ```ts
 * import { digamma, tensor, toArray } from "@cotangent/core";
 *
 * toArray(digamma(tensor([1, 2]))); // [-0.577216, 0.422784]
 * ```
 */
export const digamma: Unary = /* @__PURE__ */ elementwise({
  name: "digamma",
  kernel: digammaKernel,
  derivative: (x) => polygamma(x, 1),
  samples: [{ min: 0.3, max: 6, points: [1, 2] }],
  elsewhere: [[{ min: -0.8, max: -0.2, points: [-0.5] }], [{ min: -3.75, max: -3.25 }]],
});

interface PolygammaParams {
  readonly order: number;
}

/** y = ψ⁽ⁿ⁾(x), the n-th derivative of digamma for the order n. dψ⁽ⁿ⁾(x) = ψ⁽ⁿ⁺¹⁾(x) dx. */
export const polygammaPrimitive: Primitive<PolygammaParams> = /* @__PURE__ */ primitive({
  name: "polygamma",
  shape: ([x]) => right(x),
  evaluate: ([x], { order }) =>
    mapUnary(
      unaryLoop((element) => polygammaKernel(order, element)),
      x,
      x.dtype,
    ),
  jvp: ([x], [dx], { order }) => [
    polygamma(x, order),
    isZero(dx) ? zero : times(dx, polygamma(x, order + 1)),
  ],
  transpose: noRule("polygamma is not linear"),
  batch: ([x], _batched, _size, { order }) => polygamma(x, order),
  lower: {
    kind: "elementwise",
    emit: (emit, operands, { order }, { dtype }) =>
      emit.apply(`polygamma ${order}`, (element) => polygammaKernel(order, element), operands, dtype),
  },
  get samples() {
    return {
      operands: [{ min: 0.5, max: 6, points: [1] }],
      dtypes: floating,
      cases: [1, 2, 3].map((order) => ({ shapes: [[3]], params: { order } })),
    };
  },
});

/** The derivative of digamma of an order, for rules. d ψ⁽ⁿ⁾(x) = ψ⁽ⁿ⁺¹⁾(x) dx. */
const polygamma = (x: Value, order: number): Value => apply(polygammaPrimitive, [x], { order });
