/** Parts of a tensor, drawn with or without replacement. */

import type { Taken } from "../types/part.js";
import type { Out } from "../types/rule.js";
import type { AnyTensor, DTypeOf, Floating, Shape, ShapeOf, Tensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { add, sub } from "../primitives/additive.js";
import { less } from "../primitives/comparison.js";
import { convertTo } from "../primitives/convert.js";
import { cumSumAlong } from "../primitives/cumulative.js";
import { log } from "../primitives/exponential.js";
import { minimum } from "../primitives/extremum.js";
import { gather } from "../primitives/gather-scatter.js";
import { mul } from "../primitives/multiplicative.js";
import { argSortLast } from "../primitives/order.js";
import { moveAxisTo, reshape } from "../primitives/reshape.js";
import { sliceAlong } from "../primitives/slice-pad.js";
import { broadcastLast } from "../primitives/sum-broadcast.js";
import { fill } from "../primitives/define.js";
import { axisOf } from "../ops/axes.js";
import { isFloating } from "../tensor/dtype.js";
import { showAval, sizeOfShape } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { asTensor, describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { asFlag, asShape } from "./arguments.js";
import { drawGumbel } from "./exponential.js";
import { checkWeights } from "./known-values.js";
import { asKey, type Key } from "./key.js";
import { asPopulation, shuffle } from "./permutation.js";
import { drawIntegers } from "./randint.js";
import { drawUniform } from "./uniform.js";

/** The options of `choice`. */
export interface ChoiceOptions<X> {
  /** Whether a part may be drawn twice; true if left out. */
  readonly replace?: boolean | undefined;
  /** The axis whose parts are drawn; 0 if left out. */
  readonly axis?: X | undefined;
  /** The weight of each part, which need not add up to 1 with replacement; all alike if left out. */
  readonly p?: AnyTensor | undefined;
}

type Choice = <T extends AnyTensor | number, const S extends Shape = readonly [], const X extends number = 0>(
  key: Key,
  x: T,
  shape?: S,
  options?: ChoiceOptions<X>,
) => T extends number ? Tensor<S, "int32"> : Out<Taken<ShapeOf<T>, DTypeOf<T>, S, X>>;

/**
 * Parts of a tensor along an axis, drawn at random; of a number n, numbers of 0, …, n - 1.
 *
 * The shape that is drawn stands in the place of the axis. With weights `p`: by the running sum of the weights with
 * replacement, by the largest `log(p) + g` with Gumbel numbers g without.
 *
 * @throws TensorError when it is not given a key, there is nothing to draw from, more is drawn without replacement than
 * there is, or the weights do not fit, are negative, or are 0 where they must not be.
 * @see `jax.random.choice`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.choice(random.key(0), tensor([10, 20, 30]), [2], { replace: false }));
 * ```
 */
export const choice: Choice = (
  key: Key,
  x: unknown,
  shape: unknown = [],
  given?: ChoiceOptions<number>,
): Untyped => {
  const operation = "random.choice";
  const options = optionsOf(operation, given, ["replace", "axis", "p"]);
  const population = asPopulation(operation, x);
  const axis = axisOf(operation, options.axis ?? 0, population.shape.length);
  const lengths = asShape(operation, shape);
  const parts = moveAxisTo(population, axis, 0);
  const places = placesOf(asKey(operation, key), parts.shape[0]!, lengths, options);
  return lengths.reduceRight(
    (drawn) => moveAxisTo(drawn, 0, axis + lengths.length - 1),
    gather(parts, places, 0),
  );
};

const placesOf = (key: Value, count: number, shape: Shape, options: ChoiceOptions<number>): Value => {
  const { p } = options;
  const replace = asFlag("random.choice", "replace", options.replace, true);
  const draws = sizeOfShape(shape);
  if (draws === 0) return fill(0, { shape, dtype: "int32" });
  if (count === 0 || (!replace && draws > count)) throw tooFew(count, draws);
  if (p === undefined) {
    if (replace) return drawIntegers("choice", key, shape, "int32", 0, count);
    return reshape(
      sliceAlong(shuffle("choice", key, asPopulation("random.choice", count), {}), 0, 0, draws),
      shape,
    );
  }
  const weights = asWeights(p, count);
  checkWeights("random.choice", weights, replace ? 1 : draws);
  const dtype = weights.dtype as Floating; // as asWeights has seen
  if (replace) return searched(weights, drawUniform("choice", key, shape, dtype, 0, 1));
  const scores = add(drawGumbel("choice", key, [count], dtype), asTensor("random.choice", log(weights)));
  return reshape(sliceAlong(argSortLast(scores, true), 0, 0, draws), shape);
};

/** The first places where the running sum of the weights reaches the levels 1 - u of its end, by bisection. */
const searched = (weights: Value, u: Value): Value => {
  const [count] = weights.shape as readonly [number]; // as asWeights has seen
  const sums = cumSumAlong(weights, 0, false);
  const levels = mul(
    broadcastLast(reshape(sliceAlong(sums, 0, count - 1, count), []), u.shape),
    asTensor("random.choice", sub(1, u)),
  );
  let places: Value = fill(0, { shape: u.shape, dtype: "int32" });
  for (let step = 2 ** Math.floor(Math.log2(count)); step >= 1; step /= 2) {
    const next = minimum(add(places, step), count);
    const below = less(gather(sums, sub(next, 1), 0), levels);
    places = add(places, mul(convertTo(asTensor("random.choice", below), "int32"), sub(next, places)));
  }
  return minimum(places, count - 1);
};

const asWeights = (p: unknown, count: number): Value => {
  if (p instanceof Value && isFloating(p.dtype) && p.shape.length === 1 && p.shape[0] === count) return p;
  throw tensorError({
    kind: "ShapeMismatch",
    operation: "random.choice",
    problem: "there must be one weight for each part",
    found: [
      ["expected", `a floating tensor [${count}]`],
      ["p", p instanceof Value ? showAval(p) : describe(p)],
    ],
    fix: "give p: tensor([…]) with one entry for each part along the axis",
  });
};

const tooFew = (count: number, draws: number): Error =>
  tensorError({
    kind: "InvalidArgument",
    operation: "random.choice",
    problem: "there are too few parts to draw from",
    found: [
      ["parts", String(count)],
      ["draws", String(draws)],
    ],
    fix:
      count === 0
        ? "draw from an axis that is not empty"
        : "draw fewer, or draw with replacement: { replace: true }",
  });
