/** Coin tosses. */

import type { Operand, Shape, ShapeOf, Tensor } from "../types/tensor.js";
import { less } from "../primitives/comparison.js";
import { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { asParameter, asShape, floatingDType, stretch } from "./arguments.js";
import { checkProbabilities } from "./known-values.js";
import { asKey, type Key } from "./key.js";
import { drawUniform } from "./uniform.js";

/**
 * Bools that are true with probability `p`: a number (0.5 if left out), or a tensor that broadcasts to the shape,
 * whose own shape is drawn if none is given.
 *
 * No gradient in `p`: a bool has none.
 *
 * @throws TensorError when it is not given a key, or `p` is not floating, does not broadcast to the shape, or is no
 * probability.
 * @see `jax.random.bernoulli`.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.bernoulli(random.key(0), 0.9, [4])); // [false, false, true, true]
 * ```
 */
export const bernoulli = <P extends Operand = number, const S extends Shape = ShapeOf<P>>(
  key: Key,
  p?: P,
  shape?: S,
): Tensor<S, "bool"> => {
  const chance: unknown = p ?? 0.5;
  const operation = "random.bernoulli";
  const dtype = chance instanceof Value ? floatingDType(operation, "p", chance.dtype) : "float32";
  const level = asParameter(operation, "p", chance, dtype);
  checkProbabilities(operation, "p", level);
  const lengths = asShape(operation, shape ?? level.shape);
  const u = drawUniform("bernoulli", asKey(operation, key), lengths, dtype, 0, 1);
  return asTensor(operation, less(u, stretch(operation, "p", level, lengths)));
};
