/** Whether the targets, the weights and the options of the cross entropy fit its logits. */

import { dtypeOf, sizeOf, TensorError } from "@cotangent/core";
import type { AnyTensor, Integer, Shape, Tensor, Untyped } from "@cotangent/core";
import { lengthsOf, showShape, type Real } from "../given.js";

const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** The targets as class indices of the shape of the logits without the axis of the classes. */
export const asIndices = (targets: AnyTensor, shape: Shape, axis: number): Tensor<Untyped, Integer> => {
  const expected = shape.filter((_, index) => index !== axis);
  const [got, dtype] = [lengthsOf(targets), dtypeOf(targets)];
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
          : sizeOf(targets) === expected.reduce((size, length) => size * length, 1)
            ? `reshape(targets, ${showShape(expected)})`
            : "give one class index for each row of logits",
  });
};

const isInteger = (x: AnyTensor): x is Tensor<Untyped, Integer> =>
  dtypeOf(x) === "int32" || dtypeOf(x) === "uint32";

/** The targets as class probabilities of the shape of the logits. */
export const asProbabilities = (targets: Real, logits: Real, ignoreIndex: number | undefined): Real => {
  const shape = lengthsOf(logits);
  const got = lengthsOf(targets);
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
          : sameShape(got, shape)
            ? `convert(targets, "${dtypeOf(logits)}")`
            : "give one probability for each logit",
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

export const checkWeight = (weight: Real, classes: number): void => {
  const got = lengthsOf(weight);
  if (sameShape(got, [classes])) return;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation: "crossEntropy",
    problem: "weight must have one entry a class",
    found: [
      ["expected", `[${classes}]`],
      ["got", showShape(got)],
    ],
    fix: 'weigh classes with `weight`; to weigh rows, multiply the losses of { reduction: "none" }',
  });
};

export const checkSmoothing = (labelSmoothing: number): void => {
  if (labelSmoothing >= 0 && labelSmoothing <= 1) return;
  throw new TensorError({
    kind: "InvalidArgument",
    operation: "crossEntropy",
    problem: "labelSmoothing must be between 0 and 1",
    found: [["got", String(labelSmoothing)]],
    fix: "0.1 is common",
  });
};

export const noClasses = (): TensorError =>
  new TensorError({
    kind: "ShapeMismatch",
    operation: "crossEntropy",
    problem: "the logits have no axis for the classes",
    found: [["got", "a scalar"]],
    fix: "give [classes], [batch, classes] or [batch, classes, ...]",
  });
