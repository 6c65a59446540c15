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

/** The error function, 2/√π ∫₀ˣ e^(-t²) dt. d = 2/√π e^(-x²) dx. */
export const erf: Unary = /* @__PURE__ */ elementwise({
  name: "erf",
  kernel: erfKernel,
  derivative: (x) => mul(twoOverRootPi, exp(neg(square(x)))),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/** 1 - erf(x), exact in the tail. d = -2/√π e^(-x²) dx. */
export const erfc: Unary = /* @__PURE__ */ elementwise({
  name: "erfc",
  kernel: erfcKernel,
  derivative: (x) => mul(-twoOverRootPi, exp(neg(square(x)))),
  samples: [{ min: -3, max: 3, points: [0] }],
});

/** The inverse of the error function, of |x| < 1. d = √π/2 e^(y²) dx. */
export const erfInv: Unary = /* @__PURE__ */ elementwise({
  name: "erfInv",
  kernel: erfInvKernel,
  derivative: (_x, y) => mul(1 / twoOverRootPi, exp(square(y))),
  samples: [{ min: -0.9, max: 0.9, points: [0] }],
});

/** log |Γ(x)|, the logarithm of the gamma function; ∞ at 0 and the negative integers. d = digamma(x) dx. */
export const lgamma: Unary = /* @__PURE__ */ elementwise({
  name: "lgamma",
  kernel: lgammaKernel,
  derivative: (x) => digamma(x),
  samples: [{ min: 0.3, max: 6, points: [1, 2] }],
  elsewhere: [[{ min: -0.8, max: -0.2, points: [-0.5] }], [{ min: -3.75, max: -3.25 }]],
});

/** The derivative of lgamma, Γ'(x) / Γ(x). Its own derivative is the trigamma function. */
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
  samples: {
    operands: [{ min: 0.5, max: 6, points: [1] }],
    dtypes: floating,
    cases: [1, 2, 3].map((order) => ({ shapes: [[3]], params: { order } })),
  },
});

/** The derivative of digamma of an order, for rules. d ψ⁽ⁿ⁾(x) = ψ⁽ⁿ⁺¹⁾(x) dx. */
const polygamma = (x: Value, order: number): Value => apply(polygammaPrimitive, [x], { order });
