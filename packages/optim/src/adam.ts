/** Adam. */

import {
  add,
  convert,
  div,
  dtypeOf,
  maximum,
  mul,
  neg,
  pow,
  sqrt,
  square,
  sub,
  zerosLike,
} from "@cotangent/core";
import type { Gradient, Untyped } from "@cotangent/core";
import { closed } from "@cotangent/core/io";
import * as t from "io-ts";
import { asState } from "./as-state.js";
import { direction } from "./direction.js";
import { mapTree, type Real } from "./map-tree.js";
import { decays, nonNegative, optionsWithSchedule } from "./options.js";
import type { Optimizer, StateOf } from "./optimizer.js";
import { nextCount, noSteps, rateAt, stepOf, type Count, type Schedule, type Step } from "./schedule.js";

/** The options of `adam`, with PyTorch's names and defaults. */
export interface AdamOptions {
  /** About how far a step goes, or a schedule of it; 1e-3 by default. */
  readonly learningRate?: number | Schedule;
  /** The decays of the two averages; [0.9, 0.999] by default. */
  readonly betas?: readonly [number, number];
  /** Added to the root, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
  /** The factor of the L2 penalty, whose gradient goes through the averages; 0 by default. */
  readonly weightDecay?: number;
  /** Whether the second average never falls. */
  readonly amsgrad?: boolean;
  /** Whether to climb. */
  readonly maximize?: boolean;
}

/**
 * The codec of the options of `adam`, for configurations in JSON: their learning rate is a number.
 *
 * @example
 * ```ts
 * import { decode } from "@cotangent/core/io";
 * import * as optim from "@cotangent/optim";
 *
 * decode(optim.adamOptions)(JSON.parse(`{ "betas": [0.9, 1] }`)); // Left: betas are from 0 to below 1
 * ```
 */
export const adamOptions = /* @__PURE__ */ closed(
  "the options of adam",
  {},
  {
    learningRate: nonNegative,
    betas: decays,
    eps: nonNegative,
    weightDecay: nonNegative,
    amsgrad: t.boolean,
    maximize: t.boolean,
  },
);

/** The state of `adam`. */
export interface AdamState<P> {
  /** How many updates there were. */
  readonly step: Count;
  /** The average of the gradients. */
  readonly firstMoment: Gradient<P>;
  /** The average of their squares. */
  readonly secondMoment: Gradient<P>;
  /** The greatest second moment so far, `null` without `amsgrad`. */
  readonly greatestMoment: Gradient<P> | null;
}

/** `AdamState` as a function of the parameters. */
export interface AdamStateOf extends StateOf {
  readonly state: AdamState<this["params"]>;
}

/**
 * Adam: at step t, with learning rate η and decays β₁, β₂,
 *
 *     m ← β₁ m + (1 - β₁) g
 *     v ← β₂ v + (1 - β₂) g²
 *     update = -η / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε)
 *
 * where g has the L2 penalty's gradient, `weightDecay · p`, in it; with `amsgrad` the greatest v so far stands for v.
 *
 * @throws TensorError when an option is unknown or out of range.
 * @see `torch.optim.Adam`; Kingma and Ba, 2015; Reddi, Kale and Kumar, 2018.
 * @example
 * ```ts
 * import { grad, square, sum, tensor } from "@cotangent/core";
 * import type { Tensor } from "@cotangent/core";
 * import * as optim from "@cotangent/optim";
 *
 * const optimizer = optim.adam({ learningRate: 0.1 });
 * const params = { w: tensor([1, 2]) };
 * const loss = ({ w }: { w: Tensor<[2]> }) => sum(square(w));
 * const [updates, state] = optimizer.update(grad(loss)(params), optimizer.init(params), params);
 * optim.applyUpdates(params, updates); // each about 0.1 nearer to 0
 * ```
 */
export const adam = (options: AdamOptions = {}): Optimizer<AdamStateOf> => {
  const known = optionsWithSchedule("adam", adamOptions, options);
  const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-8 } = known;
  const { weightDecay = 0, amsgrad = false, maximize = false } = known;
  const [ofFirst, ofSecond] = betas;
  const zeros = (params: unknown): unknown => mapTree("adam", params, {}, ({ param }) => zerosLike(param));
  return {
    init: (params: unknown): Untyped => ({
      step: noSteps(),
      firstMoment: zeros(params),
      secondMoment: zeros(params),
      greatestMoment: amsgrad ? zeros(params) : null,
    }),
    update: (gradients: unknown, state: unknown, params: unknown): Untyped => {
      const last = asState("adam", state, ["firstMoment", "secondMoment", "greatestMoment"]);
      const g = direction("adam", params, gradients, { maximize, weightDecay });
      const firstMoment = average(params, last.firstMoment, g, ofFirst, (x) => x);
      const secondMoment = average(params, last.secondMoment, g, ofSecond, square);
      const greatestMoment = amsgrad ? greater(params, last.greatestMoment, secondMoment) : null;
      const step = nextCount(last.step);
      const size = div(rateAt(learningRate, last.step), correction(ofFirst, stepOf(step)));
      const root = sqrt(correction(ofSecond, stepOf(step)));
      const updates = descend(params, firstMoment, greatestMoment ?? secondMoment, { size, root, eps });
      return [updates, { step, firstMoment, secondMoment, greatestMoment }];
    },
  };
};

/** 1 - βᵗ: how much of an average that began at 0 is there. In float64, since it begins near 0. */
const correction = (beta: number, step: Step): Step => sub(1, pow(beta, step));

/** `β m + (1 - β) f(g)` */
const average = (
  params: unknown,
  moment: unknown,
  gradients: unknown,
  beta: number,
  f: (g: Real) => Real,
): unknown =>
  mapTree("adam", params, { moment, gradients }, ({ moment: m, gradients: g }) =>
    add(mul(beta, m), mul(1 - beta, f(g))),
  );

const greater = (params: unknown, last: unknown, moment: unknown): unknown =>
  mapTree("adam", params, { last, moment }, (leaves) => maximum(leaves.last, leaves.moment));

const descend = (
  params: unknown,
  first: unknown,
  second: unknown,
  { size, root, eps }: { readonly size: Step; readonly root: Step; readonly eps: number },
): unknown =>
  mapTree("adam", params, { first, second }, ({ first: m, second: v }) => {
    const dtype = dtypeOf(m);
    const scale = add(div(sqrt(v), convert(root, dtype)), eps);
    return mul(neg(convert(size, dtype)), div(m, scale));
  });
