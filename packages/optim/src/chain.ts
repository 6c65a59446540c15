/** Transformations of gradients, one after another. */

import { TensorError, type Untyped } from "@cotangent/core";
import type { AnyOptimizer, Optimizer, StateFor, StateOf, StateTypeOf } from "./optimizer.js";

/** A tuple of the states of its parts. */
export interface ChainState<T extends readonly AnyOptimizer[]> extends StateOf {
  readonly state: { readonly [K in keyof T]: StateFor<StateTypeOf<T[K]>, this["params"]> };
}

/**
 * Transformations one after another: the updates of each are the gradients of the next.
 *
 * The state is the tuple of their states.
 *
 * @throws TensorError, from `update`, when the state has another number of parts.
 * @see `optax.chain`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as optim from "@cotangent/optim";
 *
 * const optimizer = optim.chain(optim.clipByGlobalNorm({ maxNorm: 1 }), optim.sgd({ learningRate: 0.5 }));
 * const params = tensor([0, 0]);
 * const [updates] = optimizer.update(tensor([3, 4]), optimizer.init(params), params);
 * toArray(updates); // [-0.3, -0.4]
 * ```
 */
export const chain = <const T extends readonly AnyOptimizer[]>(...parts: T): Optimizer<ChainState<T>> => ({
  init: (params: unknown): Untyped => parts.map((part) => part.init(params as never)),
  update: (gradients: unknown, state: unknown, params: unknown): Untyped => {
    const states = checkState(state, parts.length);
    const next: unknown[] = [];
    const updates = parts.reduce<unknown>((current, part, place) => {
      // Each part takes any tree, as the type of an optimiser says.
      const [updated, after] = part.update(current as never, states[place] as never, params as never);
      next.push(after);
      return updated;
    }, gradients);
    return [updates, next];
  },
});

const checkState = (state: unknown, count: number): readonly unknown[] => {
  if (Array.isArray(state) && state.length === count) return state;
  throw new TensorError({
    kind: "TreeMismatch",
    operation: "chain",
    problem: "the state must be a tuple with one entry a transformation",
    found: [
      ["expected", `${count} entries`],
      ["got", Array.isArray(state) ? `${state.length} entries` : typeof state],
    ],
    fix: "give what init or the last update gave",
  });
};
