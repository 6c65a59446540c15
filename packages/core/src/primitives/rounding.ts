/** Absolute values, signs, rounding and remainders: derivatives that jump. */

import type { Binary, Unary } from "../types/elementwise.js";
import type { Floating, Numeric, Untyped } from "../types/tensor.js";
import { floorDivide as floorDivideKernel, floorMod } from "../kernels/special/floor-division.js";
import { nextAfter32, nextAfter64 } from "../kernels/special/next-after.js";
import { roundHalfEven } from "../kernels/special/round-half-even.js";
import { numeric, type Domain } from "../program/samples.js";
import { isFloating } from "../tensor/dtype.js";
import { neg } from "./additive.js";
import { elementwise, elementwiseBinary, flat } from "./elementwise.js";
import { numericDTypes } from "./elementwise-rules.js";
import { mul } from "./multiplicative.js";

const kinkAtZero: readonly Domain[] = [{ min: -5, max: 5, kinks: [0], points: [0] }];
const wholeNumbers = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5];

/** -1, 0 or 1: the sign. Its derivative is 0. */
export const sign: Unary<Numeric> = /* @__PURE__ */ elementwise({
  name: "sign",
  kernel: Math.sign,
  // A zero keeps its sign, and NaN stays.
  lower: (emit, x) => {
    const [zero, one] = [emit.constant(0, x.dtype), emit.constant(1, x.dtype)];
    const below = emit.select(emit.less(x, zero), emit.constant(x.dtype === "uint32" ? 1 : -1, x.dtype), x);
    return emit.select(emit.less(zero, x), one, below);
  },
  accepts: numericDTypes,
  derivative: flat,
  samples: kinkAtZero,
  dtypes: numeric,
});

/** The absolute value. d|x| = sign(x) dx, 0 at 0. */
export const abs: Unary<Numeric> = /* @__PURE__ */ elementwise({
  name: "abs",
  kernel: Math.abs,
  lower: (emit, x) => emit.abs(x),
  accepts: numericDTypes,
  derivative: (x) => sign(x),
  samples: kinkAtZero,
  dtypes: numeric,
});

const rounding = (
  name: "floor" | "ceil" | "trunc" | "round",
  kernel: (x: number) => number,
  kinks: readonly number[],
): Untyped =>
  elementwise({
    name,
    kernel,
    integerKernel: (x) => x,
    lower: (emit, x) => (isFloating(x.dtype) ? emit[name === "round" ? "nearest" : name](x) : x),
    accepts: numericDTypes,
    derivative: flat,
    samples: [{ min: -4, max: 4, kinks, points: [0, 0.5, 1.5, -0.5] }],
    dtypes: numeric,
  });

/** The largest whole number ≤ x. Its derivative is 0. */
export const floor: Unary<Numeric> = /* @__PURE__ */ rounding("floor", Math.floor, wholeNumbers);
/** The smallest whole number ≥ x. Its derivative is 0. */
export const ceil: Unary<Numeric> = /* @__PURE__ */ rounding("ceil", Math.ceil, wholeNumbers);
/** The whole number towards 0. Its derivative is 0. */
export const trunc: Unary<Numeric> = /* @__PURE__ */ rounding("trunc", Math.trunc, wholeNumbers);
/** The nearest whole number, halves to the even one (IEEE 754). Its derivative is 0. */
export const round: Unary<Numeric> = /* @__PURE__ */ rounding(
  "round",
  roundHalfEven,
  wholeNumbers.map((whole) => whole + 0.5),
);

// Quotients between 3.1 and 3.9, so that no difference meets a jump, with a whole number in each operand.
const [above, below]: readonly [Domain, Domain] = [
  { min: 6.6, max: 7.4, points: [7] },
  { min: -7.4, max: -6.6, points: [-7] },
];
const divisors: Domain = { min: 1.9, max: 2.1, points: [2] };
const negativeDivisors: Domain = { min: -2.1, max: -1.9, points: [-2] };
const quotientDomain: readonly Domain[] = [above, divisors];
const otherSigns: readonly (readonly Domain[])[] = [
  [below, divisors],
  [above, negativeDivisors],
  [below, negativeDivisors],
];

/** The quotient rounded down, ⌊a / b⌋. Its derivative is 0. */
export const floorDivide: Binary<"floorDivide", Numeric> = /* @__PURE__ */ elementwiseBinary({
  name: "floorDivide",
  kernel: floorDivideKernel,
  lower: (emit, x, y) =>
    isFloating(x.dtype) ? emit.apply("floorDivide", floorDivideKernel, [x, y], x.dtype) : emit.quotient(x, y),
  accepts: numericDTypes,
  derivatives: [flat, flat],
  samples: quotientDomain,
  elsewhere: otherSigns,
  dtypes: numeric,
});

/** The remainder a - b ⌊a / b⌋, with the sign of the divisor. ∂/∂a = 1, ∂/∂b = -⌊a / b⌋. */
export const mod: Binary<"mod", Numeric> = /* @__PURE__ */ elementwiseBinary({
  name: "mod",
  kernel: floorMod,
  lower: (emit, x, y) => {
    if (isFloating(x.dtype)) return emit.apply("mod", floorMod, [x, y], x.dtype);
    const zero = emit.constant(0, x.dtype);
    return emit.select(emit.equal(y, zero), zero, emit.sub(x, emit.mul(y, emit.quotient(x, y))));
  },
  accepts: numericDTypes,
  derivatives: [() => 1, (a, b) => neg(floorDivide(a, b))],
  samples: quotientDomain,
  elsewhere: otherSigns,
  dtypes: numeric,
});

/** |a| with the sign of b. ∂/∂a = ±1. */
export const copySign: Binary<"copySign", Floating> = /* @__PURE__ */ elementwiseBinary({
  name: "copySign",
  kernel: (a, b) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a)),
  lower: (emit, x, y) => {
    const [zero, size] = [emit.constant(0, x.dtype), emit.abs(x)];
    const isNegativeZero = emit.and(
      emit.equal(y, zero),
      emit.less(emit.div(emit.constant(1, y.dtype), y), zero),
    );
    return emit.select(emit.or(emit.less(y, zero), isNegativeZero), emit.neg(size), size);
  },
  derivatives: [(a, b) => mul(sign(a), copySign(1, b)), flat],
  samples: [
    { min: -4, max: 4, kinks: [0] },
    { min: -4, max: 4, kinks: [0] },
  ],
});

/** The next representable number after a in the direction of b. ∂/∂a = 1. */
export const nextAfter: Binary<"nextAfter", Floating> = /* @__PURE__ */ elementwiseBinary({
  name: "nextAfter",
  kernel: nextAfter64,
  float32Kernel: nextAfter32,
  derivatives: [() => 1, flat],
  samples: [
    { min: -4, max: 4 },
    { min: 5, max: 6 },
  ],
});
