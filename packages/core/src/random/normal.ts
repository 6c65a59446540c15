/** The normal distribution, whole and truncated. */

import type { Floating, Operand, Shape, Tensor } from "../types/tensor.js";
import { div } from "../primitives/quotient.js";
import { maximum, minimum } from "../primitives/extremum.js";
import { mul } from "../primitives/multiplicative.js";
import { nextAfter } from "../primitives/rounding.js";
import { stopGradient } from "../primitives/convert.js";
import { erf, erfInv } from "../primitives/special.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { asParameter, asShape, stretch } from "./arguments.js";
import { checkEnds } from "./known-values.js";
import { asKey, type Key } from "./key.js";
import { drawUniform, floatingOf, type FloatingOptions } from "./uniform.js";

/** The number after -1, where a uniform number begins whose inverse error function shall be finite. */
export const aboveMinusOne = { float32: -1 + 2 ** -24, float64: -1 + 2 ** -53 } as const;

/**
 * Standard normal numbers: mean 0, variance 1.
 *
 * They are √2 erf⁻¹(u) of uniform u in (-1, 1); `add(mean, mul(deviation, normal(key, shape)))` has another mean and
 * deviation, and gradients in both.
 *
 * Out: the shape, float32 or what `dtype` says.
 *
 * @throws TensorError when it is not given a key, the shape is none, or the dtype is not floating.
 * @see `jax.random.normal`.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.normal(random.key(0), [2, 3]));
 * ```
 */
export const normal = <const S extends Shape = readonly [], D extends Floating = "float32">(
  key: Key,
  shape?: S,
  options?: FloatingOptions<D>,
): Tensor<S, NoInfer<D>> => {
  const lengths = asShape("random.normal", shape ?? []);
  const dtype = floatingOf("random.normal", options);
  const u = drawUniform("normal", asKey("random.normal", key), lengths, dtype, aboveMinusOne[dtype], 1);
  return mul(Math.SQRT2, asTensor("random.normal", erfInv(u)));
};

/**
 * Standard normal numbers under the condition that they lie between two bounds.
 *
 * They are √2 erf⁻¹(u) of uniform u in (erf(lower / √2), erf(upper / √2)). The bounds are differentiable, and may be
 * tensors that broadcast to the shape.
 *
 * Out: the shape, float32 or what `dtype` says, strictly between the bounds.
 *
 * @throws TensorError when it is not given a key, the shape is none, the dtype is not floating, or a bound does not fit
 * shape and dtype.
 * @see `jax.random.truncated_normal`.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.truncatedNormal(random.key(0), -2, 2, [3]));
 * ```
 */
export const truncatedNormal = <const S extends Shape = readonly [], D extends Floating = "float32">(
  key: Key,
  lower: Operand,
  upper: Operand,
  shape?: S,
  options?: FloatingOptions<D>,
): Tensor<S, NoInfer<D>> => {
  const operation = "random.truncatedNormal";
  const lengths = asShape(operation, shape ?? []);
  const dtype = floatingOf(operation, options);
  const ends = {
    low: asParameter(operation, "lower", lower, dtype),
    high: asParameter(operation, "upper", upper, dtype),
  };
  checkEnds(operation, { ...ends, names: ["lower", "upper"], mayBeEqual: false });
  const low = stretch(operation, "lower", ends.low, lengths);
  const high = stretch(operation, "upper", ends.high, lengths);
  const u = drawUniform("truncatedNormal", asKey(operation, key), lengths, dtype, level(low), level(high));
  // Rounding, or the lower end of u, must not lead out of the open interval.
  const first = nextAfter(asTensor(operation, stopGradient(low)), Infinity);
  const last = nextAfter(asTensor(operation, stopGradient(high)), -Infinity);
  return minimum(maximum(mul(Math.SQRT2, asTensor(operation, erfInv(u))), first), last);
};

/** erf(x / √2): twice the probability between 0 and x. */
const level = (x: Value): Value => asTensor("random.truncatedNormal", erf(div(x, Math.SQRT2)));
