/**
 * Where the elements under a window reach its extremum: the derivative of windowed extrema, and its adjoint. Ties share
 * evenly; under a window with a NaN nothing reaches the extremum, and the shares are 0 / 0. Indices are in range by the
 * checked shapes, hence the `!`.
 */

import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import { forEachMeeting, type Walker, type WindowAxis } from "./convolution-window.js";
import { foldWindows } from "./reduce-window.js";
import type { Fold } from "./reduce.js";
import { contiguous } from "./strided.js";

/** How many elements reach the extremum under each window; 1 where the window meets nothing of the input. */
interface Reached {
  readonly extrema: Float64Array;
  readonly counts: Float64Array;
}

const walkersOf = (axes: readonly WindowAxis[]): readonly [input: Walker, output: Walker] => {
  const nowhere = axes.map(() => 0);
  const [places, outputs] = [axes.map(({ inputs }) => inputs), axes.map((axis) => axis.outputs)];
  return [
    { offset: 0, leading: [], place: rowMajorStrides(places), output: nowhere, tap: nowhere },
    { offset: 0, leading: [], place: nowhere, output: rowMajorStrides(outputs), tap: nowhere },
  ];
};

const reached = (x: ArrayTensor, axes: readonly WindowAxis[], size: number, fold: Fold): Reached => {
  const { data, offset } = contiguous(x);
  const extrema = Float64Array.from(foldWindows(x, axes, fold));
  const counts = new Float64Array(size);
  forEachMeeting([], axes, walkersOf(axes), (at, steps, _position, length) => {
    let [i, o] = [offset + at[0]!, at[1]!];
    const [s, t] = [steps[0]!, steps[1]!];
    for (let k = 0; k < length; k++, i += s, o += t) if (data[i] === extrema[o]) counts[o]!++;
  });
  // Nothing reaches the extremum of nothing, either: that one is no NaN.
  for (let o = 0; o < size; o++) if (counts[o] === 0 && !Number.isNaN(extrema[o])) counts[o] = 1;
  return { extrema, counts };
};

/** For each window the mean of `dx` over the places where `x` reaches the extremum. */
export const meanWhereReached = (
  x: ArrayTensor,
  dx: ArrayTensor,
  axes: readonly WindowAxis[],
  output: Aval,
  fold: Fold,
): ArrayTensor => {
  const size = sizeOfShape(output.shape);
  const { extrema, counts } = reached(x, axes, size, fold);
  const [values, tangents] = [contiguous(x), contiguous(dx)];
  const totals = new Float64Array(size);
  forEachMeeting([], axes, walkersOf(axes), (at, steps, _position, length) => {
    let [i, o] = [at[0]!, at[1]!];
    const [s, t] = [steps[0]!, steps[1]!];
    for (let k = 0; k < length; k++, i += s, o += t)
      if (values.data[values.offset + i] === extrema[o]) totals[o]! += tangents.data[tangents.offset + i]!;
  });
  const out = allocate(output.dtype, size);
  for (let o = 0; o < size; o++) out[o] = totals[o]! / counts[o]!;
  return contiguousTensor(out, output.shape, output.dtype);
};

/** The adjoint in `dx`: each window's cotangent, divided among the places where `x` reaches the extremum. */
export const shareWhereReached = (
  x: ArrayTensor,
  cotangent: ArrayTensor,
  axes: readonly WindowAxis[],
  fold: Fold,
): ArrayTensor => {
  const { extrema, counts } = reached(x, axes, sizeOfShape(cotangent.shape), fold);
  const [values, given] = [contiguous(x), contiguous(cotangent)];
  const totals = new Float64Array(sizeOfShape(x.shape));
  forEachMeeting([], axes, walkersOf(axes), (at, steps, _position, length) => {
    let [i, o] = [at[0]!, at[1]!];
    const [s, t] = [steps[0]!, steps[1]!];
    for (let k = 0; k < length; k++, i += s, o += t) {
      if (counts[o] === 0) totals[i] = NaN;
      else if (values.data[values.offset + i] === extrema[o])
        totals[i]! += given.data[given.offset + o]! / counts[o]!;
    }
  });
  const out = allocate(x.dtype, totals.length);
  out.set(totals);
  return contiguousTensor(out, x.shape, x.dtype);
};
