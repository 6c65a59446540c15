/** The two forms of the cross entropy: targets as class indices, and as class probabilities. */

import {
  add,
  attempt,
  convert,
  div,
  dtypeOf,
  expandDims,
  less,
  mean,
  mul,
  neg,
  notEqual,
} from "@cotangent/core";
import {
  rankOf,
  reshape,
  squeeze,
  sum,
  take,
  takeAlongAxis,
  TensorError,
  toTypedArray,
  where,
} from "@cotangent/core";
import type { Integer, Tensor, Untyped } from "@cotangent/core";
import { logSoftmax } from "../activations/softmax.js";
import type { Real } from "../given.js";
import { reduceLoss, type LossReduction } from "./reduction.js";

export interface Settings {
  readonly reduction: LossReduction;
  readonly weight: Real | undefined;
  readonly labelSmoothing: number;
  /** The axis of the classes, and its length. */
  readonly axis: number;
  readonly classes: number;
}

/**
 * Losses with class indices. The ignored ones read class 0, and what they read does not count.
 *
 *     loss = (1 - s) w[t] · -logp[t] + s / C · Σ_c w[c] · -logp[c],   mean = Σ loss / Σ w[t]
 */
export const withIndices = (
  logits: Real,
  targets: Tensor<Untyped, Integer>,
  ignoreIndex: number,
  settings: Settings,
): Real => {
  const { reduction, weight, labelSmoothing, axis, classes } = settings;
  const indices = convert(targets, "int32");
  const counts = notEqual(indices, ignoreIndex);
  const safe = where(counts, inRange(indices, ignoreIndex, classes), 0);
  const logP: Real = logSoftmax(logits, { axis });
  const picked: Real = squeeze(takeAlongAxis(logP, expandDims(safe, axis), { axis }), { axis });
  const weights: Real =
    weight === undefined
      ? convert(counts, dtypeOf(logits))
      : where(counts, take(weight, safe, { axis: 0 }), 0);
  const ofTarget = neg(weight === undefined ? picked : mul(weights, picked));
  const losses =
    labelSmoothing === 0
      ? ofTarget
      : add(mul(1 - labelSmoothing, ofTarget), mul(labelSmoothing / classes, overClasses(logP, settings)));
  const counted = where(counts, losses, 0);
  return reduction === "mean" ? div(sum(counted), sum(weights)) : reduceLoss(reduction, counted);
};

/** Losses with class probabilities: `-Σ_c w[c] ((1 - s) t[c] + s / C) logp[c]`; the mean divides by their number. */
export const withProbabilities = (logits: Real, targets: Real, settings: Settings): Real => {
  const { reduction, labelSmoothing, axis, classes } = settings;
  const smooth =
    labelSmoothing === 0 ? targets : add(mul(1 - labelSmoothing, targets), labelSmoothing / classes);
  const logP: Real = logSoftmax(logits, { axis });
  const losses = overClasses(mul(logP, smooth), settings);
  return reduction === "mean" ? mean(losses) : reduceLoss(reduction, losses);
};

/** `-Σ_c w[c] x[c]` over the axis of the classes. */
const overClasses = (x: Real, { weight, axis, classes }: Settings): Real => {
  const trailing = Array.from({ length: rankOf(x) - axis - 1 }, () => 1);
  const weighted: Real = weight === undefined ? x : mul(x, reshape(weight, [classes, ...trailing]));
  return neg(sum(weighted, { axis }));
};

/** The indices, checked: here where they can be read, otherwise (under vmap and jit) by the gather. */
const inRange = (indices: Indices, ignoreIndex: number, classes: number): Indices => {
  const elements = attempt(() => toTypedArray(indices));
  // The gather would count a negative index from the end: it has to see one that is out of range.
  if (elements._tag === "Left") return where(less(indices, 0), classes, indices);
  const wrong = elements.right.find((index) => index !== ignoreIndex && (index < 0 || index >= classes));
  if (wrong === undefined) return indices;
  throw new TensorError({
    kind: "IndexOutOfRange",
    operation: "crossEntropy",
    problem: `class ${wrong} is out of range for ${classes} classes`,
    found: [["expected", `0 to ${classes - 1}, or ${ignoreIndex} to ignore`]],
    fix: wrong === classes ? "classes count from 0" : "give the model one output a class",
  });
};

type Indices = Tensor<Untyped, "int32">;
