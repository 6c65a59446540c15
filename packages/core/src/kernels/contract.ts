/** The general contraction as matrix products, one a batch. Indices are in range by the checked shapes, hence the `!`. */

import { contiguousTensor, viewTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { commonStep, sizeOfShape, type Aval } from "../tensor/shape.js";
import { multiplyMatrices } from "./matrix-product.js";
import { copy } from "./strided.js";

interface Axes {
  readonly contracted: readonly [readonly number[], readonly number[]];
  readonly batch: readonly [readonly number[], readonly number[]];
}

/** An operand as matrices: for each batch, rows by columns with one step each. */
interface Matrices {
  readonly view: ArrayTensor;
  readonly batches: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

const asMatrices = (
  x: ArrayTensor,
  batch: readonly number[],
  rows: readonly number[],
  columns: readonly number[],
): Matrices => {
  const order = [...batch, ...rows, ...columns];
  const permuted = viewTensor(
    x,
    order.map((axis) => x.shape[axis]!),
    order.map((axis) => x.strides[axis]!),
    x.offset,
  );
  const [b, r] = [batch.length, batch.length + rows.length];
  const steps = (of: ArrayTensor): readonly [number | undefined, number | undefined] => [
    commonStep(of.shape.slice(b, r), of.strides.slice(b, r)),
    commonStep(of.shape.slice(r), of.strides.slice(r)),
  ];
  const direct = steps(permuted);
  const view = direct.includes(undefined) ? copy(permuted) : permuted;
  const [rowStep = 1, columnStep = 1] = view === permuted ? direct : steps(view);
  return {
    view,
    batches: batchOffsets(view, b),
    rows: sizeOfShape(view.shape.slice(b, r)),
    columns: sizeOfShape(view.shape.slice(r)),
    rowStep,
    columnStep,
  };
};

/** Where each batch begins. */
const batchOffsets = (x: ArrayTensor, rank: number): readonly number[] => {
  let offsets = [x.offset];
  for (let axis = 0; axis < rank; axis++) {
    const stride = x.strides[axis]!;
    const length = x.shape[axis]!;
    offsets = offsets.flatMap((start) => Array.from({ length }, (_, index) => start + index * stride));
  }
  return offsets;
};

/**
 * Σ x[batch, i, k] y[batch, k, j] over the contracted axes k, as [batch, i, j]: one matrix product a batch.
 * Operands whose axes do not lie with one step are copied first.
 */
export const contractArrays = (x: ArrayTensor, y: ArrayTensor, axes: Axes, output: Aval): ArrayTensor =>
  x.shape.length <= 2 && y.shape.length <= 2 && axes.batch[0].length === 0 && axes.contracted[0].length === 1
    ? multiplyPair(x, y, axes.contracted[0][0]!, axes.contracted[1][0]!, output)
    : contractBatches(x, y, axes, output);

/** Two matrices or vectors and one contracted axis: nothing to rearrange. A vector is one row, or one column. */
const multiplyPair = (x: ArrayTensor, y: ArrayTensor, i: number, j: number, output: Aval): ArrayTensor => {
  const [rows, columns] = [x.shape[1 - i] ?? 1, y.shape[1 - j] ?? 1];
  const out = allocate(output.dtype, rows * columns);
  multiplyMatrices(
    { data: x.data, offset: x.offset, rowStep: x.strides[1 - i] ?? 0, columnStep: x.strides[i]! },
    { data: y.data, offset: y.offset, rowStep: y.strides[j]!, columnStep: y.strides[1 - j] ?? 0 },
    { data: out, offset: 0 },
    rows,
    columns,
    x.shape[i]!,
    output.dtype,
  );
  return contiguousTensor(out, output.shape, output.dtype);
};

const contractBatches = (
  x: ArrayTensor,
  y: ArrayTensor,
  { contracted, batch }: Axes,
  output: Aval,
): ArrayTensor => {
  const free = (of: ArrayTensor, side: 0 | 1): readonly number[] =>
    of.shape
      .map((_, axis) => axis)
      .filter((axis) => !contracted[side].includes(axis) && !batch[side].includes(axis));
  const a = asMatrices(x, batch[0], free(x, 0), contracted[0]);
  const b = asMatrices(y, batch[1], contracted[1], free(y, 1));
  const out = allocate(output.dtype, sizeOfShape(output.shape));
  a.batches.forEach((start, index) => {
    multiplyMatrices(
      { data: a.view.data, offset: start, rowStep: a.rowStep, columnStep: a.columnStep },
      { data: b.view.data, offset: b.batches[index]!, rowStep: b.rowStep, columnStep: b.columnStep },
      { data: out, offset: index * a.rows * b.columns },
      a.rows,
      b.columns,
      a.columns,
      output.dtype,
    );
  });
  return contiguousTensor(out, output.shape, output.dtype);
};
