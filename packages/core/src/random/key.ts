/** Random keys: a key is two words, and every draw is a pure function of one. */

import type { Times } from "../types/part.js";
import type { AnyTensor, Tensor, Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { convertTo } from "../primitives/convert.js";
import { reshape } from "../primitives/reshape.js";
import { pad, slice } from "../primitives/slice-pad.js";
import { randomBits, threefry } from "../primitives/threefry.js";
import { contiguousTensor, scalarTensor } from "../tensor/array-tensor.js";
import { isInteger } from "../tensor/dtype.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";

/** A random key: two words, as a tensor, so that `vmap`, `scan` and trees of tensors take it. */
export type Key = Tensor<readonly [2], "uint32">;

/**
 * A key from a seed: the words 0 and seed mod 2³².
 *
 * Seeds are those of 64 bits, of which the lower 32 count; beyond 2⁵³ a seed must be a bigint.
 *
 * @throws TensorError when the seed is not a whole number, or has more than 64 bits.
 * @see `jax.random.key` in 32-bit mode; Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3, 2011.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.key(42)); // [0, 42]
 * ```
 */
export const key = (seed: number | bigint): Key => {
  const isSeed =
    typeof seed === "bigint"
      ? BigInt.asIntN(64, seed) === seed
      : typeof seed === "number" && Number.isSafeInteger(seed);
  if (!isSeed) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "random.key",
      problem: "a seed is a whole number of 64 bits",
      found: [["got", describe(seed)]],
      fix: "write random.key(42); beyond 2 ** 53, a bigint: random.key(2n ** 60n)",
    });
  }
  return contiguousTensor(Uint32Array.of(0, Number(BigInt.asUintN(32, BigInt(seed)))), [2], "uint32");
};

/** A list of `n` keys: a tuple where `n` is a literal. */
type Split = <N extends number = 2>(key: Key, n?: N) => Times<N, Key>;

/**
 * Independent keys from one, as a tuple. Use each of them once, and the key that was split no more.
 *
 * The i-th key is the cipher of the counter i under the key. `stack` makes a tensor of the keys, over which `vmap` maps.
 *
 * @throws TensorError when it is not given a key, or `n` is not a whole number from 1 on.
 * @see `jax.random.split`.
 * @example
 * ```ts
 * import * as random from "@cotangent/core/random";
 *
 * const [forWeights, forNoise] = random.split(random.key(0));
 * random.normal(forWeights, [2, 3]);
 * random.uniform(forNoise, [2]);
 * ```
 */
export const split: Split = (parent: Key, n?: number): Untyped =>
  splitKey("split", asKey("random.split", parent), n ?? 2);

/** The keys that a key is split into, for a sampler that needs several. */
export const splitKey = (by: string, parent: Value, n: number): readonly Value[] => {
  if (!Number.isInteger(n) || n < 1) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "random.split",
      problem: "the number of keys is a whole number from 1 on",
      found: [["got", describe(n)]],
      fix: "write random.split(key, 3)",
    });
  }
  const keys = randomBits(parent, [n], "pair", by);
  return Array.from({ length: n }, (_, index) =>
    reshape(slice(keys, [index, 0], [index + 1, 2], [1, 1]), [2]),
  );
};

/**
 * A new key from a key and a number (a step, an epoch, the place of a layer): other numbers give independent keys.
 *
 * The key is the cipher of the counter `data` under the key. `data` is a whole number of 32 bits, or an int32 or
 * uint32 scalar.
 *
 * @throws TensorError when it is not given a key, or the number has more than 32 bits.
 * @see `jax.random.fold_in`.
 * @example
 * ```ts
 * import * as random from "@cotangent/core/random";
 *
 * const key = random.key(0);
 * [1, 2, 3].map((epoch) => random.permutation(random.foldIn(key, epoch), 5)); // an order for each epoch
 * ```
 */
export const foldIn = (parent: Key, data: number | AnyTensor): Key => {
  const words = asKey("random.foldIn", parent);
  const counter = pad(reshape(asWord(data), [1]), [{ low: 1, high: 0, interior: 0 }], 0);
  return threefry(words, counter, "foldIn");
};

const asWord = (data: unknown): Value => {
  if (typeof data === "number" && Number.isInteger(data) && data >= -(2 ** 31) && data < 2 ** 32)
    return scalarTensor(data, "uint32");
  if (data instanceof Value && isInteger(data.dtype) && data.shape.length === 0)
    return convertTo(data, "uint32");
  throw tensorError({
    kind: "InvalidArgument",
    operation: "random.foldIn",
    problem: "a whole number of 32 bits is folded in",
    found: [
      ["expected", "a whole number, or a scalar of int32 or uint32"],
      ["got", describe(data)],
    ],
    fix: "number what the keys are for: random.foldIn(key, 0), random.foldIn(key, 1)",
  });
};

/** The key that a sampler is given. */
export const asKey = (operation: string, x: unknown): Value => {
  if (x instanceof Value && x.dtype === "uint32" && x.shape.length === 1 && x.shape[0] === 2) return x;
  const isStack = x instanceof Value && x.dtype === "uint32" && x.shape.at(-1) === 2;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "the first argument must be a key",
    found: [
      ["expected", "a key, uint32[2]"],
      ["got", describe(x)],
    ],
    fix: isStack
      ? `map over the keys: vmap((key) => ${operation}(key, …))(keys)`
      : `make a key first: ${operation}(random.key(0), …)`,
  });
};
