/** The uniform distribution. */

import type { Floating, Operand, Shape, Tensor } from "../types/tensor.js";
import { add, sub } from "../primitives/additive.js";
import { maximum } from "../primitives/extremum.js";
import { mul } from "../primitives/multiplicative.js";
import type { Value } from "../tensor/value.js";
import { optionsOf } from "../trace/options.js";
import { asDType, asParameter, asShape, stretch } from "./arguments.js";
import { unitInterval } from "./bits.js";
import { checkEnds } from "./known-values.js";
import { asKey, type Key } from "./key.js";

/** The option of the samplers that draw floating numbers. */
export interface FloatingOptions<D> {
  /** What is drawn; float32 if left out. A float64 takes twice the bits, so its numbers are others. */
  readonly dtype?: D | undefined;
}

/** The options of `uniform`. */
export interface UniformOptions<D> extends FloatingOptions<D> {
  /** The lower end, included; 0 if left out. A tensor must broadcast to the shape. */
  readonly minval?: Operand | undefined;
  /** The upper end, excluded but for rounding; 1 if left out. */
  readonly maxval?: Operand | undefined;
}

const uniformOptions = ["dtype", "minval", "maxval"] as const;

/** The dtypes of the samplers that draw floating numbers; the first is the default. */
const floatingDTypes: readonly Floating[] = ["float32", "float64"];

/** The dtype of the options of a sampler that has no others. */
export const floatingOf = (operation: string, options: FloatingOptions<Floating> | undefined): Floating =>
  asDType(operation, optionsOf(operation, options, ["dtype"]).dtype ?? "float32", floatingDTypes);

/**
 * Numbers between two ends, all equally likely: `minval + (maxval - minval) u` with u in [0, 1).
 *
 * The ends are differentiable, and may be tensors that broadcast to the shape.
 *
 * Out: the shape, float32 or what `dtype` says.
 *
 * @throws TensorError when it is not given a key, the shape is none, the dtype is not floating, an end does not fit shape
 * and dtype, or `minval` is above `maxval`.
 * @see `jax.random.uniform`.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.uniform(random.key(0), [2], { minval: -1, maxval: 1 }));
 * ```
 */
export const uniform = <const S extends Shape = readonly [], D extends Floating = "float32">(
  key: Key,
  shape?: S,
  options?: UniformOptions<D>,
): Tensor<S, NoInfer<D>> => {
  const {
    dtype: of = "float32",
    minval = 0,
    maxval = 1,
  } = optionsOf("random.uniform", options, uniformOptions);
  const lengths = asShape("random.uniform", shape ?? []);
  const dtype = asDType("random.uniform", of, floatingDTypes);
  return drawUniform("uniform", asKey("random.uniform", key), lengths, dtype, minval, maxval);
};

/** The uniform numbers of a sampler. */
export const drawUniform = (
  by: string,
  key: Value,
  shape: Shape,
  dtype: Floating,
  minval: unknown,
  maxval: unknown,
): Value => {
  const unit = unitInterval(key, shape, dtype, by);
  if (minval === 0 && maxval === 1) return unit;
  const operation = `random.${by}`;
  const low = asParameter(operation, "minval", minval, dtype);
  const high = asParameter(operation, "maxval", maxval, dtype);
  if (by === "uniform") checkEnds(operation, { names: ["minval", "maxval"], low, high, mayBeEqual: true });
  const start = stretch(operation, "minval", low, shape);
  const span = stretch(operation, "maxval", sub(high, low), shape);
  // Rounding may go below the lower end, which is included.
  return maximum(start, add(mul(unit, span), start));
};
