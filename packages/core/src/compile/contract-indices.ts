/** The loops of a contraction: over its result's axes, and, behind them, over the contracted ones. */

import type { ContractParams } from "../primitives/contract.js";
import { axisIndex, type Affine } from "../program/lowering.js";
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
  const free = (shape: Shape, side: 0 | 1): readonly number[] =>
    shape
      .map((_, axis) => axis)
      .filter((axis) => !contracted[side].includes(axis) && !batch[side].includes(axis));
  const lefts = free(x, 0);
  const rights = free(y, 1);
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
