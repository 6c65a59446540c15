/** The cross entropy of logits, with class indices or class probabilities as targets. */

import { dtypeOf, shapeOf, TensorError } from "@cotangent/core";
import type { AnyTensor, Checked, DType, Floating, Integer, Shape, Tensor, Untyped } from "@cotangent/core";
import type { Collapse, Show, Unranked } from "@cotangent/core";
import { checkKnown } from "../options.js";
import type { Alike } from "./alike.js";
import { withIndices, withProbabilities, type Settings } from "./class-targets.js";
import { checkReduction } from "./reduction.js";
import type { LossReduction, Real, Reduced, ReductionOption } from "./reduction.js";

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
type Without<S extends Shape> = Unranked<S> extends true
  ? Shape
  : S extends readonly [number]
    ? readonly []
    : Collapse<S, 1>;

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
export const crossEntropy: CrossEntropy = (
  logits: Real,
  targets: AnyTensor,
  options: CrossEntropyOptions<LossReduction> = {},
): Untyped => {
  checkKnown("crossEntropy", options, ["reduction", "weight", "ignoreIndex", "labelSmoothing"]);
  const { reduction = "mean", weight, ignoreIndex, labelSmoothing = 0 } = options;
  checkReduction("crossEntropy", reduction);
  const shape: Shape = shapeOf(logits);
  const axis = shape.length === 1 ? 0 : 1;
  const classes = shape[axis];
  if (classes === undefined) throw noClasses();
  checkSmoothing(labelSmoothing);
  if (weight !== undefined) checkWeight(weight, classes);
  const settings: Settings = { reduction, weight, labelSmoothing, axis, classes };
  return isFloating(targets)
    ? withProbabilities(logits, checkTargets(logits, targets, shape, ignoreIndex), settings)
    : withIndices(logits, checkIndices(targets, shape, axis), ignoreIndex ?? -100, settings);
};

const isFloating = (x: AnyTensor): x is Real => dtypeOf(x) === "float32" || dtypeOf(x) === "float64";

const showShape = (shape: Shape): string => `[${shape.join(", ")}]`;
const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

const checkIndices = (targets: AnyTensor, shape: Shape, axis: number): Tensor<Untyped, Integer> => {
  const expected = shape.filter((_, index) => index !== axis);
  const [got, dtype]: readonly [Shape, DType] = [shapeOf(targets), dtypeOf(targets)];
  if (isInteger(targets) && sameShape(got, expected)) return targets;
  throw new TensorError({
    kind: dtype === "bool" ? "UnsupportedDType" : "ShapeMismatch",
    operation: "crossEntropy",
    problem:
      dtype === "bool"
        ? "bools are neither class indices nor probabilities"
        : "the class indices have not the shape of the logits without the axis of the classes",
    found: [
      ["logits", `${showShape(shape)}   axis ${axis} holds the classes`],
      ["expected", `int32${showShape(expected)}`],
      ["got", `${dtype}${showShape(got)}`],
    ],
    fix:
      dtype === "bool"
        ? 'convert them: convert(targets, "int32")'
        : sameShape(got, shape)
          ? 'convert one-hot rows to probabilities: convert(targets, "float32")'
          : `reshape(targets, ${showShape(expected)})`,
  });
};

const isInteger = (x: AnyTensor): x is Tensor<Untyped, Integer> => dtypeOf(x) === "int32" || dtypeOf(x) === "uint32";

const checkTargets = (logits: Real, targets: Real, shape: Shape, ignoreIndex: number | undefined): Real => {
  const got: Shape = shapeOf(targets);
  if (!sameShape(got, shape) || dtypeOf(targets) !== dtypeOf(logits)) {
    throw new TensorError({
      kind: sameShape(got, shape) ? "DTypeMismatch" : "ShapeMismatch",
      operation: "crossEntropy",
      problem: "class probabilities must have the shape and dtype of the logits",
      found: [
        ["logits", `${dtypeOf(logits)}${showShape(shape)}`],
        ["targets", `${dtypeOf(targets)}${showShape(got)}`],
      ],
      fix:
        got.length < shape.length
          ? 'for class indices convert them: convert(targets, "int32")'
          : `convert(targets, "${dtypeOf(logits)}")`,
    });
  }
  if (ignoreIndex === undefined || ignoreIndex < 0) return targets;
  throw new TensorError({
    kind: "InvalidArgument",
    operation: "crossEntropy",
    problem: "ignoreIndex says nothing about class probabilities",
    found: [["ignoreIndex", String(ignoreIndex)]],
    fix: "give class indices, or weigh the rows yourself",
  });
};

const checkWeight = (weight: Real, classes: number): void => {
  const got: Shape = shapeOf(weight);
  if (sameShape(got, [classes])) return;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation: "crossEntropy",
    problem: "weight must have one entry a class",
    found: [
      ["expected", `[${classes}]`],
      ["got", showShape(got)],
    ],
    fix: "weigh classes with `weight`; to weigh rows, multiply the losses of { reduction: \"none\" }",
  });
};

const checkSmoothing = (labelSmoothing: number): void => {
  if (labelSmoothing >= 0 && labelSmoothing <= 1) return;
  throw new TensorError({
    kind: "InvalidArgument",
    operation: "crossEntropy",
    problem: "labelSmoothing must be between 0 and 1",
    found: [["got", String(labelSmoothing)]],
    fix: "0.1 is common",
  });
};

const noClasses = (): TensorError =>
  new TensorError({
    kind: "ShapeMismatch",
    operation: "crossEntropy",
    problem: "the logits have no axis for the classes",
    found: [["got", "a scalar"]],
    fix: "give [classes], [batch, classes] or [batch, classes, ...]",
  });
