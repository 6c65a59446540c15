/** Random words, and the numbers in [0, 1) that are made of them. */

import type { Floating, Shape, Tensor } from "../types/tensor.js";
import { sub } from "../primitives/additive.js";
import { bitwiseOr, shiftLeft, shiftRight } from "../primitives/bitwise.js";
import { joinAlong } from "../primitives/concatenate-flip.js";
import { bitcast } from "../primitives/convert.js";
import { sliceAlong } from "../primitives/slice-pad.js";
import { randomBits } from "../primitives/threefry.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { asShape } from "./arguments.js";
import { asKey, type Key } from "./key.js";

/**
 * Random words: every uint32 is equally likely.
 *
 * @throws TensorError when it is not given a key, or the shape is none.
 * @see `jax.random.bits`.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.bits(random.key(0), [2])); // [4070199207, 4202968722]
 * ```
 */
export const bits = <const S extends Shape = readonly []>(key: Key, shape?: S): Tensor<S, "uint32"> =>
  randomBits(asKey("random.bits", key), asShape("random.bits", shape ?? []), "word", "bits");

/**
 * Numbers in [0, 1), all multiples of the distance from 1 to the next number.
 *
 * Random bits are the mantissa of a number in [1, 2), from which 1 is subtracted.
 */
export const unitInterval = (key: Value, shape: Shape, dtype: Floating, by: string): Value =>
  sub(asTensor(by, dtype === "float32" ? oneToTwo32(key, shape, by) : oneToTwo64(key, shape, by)), 1);

const oneToTwo32 = (key: Value, shape: Shape, by: string): unknown =>
  bitcast(bitwiseOr(shiftRight(randomBits(key, shape, "word", by), 9), 0x3f800000), "float32");

/** The first word of a pair is the high half of the bits; a float64 in memory begins with the low one. */
const oneToTwo64 = (key: Value, shape: Shape, by: string): unknown => {
  const pairs = randomBits(key, shape, "pair", by);
  const [high, low] = [sliceAlong(pairs, shape.length, 0, 1), sliceAlong(pairs, shape.length, 1, 2)];
  const words = [
    bitwiseOr(shiftRight(low, 12), shiftLeft(high, 20)),
    bitwiseOr(shiftRight(high, 12), 0x3ff00000),
  ];
  return bitcast(joinAlong(words, shape.length), "float64");
};
