/** Random words, and the numbers in [0, 1) that are made of them. */

import type { Floating, Shape, Tensor } from "../types/tensor.js";
import { sub } from "../primitives/additive.js";
import { bitwiseOr, shiftRight } from "../primitives/bitwise.js";
import { bitcast } from "../primitives/convert.js";
import { randomBits } from "../primitives/threefry.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { asShape } from "./arguments.js";
import { asKey, type Key } from "./key.js";

/**
 * Random words, uint32, each equally likely: for element i the exclusive or of both words of Threefry's cipher of the
 * counter i under the key.
 *
 * @throws TensorError when it is not given a key, or the shape is none.
 * @see `jax.random.bits`; Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3, 2011.
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
  dtype === "float32"
    ? sub(asTensor(by, oneToTwo(key, shape, by)), 1)
    : randomBits(key, shape, "fraction", by);

const oneToTwo = (key: Value, shape: Shape, by: string): unknown =>
  bitcast(bitwiseOr(shiftRight(randomBits(key, shape, "word", by), 9), 0x3f800000), "float32");
