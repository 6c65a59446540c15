/** Distributions by the inverse of their distribution function: exponential, Laplace, Gumbel. */

import type { Floating, Shape, Tensor } from "../types/tensor.js";
import { neg } from "../primitives/additive.js";
import { log, log1p } from "../primitives/exponential.js";
import { mul } from "../primitives/multiplicative.js";
import { abs, sign } from "../primitives/rounding.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { asShape } from "./arguments.js";
import { asKey, type Key } from "./key.js";
import { aboveMinusOne } from "./normal.js";
import { drawUniform, floatingOf, type FloatingOptions } from "./uniform.js";

/** The type of a sampler of floating numbers that has no parameters. */
type Sampler = <const S extends Shape = readonly [], D extends Floating = "float32">(
  key: Key,
  shape?: S,
  options?: FloatingOptions<D>,
) => Tensor<S, NoInfer<D>>;

const sampler =
  (name: string, draw: (key: Value, shape: Shape, dtype: Floating) => unknown) =>
  (key: unknown, shape: unknown = [], options?: FloatingOptions<Floating>): Value => {
    const operation = `random.${name}`;
    const lengths = asShape(operation, shape);
    return asTensor(operation, draw(asKey(operation, key), lengths, floatingOf(operation, options)));
  };

/**
 * Exponential numbers of rate 1: `-log(1 - u)`. `div(exponential(key, shape), rate)` has another rate.
 *
 * Out: the shape, float32 or what `dtype` says.
 *
 * @throws TensorError when it is not given a key, the shape is none, or the dtype is not floating.
 * @see `jax.random.exponential`.
 * @example
 * ```ts
 * import * as random from "@cotangent/core/random";
 *
 * random.exponential(random.key(0), [3]);
 * ```
 */
export const exponential: Sampler = /* @__PURE__ */ sampler("exponential", (key, shape, dtype) =>
  neg(log1p(neg(drawUniform("exponential", key, shape, dtype, 0, 1)))),
);

/**
 * Laplace numbers of mean 0 and scale 1: `-sign(u) log(1 - |u|)` with u in (-1, 1).
 *
 * Out: the shape, float32 or what `dtype` says.
 *
 * @throws TensorError when it is not given a key, the shape is none, or the dtype is not floating.
 * @see `jax.random.laplace`.
 * @example
 * ```ts
 * import * as random from "@cotangent/core/random";
 *
 * random.laplace(random.key(0), [3]);
 * ```
 */
export const laplace: Sampler = /* @__PURE__ */ sampler("laplace", (key, shape, dtype) => {
  const u = drawUniform("laplace", key, shape, dtype, aboveMinusOne[dtype], 1);
  return mul(sign(u), log1p(neg(abs(u))));
});

/** The smallest normal number of a dtype: what keeps log(u) finite. */
const tiny = { float32: 2 ** -126, float64: 2 ** -1022 } as const;

/** The Gumbel numbers of a sampler. */
export const drawGumbel = (by: string, key: Value, shape: Shape, dtype: Floating): Value =>
  asTensor(by, neg(log(neg(log(drawUniform(by, key, shape, dtype, tiny[dtype], 1))))));

/**
 * Standard Gumbel numbers, `-log(-log(u))`: added to log-probabilities, the largest sum is at a place drawn by them.
 *
 * Out: the shape, float32 or what `dtype` says.
 *
 * @throws TensorError when it is not given a key, the shape is none, or the dtype is not floating.
 * @see `jax.random.gumbel`; Gumbel, Statistical theory of extreme values, 1954.
 * @example
 * ```ts
 * import * as random from "@cotangent/core/random";
 *
 * random.gumbel(random.key(0), [3]);
 * ```
 */
export const gumbel: Sampler = /* @__PURE__ */ sampler("gumbel", (key, shape, dtype) =>
  drawGumbel("gumbel", key, shape, dtype),
);
