/** Joins strided tensors along an axis. Indices are in range by the checked shapes, hence the `!`. */

import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import { forEachRow } from "./strided.js";

/** The tensors one after another along an axis, copied into a new storage in row-major order. */
export const concatenateArrays = (
  inputs: readonly ArrayTensor[],
  axis: number,
  output: Aval,
): ArrayTensor => {
  const out = allocate(output.dtype, sizeOfShape(output.shape));
  const strides = rowMajorStrides(output.shape);
  let target = 0;
  for (const { data, shape, strides: steps, offset } of inputs) {
    forEachRow(shape, [steps, strides], [offset, target], ([i, o], [s, t], _position, length) => {
      for (let k = 0; k < length; k++) out[o! + k * t!] = data[i! + k * s!]!;
    });
    target += shape[axis]! * strides[axis]!;
  }
  return contiguousTensor(out, output.shape, output.dtype);
};
