/** A reshape as indices of its operand, where each of them is a sum over the result's. */

import { fixedIndex, type Affine } from "../program/lowering.js";
import type { Shape } from "../types/tensor.js";

/** Undefined where several axes of the operand become one, or are cut otherwise. */
export const reshapedIndex = (from: Shape, to: Shape): readonly Affine[] | undefined => {
  const rank = to.length;
  const indices: Affine[] = [];
  let axis = 0;
  for (const length of from) {
    if (length === 1) {
      indices.push(fixedIndex(rank, 0));
      continue;
    }
    const taken: number[] = [];
    let product = 1;
    while (product < length && axis < rank) {
      product *= to[axis] ?? 1;
      taken.push(axis++);
    }
    if (product !== length) return undefined;
    const steps = new Array<number>(rank).fill(0);
    let step = 1;
    for (const place of taken.reverse()) {
      steps[place] = step;
      step *= to[place] ?? 1;
    }
    indices.push({ start: 0, steps });
  }
  return indices;
};
