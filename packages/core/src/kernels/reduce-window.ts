/** Folds under a sliding window, one axis after another. Indices are in range by the checked shapes, hence the `!`. */

import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, type TypedArray } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { outputsOfTap, type WindowAxis } from "./convolution-window.js";
import type { Fold } from "./reduce.js";
import { contiguous } from "./strided.js";

/** The fold of the input's elements under each place of the window; of what lies outside the input, nothing. */
export const reduceWindows = (
  x: ArrayTensor,
  axes: readonly WindowAxis[],
  output: Aval,
  fold: Fold,
): ArrayTensor => {
  const out = allocate(output.dtype, sizeOfShape(output.shape));
  out.set(foldWindows(x, axes, fold));
  return contiguousTensor(out, output.shape, output.dtype);
};

/** The same, in row-major order, in float64 if anything was folded. */
export const foldWindows = (x: ArrayTensor, axes: readonly WindowAxis[], fold: Fold): TypedArray => {
  const { data, offset } = contiguous(x);
  const shape = x.shape.slice();
  let folded: TypedArray = data.subarray(offset, offset + sizeOfShape(shape));
  axes.forEach((axis, index) => {
    if (leavesAlone(axis)) return;
    const outer = sizeOfShape(shape.slice(0, index));
    const inner = sizeOfShape(shape.slice(index + 1));
    folded = foldAlong(folded, axis, outer, inner, fold);
    shape[index] = axis.outputs;
  });
  return folded;
};

const leavesAlone = ({ inputs, outputs, taps, stride, low, inputDilation }: WindowAxis): boolean =>
  taps === 1 && stride === 1 && inputDilation === 1 && low === 0 && inputs === outputs;

/** The fold along the middle axis of [outer, inputs, inner]. */
const foldAlong = (x: TypedArray, axis: WindowAxis, outer: number, inner: number, fold: Fold): TypedArray => {
  const { inputs, outputs, taps } = axis;
  const totals = new Float64Array(outer * outputs * inner);
  if (fold.start !== 0) totals.fill(fold.start);
  const runs = Array.from({ length: taps }, (_, tap) => outputsOfTap(axis, tap));
  for (let block = 0; block < outer; block++) {
    const [from, to] = [block * inputs * inner, block * outputs * inner];
    for (const { count, first, step, place, placeStep } of runs) {
      const [i, o] = [from + place * inner, to + first * inner];
      if (inner === 1) fold.rows(totals, o, step, x, i, placeStep, count);
      else if (step === 1 && placeStep === 1) fold.rows(totals, o, 1, x, i, 1, count * inner);
      else
        for (let k = 0; k < count; k++)
          fold.rows(totals, o + k * step * inner, 1, x, i + k * placeStep * inner, 1, inner);
    }
  }
  return totals;
};
