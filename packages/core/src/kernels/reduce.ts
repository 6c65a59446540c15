/** Reductions over some axes, in float64 whatever the dtype. Indices are in range by the checked shapes, hence the `!`. */

import type { Aval } from "../tensor/shape.js";
import { sizeOfShape } from "../tensor/shape.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { forEachRow } from "./strided.js";

/** Folds the elements of each reduced block, from `start` on, in row-major order. */
export const reduceAxes = (
  x: ArrayTensor,
  axes: readonly number[],
  output: Aval,
  start: number,
  step: (accumulated: number, element: number) => number,
): ArrayTensor => {
  const size = sizeOfShape(output.shape);
  const totals = new Float64Array(size).fill(start);
  const strides = outputStrides(x.shape, axes);
  const { data } = x;
  forEachRow(x.shape, [x.strides, strides], [x.offset, 0], ([from, to], [s, t], _position, length) => {
    let i = from!;
    let o = to!;
    if (t === 0) {
      let total = totals[o]!;
      for (let k = 0; k < length; k++, i += s!) total = step(total, data[i]!);
      totals[o] = total;
    } else {
      for (let k = 0; k < length; k++, i += s!, o += t!) totals[o] = step(totals[o]!, data[i]!);
    }
  });
  const out = allocate(output.dtype, size);
  out.set(totals);
  return contiguousTensor(out, output.shape, output.dtype);
};

/** For each axis of the operand, the step in the result: 0 along the axes that disappear. */
const outputStrides = (shape: readonly number[], axes: readonly number[]): readonly number[] => {
  const strides = new Array<number>(shape.length).fill(0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (axes.includes(axis)) continue;
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
};
