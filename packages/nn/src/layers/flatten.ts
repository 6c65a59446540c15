/** Neighbouring axes become one. */

import { reshape, TensorError } from "@cotangent/core";
import type { DType, Shape, SizeOf, Untyped } from "@cotangent/core";
import type { Layer, NoParams } from "../layer/layer.js";
import type { ShapeMap } from "../layer/shape-map.js";
import { asOptions, asTensor, lengthsOf } from "../given.js";

/** The options of `flatten`, with PyTorch's names. */
export type FlattenOptions<F, L> = {
  /** The first axis that is merged; 1 by default. */
  readonly startDim?: F;
  /** The last axis that is merged; -1, the last one, by default. */
  readonly endDim?: L;
};

/** What is known of the shape: for the defaults everything, else the lengths are known when it runs. */
export interface FlattenMap<F, L> extends ShapeMap {
  readonly output: [F, L] extends [1, -1]
    ? this["input"] extends readonly [infer N extends number, ...infer T extends Shape]
      ? T extends readonly []
        ? readonly [N]
        : readonly [N, SizeOf<T>]
      : Shape
    : Shape;
}

/**
 * Merges the axes from `startDim` to `endDim`, both included, into one.
 *
 * In: [..., d₁, …, dₙ, ...], out: [..., d₁ ⋯ dₙ, ...]. It has no parameters.
 *
 * @throws TensorError, from `apply`, when an axis is out of range, or `startDim` comes after `endDim`.
 * @see `torch.nn.Flatten`.
 * @example
 * ```ts
 * import { shapeOf, zeros } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * shapeOf(nn.flatten().apply({}, zeros([100, 28, 28]))); // [100, 784]
 * ```
 */
export const flatten = <F extends number = 1, L extends number = -1>(
  options: FlattenOptions<F, L> = {},
): Layer<NoParams, undefined, undefined, FlattenMap<F, L>, DType> => {
  const known = asOptions<FlattenOptions<number, number>>("flatten", options, ["startDim", "endDim"]);
  const { startDim = 1, endDim = -1 } = known;
  return {
    kind: "pure",
    name: startDim === 1 && endDim === -1 ? "flatten" : `flatten(${startDim}, ${endDim})`,
    inputs: undefined,
    outputs: undefined,
    init: () => ({}),
    apply: (_params: NoParams, given: unknown): Untyped => {
      const x = asTensor("flatten", "the input", given);
      const shape = lengthsOf(x);
      const from = axisOf("startDim", startDim, shape);
      const to = axisOf("endDim", endDim, shape);
      if (from > to) throw backwards(startDim, endDim, shape);
      const merged = shape.slice(from, to + 1).reduce((size, length) => size * length, 1);
      return reshape(x, [...shape.slice(0, from), merged, ...shape.slice(to + 1)]);
    },
  };
};

/** As PyTorch has it, a scalar counts as a vector of one. */
const axisOf = (name: string, axis: number, shape: Shape): number => {
  const rank = Math.max(1, shape.length);
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new TensorError({
    kind: "AxisOutOfRange",
    operation: "flatten",
    problem: `${name} ${axis} is out of range for rank ${rank}`,
    found: [
      ["expected", `an integer from ${-rank} to ${rank - 1}`],
      ["input", `[${shape.join(", ")}]`],
    ],
    fix:
      rank === 1 && axis === 1
        ? "give it a batch: the axes after the first are merged"
        : "count axes from 0, or from -1 at the end",
  });
};

const backwards = (startDim: number, endDim: number, shape: Shape): TensorError =>
  new TensorError({
    kind: "InvalidArgument",
    operation: "flatten",
    problem: "startDim comes after endDim",
    found: [
      ["startDim", String(startDim)],
      ["endDim", String(endDim)],
      ["input", `[${shape.join(", ")}]`],
    ],
    fix: "name the first axis to merge, then the last",
  });
