/** Reductions over some axes, in float64 whatever the dtype. Indices are in range by the checked shapes, hence the `!`. */

import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, type TypedArray } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { forEachRow } from "./strided.js";

/** How elements become a total: loops that are literals, so that the engine inlines the arithmetic. */
export interface Fold {
  /** The total of no elements. */
  readonly start: number;
  /** The total with n elements more, `x[i + k s]`. */
  row(total: number, x: TypedArray, i: number, s: number, n: number): number;
  /** n elements, each into a total of its own: `totals[o + k t]` with `x[i + k s]`. */
  rows(totals: Float64Array, o: number, t: number, x: TypedArray, i: number, s: number, n: number): void;
}

/** The fold of a step that has no loops of its own. */
export const foldOf = /* @__NO_SIDE_EFFECTS__ */ (
  start: number,
  step: (total: number, element: number) => number,
): Fold => ({
  start,
  row: (total, x, i, s, n) => {
    for (let k = 0; k < n; k++, i += s) total = step(total, x[i]!);
    return total;
  },
  rows: (totals, o, t, x, i, s, n) => {
    for (let k = 0; k < n; k++, i += s, o += t) totals[o] = step(totals[o]!, x[i]!);
  },
});

/** Addition; a row without gaps in four sums, which do not wait for each other. */
export const sumFold: Fold = {
  start: 0,
  row: (total, x, i, s, n) => {
    let k = 0;
    if (s === 1 && n >= 8) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (; k + 4 <= n; k += 4, i += 4) {
        a += x[i]!;
        b += x[i + 1]!;
        c += x[i + 2]!;
        d += x[i + 3]!;
      }
      total += a + b + (c + d);
    }
    for (; k < n; k++, i += s) total += x[i]!;
    return total;
  },
  rows: (totals, o, t, x, i, s, n) => {
    for (let k = 0; k < n; k++, i += s, o += t) totals[o]! += x[i]!;
  },
};

/** The largest element, NaN if there is one; -∞ of none. */
export const maxFold: Fold = {
  start: -Infinity,
  row: (total, x, i, s, n) => {
    for (let k = 0; k < n; k++, i += s) total = Math.max(total, x[i]!);
    return total;
  },
  rows: (totals, o, t, x, i, s, n) => {
    for (let k = 0; k < n; k++, i += s, o += t) totals[o] = Math.max(totals[o]!, x[i]!);
  },
};

/** Folds the elements of each reduced block, in row-major order. */
export const reduceAxes = (
  x: ArrayTensor,
  axes: readonly number[],
  output: Aval,
  fold: Fold,
): ArrayTensor => {
  const size = sizeOfShape(output.shape);
  const totals = new Float64Array(size);
  if (fold.start !== 0) totals.fill(fold.start);
  const strides = outputStrides(x.shape, axes);
  const { data } = x;
  forEachRow(x.shape, [x.strides, strides], [x.offset, 0], (at, steps, _position, length) => {
    const o = at[1]!;
    if (steps[1] === 0) totals[o] = fold.row(totals[o]!, data, at[0]!, steps[0]!, length);
    else fold.rows(totals, o, steps[1]!, data, at[0]!, steps[0]!, length);
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
