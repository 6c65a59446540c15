/** Stochastic gradient descent, with momentum. */

import { add, equal, mul, neg, TensorError, where, zerosLike } from "@cotangent/core";
import type { Gradient, Untyped } from "@cotangent/core";
import { closed } from "@cotangent/core/io";
import * as t from "io-ts";
import { asState } from "./as-state.js";
import { direction } from "./direction.js";
import { mapTree } from "./map-tree.js";
import { finite, nonNegative, optionsWithSchedule } from "./options.js";
import type { Optimizer, StateOf } from "./optimizer.js";
import { beside, nextCount, noSteps, rateAt, type Count, type Rate, type Schedule } from "./schedule.js";

/** The options of `sgd`, with PyTorch's names and defaults. */
export interface SgdOptions {
  /** How far a step goes, per unit of gradient, or a schedule of it; 1e-3 by default. */
  readonly learningRate?: number | Schedule;
  /** How much of the last direction is kept; 0 by default. */
  readonly momentum?: number;
  /** How much of a new gradient is left out of the momentum; 0 by default. */
  readonly dampening?: number;
  /** Whether the gradient is taken a step ahead, in the direction of the momentum. */
  readonly nesterov?: boolean;
  /** The factor of the L2 penalty; 0 by default. */
  readonly weightDecay?: number;
  /** Whether to climb. */
  readonly maximize?: boolean;
}

/**
 * The codec of the options of `sgd`, for configurations in JSON: their learning rate is a number.
 *
 * @example
 * ```ts
 * import { decode } from "@cotangent/core/io";
 * import * as optim from "@cotangent/optim";
 *
 * decode(optim.sgdOptions)({ momentun: 0.9 }); // Left: there is no property momentun (did you mean momentum?)
 * ```
 */
export const sgdOptions = /* @__PURE__ */ closed(
  "the options of sgd",
  {},
  {
    learningRate: nonNegative,
    momentum: nonNegative,
    dampening: finite,
    nesterov: t.boolean,
    weightDecay: nonNegative,
    maximize: t.boolean,
  },
);

/** The state of `sgd`. */
export interface SgdState<P> {
  /** How many updates there were. */
  readonly step: Count;
  /** The momentum, `null` if there is none. */
  readonly momentum: Gradient<P> | null;
}

/** `SgdState` as a function of the parameters. */
export interface SgdStateOf extends StateOf {
  readonly state: SgdState<this["params"]>;
}

/**
 * Stochastic gradient descent: with learning rate η, momentum μ, dampening τ,
 *
 *     b ← g for the first step, then μ b + (1 - τ) g
 *     update = -η b,  or -η (g + μ b) with `nesterov`
 *
 * where g has the L2 penalty's gradient, `weightDecay · p`, in it.
 *
 * @throws TensorError when an option is unknown or out of range, and for `nesterov` without momentum or with dampening.
 * @see `torch.optim.SGD`; Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep
 * learning, 2013.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as optim from "@cotangent/optim";
 *
 * const optimizer = optim.sgd({ learningRate: 0.1, momentum: 0.9 });
 * const params = tensor([1, 1]);
 * const [updates, state] = optimizer.update(tensor([1, 2]), optimizer.init(params), params);
 * toArray(updates); // [-0.1, -0.2]
 * ```
 */
export const sgd = (options: SgdOptions = {}): Optimizer<SgdStateOf> => {
  const known = optionsWithSchedule("sgd", sgdOptions, options);
  const { learningRate = 1e-3, momentum = 0, dampening = 0, nesterov = false } = known;
  const { weightDecay = 0, maximize = false } = known;
  if (nesterov && (momentum === 0 || dampening !== 0)) throw noMomentum(momentum, dampening);
  return {
    init: (params: unknown): Untyped => ({
      step: noSteps(),
      momentum: momentum === 0 ? null : mapTree("sgd", params, {}, ({ param }) => zerosLike(param)),
    }),
    update: (gradients: unknown, state: unknown, params: unknown): Untyped => {
      const { step, momentum: last } = asState("sgd", state, ["momentum"]);
      const g = direction("sgd", params, gradients, { maximize, weightDecay });
      const next = momentum === 0 ? null : accelerate(params, g, last, { step, momentum, dampening });
      const down = next === null ? g : nesterov ? ahead(params, g, next, momentum) : next;
      return [descend(params, down, rateAt(learningRate, step)), { step: nextCount(step), momentum: next }];
    },
  };
};

/** `μ b + (1 - τ) g`; the first momentum is the gradient itself, without dampening. */
const accelerate = (
  params: unknown,
  gradients: unknown,
  last: unknown,
  {
    step,
    momentum,
    dampening,
  }: { readonly step: Count; readonly momentum: number; readonly dampening: number },
): unknown =>
  mapTree("sgd", params, { gradients, momentum: last }, ({ gradients: g, momentum: b }) => {
    const kept = mul(momentum, b);
    if (dampening === 0) return add(kept, g);
    return where(equal(step, 0), g, add(kept, mul(1 - dampening, g)));
  });

/** `g + μ b` */
const ahead = (params: unknown, gradients: unknown, next: unknown, momentum: number): unknown =>
  mapTree("sgd", params, { gradients, momentum: next }, ({ gradients: g, momentum: b }) =>
    add(g, mul(momentum, b)),
  );

const descend = (params: unknown, directions: unknown, rate: Rate): unknown =>
  mapTree("sgd", params, { gradients: directions }, ({ gradients: g }) => neg(mul(beside(rate, g), g)));

const noMomentum = (momentum: number, dampening: number): TensorError =>
  new TensorError({
    kind: "InvalidArgument",
    operation: "sgd",
    problem: "nesterov needs momentum, and no dampening",
    found: [
      ["momentum", String(momentum)],
      ["dampening", String(dampening)],
    ],
    fix: "write { momentum: 0.9, nesterov: true }",
  });
