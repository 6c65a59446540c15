/** What all reductions share: their parameter, the shape of their result, the cases of their laws. */

import type { SampleCase } from "../program/samples.js";
import type { Shape } from "../types/tensor.js";

/** The parameter of a reduction. */
export interface ReduceParams {
  /** The axes that disappear, in increasing order. */
  readonly axes: readonly number[];
}

/** The shape without some axes. */
export const dropAxes = (shape: Shape, axes: readonly number[]): Shape =>
  shape.filter((_, axis) => !axes.includes(axis));

/** One axis, several, all, an axis of length 1, an empty result. */
export const nonEmptyReductionCases: readonly SampleCase<ReduceParams>[] = [
  { shapes: [[4]], params: { axes: [0] } },
  { shapes: [[2, 3]], params: { axes: [1] } },
  { shapes: [[2, 3]], params: { axes: [0, 1] } },
  { shapes: [[2, 3, 2]], params: { axes: [0, 2] } },
  { shapes: [[3, 1]], params: { axes: [1] } },
  { shapes: [[0, 3]], params: { axes: [1] } },
];

/** The same and the reduction of nothing. */
export const reductionCases: readonly SampleCase<ReduceParams>[] = [
  ...nonEmptyReductionCases,
  { shapes: [[2, 0]], params: { axes: [1] } },
];
