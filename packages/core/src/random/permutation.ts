/** Shuffled orders. */

import type { AnyTensor, Tensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { gather } from "../primitives/gather-scatter.js";
import { iota } from "../primitives/iota.js";
import { argSortLast } from "../primitives/order.js";
import { moveAxisTo } from "../primitives/reshape.js";
import { randomBits } from "../primitives/threefry.js";
import { axisOf } from "../ops/axes.js";
import { sizeOfShape } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { asFlag } from "./arguments.js";
import { asKey, splitKey, type Key } from "./key.js";

/** The options of `permutation`. */
export interface PermutationOptions {
  /** The axis along which the parts are shuffled; 0 if left out. */
  readonly axis?: number | undefined;
  /** Whether each line along the axis is shuffled for itself, instead of all alike; false if left out. */
  readonly independent?: boolean | undefined;
}

/** The shuffled tensor; of a number n, the numbers below n in a random order. */
type Permutation = <T extends AnyTensor | number>(
  key: Key,
  x: T,
  options?: PermutationOptions,
) => T extends number ? Tensor<readonly [T], "int32"> : T;

/**
 * A tensor with the parts along an axis in a random order; of a number n, the numbers 0, …, n - 1 in a random order.
 *
 * The gradient goes back to where the parts were.
 *
 * @throws TensorError when it is not given a key, or something else than a tensor with axes or a whole number.
 * @see `jax.random.permutation`.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.permutation(random.key(42), 5)); // the numbers 0 to 4, shuffled
 * ```
 */
export const permutation: Permutation = (key: Key, x: unknown, given?: PermutationOptions): Untyped => {
  const operation = "random.permutation";
  const options = optionsOf(operation, given, ["axis", "independent"]);
  return shuffle("permutation", asKey(operation, key), asPopulation(operation, x), options);
};

/** What is shuffled or drawn from: a tensor with an axis, or the numbers below a number. */
export const asPopulation = (operation: string, x: unknown): Value => {
  if (x instanceof Value && x.shape.length > 0) return x;
  if (typeof x === "number" && Number.isInteger(x) && x >= 0 && x < 2 ** 31) return iota(x, "int32");
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "it takes a tensor with an axis, or a whole number n for 0, …, n - 1",
    found: [["got", describe(x)]],
    fix: `write ${operation}(key, 10), or ${operation}(key, x) with x of rank 1 or more`,
  });
};

/** The shuffled tensor of a sampler. */
export const shuffle = (
  by: string,
  key: Value,
  x: Value,
  { axis = 0, independent }: PermutationOptions,
): Value => {
  const along = axisOf(`random.${by}`, axis, x.shape.length);
  if (!asFlag(`random.${by}`, "independent", independent, false) || x.shape.length === 1) {
    const order = shuffled(by, key, iota(x.shape[along]!, "int32"), 0);
    return moveAxisTo(gather(moveAxisTo(x, along, 0), order, 0), 0, along);
  }
  return shuffled(by, key, x, along);
};

/**
 * Every line along an axis sorted by random words, so often that words that are equal do not matter: 3 log n / log 2³² times.
 */
const shuffled = (by: string, start: Value, x: Value, axis: number): Value => {
  const last = x.shape.length - 1;
  const rounds = Math.ceil((3 * Math.log(Math.max(1, sizeOfShape(x.shape)))) / Math.log(2 ** 32 - 1));
  let [key, rows] = [start, moveAxisTo(x, axis, last)];
  for (let round = 0; round < rounds; round++) {
    const [next, subkey] = splitKey(by, key, 2) as [Value, Value]; // two, as asked
    const words = moveAxisTo(randomBits(subkey, x.shape, "word", by), axis, last);
    [key, rows] = [next, gather(rows, argSortLast(words, false), last)];
  }
  return moveAxisTo(rows, last, axis);
};
