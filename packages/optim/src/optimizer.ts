/** What an optimiser is: a pair of pure functions over any tree of tensors, `init` and `update`. */

import type { Gradient } from "@cotangent/core";

/**
 * The state of an optimiser, at the level of types: a function from the parameters to the state. An interface that
 * extends it declares `state` in terms of `this["params"]`.
 */
export interface StateOf {
  readonly params: unknown;
  readonly state: unknown;
}

/** The state that goes with the parameters `P`. */
export type StateFor<F extends StateOf, P> = (F & { readonly params: P })["state"];

/** Names the phantom property that holds the type of the state; it has no value at run time. */
declare const stateOf: unique symbol;

/**
 * An optimiser, or one of the transformations of gradients that optimisers are made of.
 *
 * `update` takes gradients to updates, which `applyUpdates` adds to the parameters. Where the gradient is `null` (integer
 * tensors have none) so is the update.
 */
export interface Optimizer<F extends StateOf = StateOf> {
  /** The state to begin with. */
  readonly init: <P>(params: P) => StateFor<F, P>;
  /** The updates, and the next state. */
  readonly update: <P>(
    gradients: NoInfer<Gradient<P>>,
    state: NoInfer<StateFor<F, P>>,
    params: P,
  ) => readonly [updates: Gradient<P>, state: StateFor<F, P>];
  readonly [stateOf]?: F;
}

/** Any optimiser at all: what is known of one without its types. */
export interface AnyOptimizer {
  readonly init: (params: never) => unknown;
  readonly update: (gradients: never, state: never, params: never) => readonly [unknown, unknown];
}

/** The type of an optimiser's state. */
export type StateTypeOf<O> = O extends { readonly [stateOf]?: infer F } ? Extract<F, StateOf> : StateOf;

/** No state. */
export interface Stateless extends StateOf {
  readonly state: Readonly<Record<string, never>>;
}
