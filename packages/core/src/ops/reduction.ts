/** What all reductions share: which axes disappear, and whether they stay with length 1. */

import type { DType, Untyped } from "../types/tensor.js";
import type { Value } from "../tensor/value.js";
import { asTensor, checkDType } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axesOf, restoreAxes, type AxesOption } from "./axes.js";
import { implement } from "./implement.js";

export interface ReduceOptions extends AxesOption {
  readonly keepDims?: boolean | undefined;
}

/** The names of the options that all reductions have. */
export const reduceOptions = ["axis", "keepDims"] as const;

/** Reduces the axes that are named, in increasing order. */
export type Reduce = (x: Value, axes: readonly number[]) => Value;

/** The public form of a reduction; its declaration at the export states the type. */
export const reduction = (name: string, reduce: Reduce, accepts?: readonly DType[]): Untyped =>
  implement((x: unknown, options?: ReduceOptions): Value =>
    applyReduction(name, x, optionsOf(name, options, reduceOptions), reduce, accepts),
  );

/** The same for a reduction with further options of its own. */
export const applyReduction = (
  name: string,
  x: unknown,
  options: ReduceOptions,
  reduce: Reduce,
  accepts?: readonly DType[],
): Value => {
  const value = asTensor(name, x);
  if (accepts !== undefined) checkDType(name, value.dtype, accepts);
  const axes = axesOf(name, options.axis, value.shape.length);
  const reduced = reduce(value, axes);
  return options.keepDims === true ? restoreAxes(reduced, value.shape, axes) : reduced;
};

/** The number of elements that each reduced one stands for. */
export const countOf = ({ shape }: Value, axes: readonly number[]): number => {
  let count = 1;
  for (const axis of axes) count *= shape[axis] ?? 1;
  return count;
};
