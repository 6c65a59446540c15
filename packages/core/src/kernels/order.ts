/** Indices of extrema and sorted orders. Indices are in range by the checked shapes, hence the `!`. */

import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { contiguous } from "./strided.js";

/** The first place along an axis whose element beats all others; a NaN beats everything. */
export const argExtremum = (
  x: ArrayTensor,
  axis: number,
  output: Aval,
  better: (a: number, b: number) => boolean,
): ArrayTensor => {
  const { data, offset } = contiguous(x);
  const length = x.shape[axis]!;
  const inner = sizeOfShape(x.shape.slice(axis + 1));
  const outer = sizeOfShape(x.shape.slice(0, axis));
  const out = new Int32Array(outer * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = offset + o * length * inner + i;
      let best = data[start]!;
      let place = 0;
      for (let k = 1; k < length && !Number.isNaN(best); k++) {
        const element = data[start + k * inner]!;
        if (better(element, best) || Number.isNaN(element)) {
          best = element;
          place = k;
        }
      }
      out[o * inner + i] = place;
    }
  }
  return contiguousTensor(out, output.shape, "int32");
};

/** The stable order of each row of the last axis; NaN counts as the largest, as NumPy and JAX have it. */
export const argSortRows = (x: ArrayTensor, descending: boolean): ArrayTensor => {
  const { data, offset } = contiguous(x);
  const length = x.shape.at(-1) ?? 1;
  const size = sizeOfShape(x.shape);
  const out = new Int32Array(size);
  const sign = descending ? -1 : 1;
  for (let start = 0; start < size; start += length) {
    const row = out.subarray(start, start + length);
    for (let k = 0; k < length; k++) row[k] = k;
    const from = offset + start;
    row.sort((i, j) => {
      const a = data[from + i]!;
      const b = data[from + j]!;
      if (a < b) return -sign;
      if (a > b) return sign;
      const nans = Number(Number.isNaN(a)) - Number(Number.isNaN(b));
      return nans === 0 ? i - j : sign * nans;
    });
  }
  return contiguousTensor(out, x.shape, "int32");
};
