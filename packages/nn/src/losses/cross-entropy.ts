/** The cross entropy of logits, with class indices or class probabilities as targets. */

import type {
  Checked,
  Collapse,
  DType,
  Floating,
  Integer,
  Shape,
  Show,
  Tensor,
  Unranked,
  Untyped,
} from "@cotangent/core";
import { asOptions, asReal, asTensor, isReal, lengthsOf } from "../given.js";
import type { Alike } from "./alike.js";
import { asIndices, asProbabilities, checkSmoothing, checkWeight, noClasses } from "./check-class-targets.js";
import { withIndices, withProbabilities, type Settings } from "./class-targets.js";
import { checkReduction } from "./reduction.js";
import type { LossReduction, Reduced, ReductionOption } from "./reduction.js";

/** The options of `crossEntropy`. */
export type CrossEntropyOptions<R> = ReductionOption<R> & {
  /** How much each class counts, [classes]. */
  readonly weight?: Tensor<Untyped, Floating>;
  /** The class index that counts for nothing; -100 by default. */
  readonly ignoreIndex?: number;
  /** How much of each target is spread evenly over the classes, from 0 (the default) to 1. */
  readonly labelSmoothing?: number;
};

/** The shape of the targets and of the unreduced losses: that of the logits without the class axis. */
type Without<S extends Shape> =
  Unranked<S> extends true ? Shape : S extends readonly [number] ? readonly [] : Collapse<S, 1>;

/** `true` if the targets fit the logits, otherwise a sentence. */
type Targets<S extends Shape, T extends Shape, E extends DType> = [E & Floating] extends [never]
  ? [E & Integer] extends [never]
    ? `crossEntropy: targets of ${E} are neither class indices nor probabilities`
    : Alike<"crossEntropy", Without<S>, T> extends true
      ? true
      : `crossEntropy: logits ${Show<S>} take class indices ${Show<Without<S>>}, not ${Show<T>}`
  : Alike<"crossEntropy", S, T> extends true
    ? true
    : `crossEntropy: logits ${Show<S>} take probabilities ${Show<S>}, not ${Show<T>}`;

/** The type of `crossEntropy`. */
export type CrossEntropy = <
  S extends Shape,
  D extends Floating,
  T extends Shape,
  E extends DType,
  const R extends LossReduction = "mean",
>(
  logits: Tensor<S, D>,
  targets: Checked<Targets<S, T, E>, Tensor<T, E>>,
  options?: CrossEntropyOptions<R>,
) => Reduced<R, Unranked<S> extends true ? Untyped : Without<S>, D>;

/**
 * The cross entropy of logits, over the axis of the classes, reduced to its mean.
 *
 *     -w[t] logSoftmax(x)[t]              for a class index t
 *     -Σ_c w[c] t[c] logSoftmax(x)[c]     for class probabilities t
 *
 * Logits: [classes], [batch, classes] or [batch, classes, d₁, …]. Targets: integers of that shape without the axis of the
 * classes, or floating numbers of the whole shape. With label smoothing s, `(1 - s)` of a target stays and `s / classes`
 * goes to each class. The mean divides by the weights of the targets that are not ignored (so it is NaN when all are); of
 * probabilities, by their number. Out: a scalar, or the shape without the axis of the classes with
 * `{ reduction: "none" }`.
 *
 * @throws TensorError when the shapes do not fit, or a class index is out of range.
 * @see `torch.nn.functional.cross_entropy`.
 * @example
 * ```ts
 * import { item, tensor } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * item(nn.crossEntropy(tensor([[0, 0]]), tensor([1], { dtype: "int32" }))); // log 2
 * ```
 */
export const crossEntropy: CrossEntropy = (x: unknown, y: unknown, options: unknown = {}): Untyped => {
  const [logits, targets] = [asReal(operation, "logits", x), asTensor(operation, "targets", y)];
  const known = asOptions<Options>(operation, options, [
    "reduction",
    "weight",
    "ignoreIndex",
    "labelSmoothing",
  ]);
  const { reduction = "mean", weight, ignoreIndex, labelSmoothing = 0 } = known;
  checkReduction(operation, reduction);
  checkSmoothing(labelSmoothing);
  const shape = lengthsOf(logits);
  const axis = shape.length === 1 ? 0 : 1;
  const classes = shape[axis];
  if (classes === undefined) throw noClasses();
  if (weight !== undefined) checkWeight(weight, classes);
  const settings: Settings = { reduction, weight, labelSmoothing, axis, classes };
  return isReal(targets)
    ? withProbabilities(logits, asProbabilities(targets, logits, ignoreIndex), settings)
    : withIndices(logits, asIndices(targets, shape, axis), ignoreIndex ?? -100, settings);
};

const operation = "crossEntropy";
type Options = CrossEntropyOptions<LossReduction>;
