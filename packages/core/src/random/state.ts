/** Threading keys: a computation that needs random numbers is fp-ts's `State` over a key. */

import type { State } from "fp-ts/lib/State.js";
import { asKey, split, type Key } from "./key.js";

/**
 * A computation with random numbers: from a key, its result and the next key. It composes as any `State` does, with
 * `State.map`, `State.chain` and `sequenceS(State.Apply)`, and no key is used twice.
 */
export type Random<A> = State<Key, A>;

/**
 * What a sampler draws, as a computation: the sampler gets the second half of the key, the rest goes on with the first.
 *
 * @see `key, subkey = jax.random.split(key)`.
 * @example
 * ```ts
 * import { sequenceS } from "fp-ts/lib/Apply.js";
 * import { pipe } from "fp-ts/lib/function.js";
 * import * as State from "fp-ts/lib/State.js";
 * import * as random from "@cotangent/core/random";
 *
 * const layer = sequenceS(State.Apply)({
 *   weight: random.draw((key) => random.normal(key, [3, 2])),
 *   bias: random.draw((key) => random.uniform(key, [3])),
 * });
 * pipe(layer, random.runRandom(random.key(0))); // { weight: Tensor<[3, 2]>, bias: Tensor<[3]> }
 * ```
 */
export const draw =
  <A>(sampler: (key: Key) => A): Random<A> =>
  (state) => {
    const [next, subkey] = split(state);
    return [sampler(subkey), next];
  };

/**
 * Runs a computation with random numbers from a key, and gives its result.
 *
 * A loop of more than some thousand steps overflows the stack as a chain of `State`; use `split` or `foldIn` there.
 *
 * @throws TensorError when it is not given a key.
 * @example
 * ```ts
 * import { pipe } from "fp-ts/lib/function.js";
 * import * as random from "@cotangent/core/random";
 *
 * const noise = random.draw((key) => random.normal(key, [2]));
 * pipe(noise, random.runRandom(random.key(0)));
 * ```
 */
export const runRandom =
  (start: Key) =>
  <A>(computation: Random<A>): A => {
    const [result] = computation(asKey("random.runRandom", start));
    return result;
  };
