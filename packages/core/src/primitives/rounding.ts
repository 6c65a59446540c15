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
const halves = [-4.5, -3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5];

/**
 * The sign: -1, 0 or 1, NaN of NaN. Its derivative is 0.
 *
 * In and out: one shape, one numeric dtype.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { sign, tensor, toArray } from "@cotangent/core";
 *
 * toArray(sign(tensor([-3, 0, 0.5]))); // [-1, 0, 1]
 * ```
 */
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

/**
 * The absolute value, |x|. d|x| = sign(x) dx, 0 at 0.
 *
 * In and out: one shape, one numeric dtype; the least int32, -2³¹, stays itself.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { abs, tensor, toArray } from "@cotangent/core";
 *
 * toArray(abs(tensor([-3, 2]))); // [3, 2]
 * ```
 */
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

/**
 * The largest whole number ≤ x, ⌊x⌋. Its derivative is 0.
 *
 * In and out: one shape, one numeric dtype; integers stay.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { floor, tensor, toArray } from "@cotangent/core";
 *
 * toArray(floor(tensor([1.5, -1.5]))); // [1, -2]
 * ```
 */
export const floor: Unary<Numeric> = /* @__PURE__ */ rounding("floor", Math.floor, wholeNumbers);

/**
 * The smallest whole number ≥ x, ⌈x⌉. Its derivative is 0.
 *
 * In and out: one shape, one numeric dtype; integers stay.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { ceil, tensor, toArray } from "@cotangent/core";
 *
 * toArray(ceil(tensor([1.5, -1.5]))); // [2, -1]
 * ```
 */
export const ceil: Unary<Numeric> = /* @__PURE__ */ rounding("ceil", Math.ceil, wholeNumbers);

/**
 * The whole number next to x on the side of 0. Its derivative is 0.
 *
 * In and out: one shape, one numeric dtype; integers stay.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { tensor, toArray, trunc } from "@cotangent/core";
 *
 * toArray(trunc(tensor([1.5, -1.5]))); // [1, -1]
 * ```
 */
export const trunc: Unary<Numeric> = /* @__PURE__ */ rounding("trunc", Math.trunc, wholeNumbers);

/**
 * The nearest whole number, halves to the even one (IEEE 754). Its derivative is 0.
 *
 * In and out: one shape, one numeric dtype; integers stay.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { round, tensor, toArray } from "@cotangent/core";
 *
 * toArray(round(tensor([0.5, 1.5, 2.4]))); // [0, 2, 2]
 * ```
 */
export const round: Unary<Numeric> = /* @__PURE__ */ rounding("round", roundHalfEven, halves);

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

/**
 * The quotient rounded down, ⌊a / b⌋. Its derivative is 0.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape. By 0, an integer gives 0.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @see Python's `//`.
 * @example
 * ```ts
 * import { floorDivide, tensor, toArray } from "@cotangent/core";
 *
 * toArray(floorDivide(tensor([7, -7]), 2)); // [3, -4]
 * ```
 */
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

/**
 * The remainder a - b ⌊a / b⌋, with the sign of the divisor. ∂/∂a = 1, ∂/∂b = -⌊a / b⌋.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape. By 0, an integer gives 0, any other
 * number NaN.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @see Python's `%`.
 * @example
 * ```ts
 * import { mod, tensor, toArray } from "@cotangent/core";
 *
 * toArray(mod(tensor([7, -7]), 3)); // [1, 2]
 * ```
 */
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

/**
 * |a| with the sign of b, that of -0 too. ∂/∂a = 1 where a keeps its sign, else -1; ∂/∂b = 0.
 *
 * In: one floating dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not floating.
 * @example
 * ```ts
 * import { copySign, tensor, toArray } from "@cotangent/core";
 *
 * toArray(copySign(tensor([1, 2]), tensor([-3, 0]))); // [-1, 2]
 * ```
 */
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

/**
 * The number of its dtype next to a in the direction of b, or b where they are equal. ∂/∂a = 1, ∂/∂b = 0.
 *
 * In: one floating dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not floating.
 * @see Rump, Zimmermann, Boldo, Melquiond, Computing predecessor and successor in rounding to nearest, 2009.
 * @example
 * ```ts
 * import { item, nextAfter, scalar, sub } from "@cotangent/core";
 *
 * item(sub(nextAfter(scalar(1), 2), 1)); // 1.19209e-7
 * ```
 */
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
