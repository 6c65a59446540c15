/** Axes that are walked as one. */

import type { Affine } from "../program/lowering.js";
import type { Shape } from "../types/tensor.js";

/** The step of some axes, walked in order as one; undefined if they jump. */
export const oneStep = (shape: Shape, axes: readonly number[], { steps }: Affine): number | undefined => {
  const long = axes.filter((axis) => shape[axis] !== 1);
  const fits = long.every((axis, index) => {
    const next = long[index + 1];
    return next === undefined || (steps[axis] ?? 0) === (steps[next] ?? 0) * (shape[next] ?? 1);
  });
  return fits ? (steps[long.at(-1) ?? -1] ?? 0) : undefined;
};
