/** The loops of a contraction: over its result's axes, and, behind them, over the contracted ones. */

import { freeAxes, type ContractParams } from "../primitives/contract.js";
import { axisIndex, type Affine } from "../program/lowering.js";
import type { Equation } from "../program/program.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";

export type { ContractParams } from "../primitives/contract.js";

/** The indices of both operands from those of the loops. */
export const contractIndices = (
  x: Shape,
  y: Shape,
  { contracted, batch }: ContractParams,
  rank: number,
): readonly [readonly Affine[], readonly Affine[]] => {
  const depth = contracted[0].length;
  const lefts = freeAxes(x.length, contracted[0], batch[0]);
  const rights = freeAxes(y.length, contracted[1], batch[1]);
  const indices = (shape: Shape, side: 0 | 1, own: readonly number[], before: number): readonly Affine[] =>
    shape.map((_, axis) => {
      const shared = batch[side].indexOf(axis);
      if (shared >= 0) return axisIndex(rank, shared);
      const summed = contracted[side].indexOf(axis);
      return axisIndex(rank, summed >= 0 ? rank - depth + summed : before + own.indexOf(axis));
    });
  const batches = batch[0].length;
  return [indices(x, 0, lefts, batches), indices(y, 1, rights, batches + lefts.length)];
};

/** A contraction as a batch of products of matrices: the axes of each operand that become one, and how long they are. */
export const contractionAxes = ({ inputs, params }: Equation) => {
  const [x, y] = inputs as readonly [Value, Value];
  const { contracted, batch } = params as ContractParams; // of a contraction
  const lefts = freeAxes(x.shape.length, contracted[0], batch[0]);
  const rights = freeAxes(y.shape.length, contracted[1], batch[1]);
  const length = ({ shape }: Value, axes: readonly number[]): number =>
    sizeOfShape(axes.map((axis) => shape[axis] ?? 1));
  return {
    left: { value: x, batch: batch[0], free: lefts, depth: contracted[0] },
    right: { value: y, batch: batch[1], free: rights, depth: contracted[1] },
    batch: length(x, batch[0]),
    rows: length(x, lefts),
    columns: length(y, rights),
    depth: length(x, contracted[0]),
  };
};
