/** Places drawn by their log-probabilities. */

import type { Reduce } from "../types/reduce.js";
import type { Checked, Out } from "../types/rule.js";
import type { Floating, Shape, Tensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { add } from "../primitives/additive.js";
import { argMaxAlong } from "../primitives/order.js";
import { broadcastLast } from "../primitives/sum-broadcast.js";
import { axisOf } from "../ops/axes.js";
import { sameShape, showShape } from "../tensor/shape.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { asShape, floatingDType } from "./arguments.js";
import { drawGumbel } from "./exponential.js";
import { asKey, type Key } from "./key.js";

/** The options of `categorical`. */
export interface CategoricalOptions<X, B> {
  /** The axis of the alternatives; the last one if left out. */
  readonly axis?: X | undefined;
  /** The shape that is drawn: it ends with that of the logits without the axis, which is drawn if it is left out. */
  readonly shape?: B | undefined;
}

/** The shape of the logits without the axis of the alternatives, or the one that is asked for. */
type Categorical = <
  S extends Shape,
  D extends Floating,
  const X extends number = -1,
  const B extends Shape | undefined = undefined,
>(
  key: Key,
  logits: Checked<Reduce<"categorical", S, "int32", X, false>, Tensor<S, D>>,
  options?: CategoricalOptions<X, B>,
) => B extends Shape ? Tensor<B, "int32"> : Out<Reduce<"categorical", S, "int32", X, false>>;

/**
 * Places (int32) along an axis of the logits, drawn with probability `exp(logits)`, up to a factor.
 *
 * The place of the largest `logits + g` with Gumbel numbers g. No gradient.
 *
 * @throws TensorError when it is not given a key, or the shape does not end with that of the logits without the axis.
 * @see `jax.random.categorical`.
 * @example
 * ```ts
 * import { log, tensor, toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * const logits = log(tensor([0.1, 0.2, 0.7]));
 * toArray(random.categorical(random.key(0), logits, { shape: [5] }));
 * ```
 */
export const categorical: Categorical = (
  key: Key,
  logits: unknown,
  given?: CategoricalOptions<number, Shape | undefined>,
): Untyped => {
  const operation = "random.categorical";
  const options = optionsOf(operation, given, ["axis", "shape"]);
  const scores = asTensor(operation, logits);
  const dtype = floatingDType(operation, "logits", scores.dtype);
  const axis = axisOf(operation, options.axis ?? -1, scores.shape.length);
  const batch = scores.shape.filter((_, index) => index !== axis);
  const shape = asShape(operation, options.shape ?? batch);
  const front = shape.length - batch.length;
  if (!sameShape(shape.slice(Math.max(front, 0)), batch)) throw shapeError(shape, batch);
  const alternatives = [...shape.slice(0, front), ...scores.shape];
  const noise = drawGumbel("categorical", asKey(operation, key), alternatives, dtype);
  return argMaxAlong(add(noise, broadcastLast(scores, alternatives)), axis + front);
};

const shapeError = (shape: Shape, batch: Shape): Error =>
  tensorError({
    kind: "ShapeMismatch",
    operation: "random.categorical",
    problem: "the shape does not end with that of the logits",
    found: [
      ["shape", showShape(shape)],
      ["logits", `${showShape(batch)}   without the axis of the alternatives`],
    ],
    fix: `ask for [n${batch.map((length) => `, ${length}`).join("")}] to draw n times`,
  });
