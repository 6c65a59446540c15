/** Rows by index, read or added to. Row offsets are in range by the checked shapes and the check here, hence the `!`. */

import { tensorError } from "../errors/tensor-error.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, type TypedArray } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { contiguous, copy } from "./strided.js";

/** An index in [-length, length) as a row in [0, length). */
const rowOf = (index: number, length: number): number => {
  if (index >= -length && index < length) return index < 0 ? index + length : index;
  throw tensorError({
    kind: "IndexOutOfRange",
    operation: "take",
    problem: `index ${index} is out of range for an axis of length ${length}`,
    found: [
      [
        "expected",
        length === 0 ? "no index: the axis is empty" : `an integer from ${-length} to ${length - 1}`,
      ],
      ["got", String(index)],
    ],
    fix: "indices are never clamped: clip them first, or choose the rows that exist",
  });
};

/** Calls `visit` with the start of the row in x, and of the row in the gathered layout. */
const forEachIndex = (
  x: ArrayTensor,
  indices: ArrayTensor,
  batchRank: number,
  visit: (row: number, place: number, width: number) => void,
): void => {
  const length = x.shape[batchRank]!;
  const width = sizeOfShape(x.shape.slice(batchRank + 1));
  const batches = sizeOfShape(x.shape.slice(0, batchRank));
  const count = sizeOfShape(indices.shape.slice(batchRank));
  const { data, offset } = contiguous(indices);
  for (let batch = 0; batch < batches; batch++) {
    for (let k = 0; k < count; k++) {
      const place = batch * count + k;
      visit((batch * length + rowOf(data[offset + place]!, length)) * width, place * width, width);
    }
  }
};

/** x[b, indices[b, k], …] for each batch b, where x has `batchRank` batch axes before the one that is indexed. */
export const gatherRows = (
  x: ArrayTensor,
  indices: ArrayTensor,
  batchRank: number,
  output: Aval,
): ArrayTensor => {
  const { data, offset } = contiguous(x);
  const out = allocate(output.dtype, sizeOfShape(output.shape));
  forEachIndex(x, indices, batchRank, (row, place, width) => {
    copyRow(data, offset + row, out, place, width);
  });
  return contiguousTensor(out, output.shape, output.dtype);
};

const copyRow = (data: TypedArray, from: number, out: TypedArray, to: number, width: number): void => {
  if (width > 32) out.set(data.subarray(from, from + width), to);
  else for (let k = 0; k < width; k++) out[to + k] = data[from + k]!;
};

/** A copy of x with updates[b, k, …] added to x[b, indices[b, k], …]; an index that comes twice counts twice. */
export const scatterAddRows = (
  x: ArrayTensor,
  indices: ArrayTensor,
  updates: ArrayTensor,
  batchRank: number,
): ArrayTensor => {
  const result = copy(x);
  const out = result.data;
  const { data, offset } = contiguous(updates);
  forEachIndex(x, indices, batchRank, (row, place, width) => {
    for (let k = 0; k < width; k++) out[row + k]! += data[offset + place + k]!;
  });
  return result;
};
