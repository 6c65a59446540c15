/** Padding with a constant around and between elements; negative widths crop. Indices are in range by the checked shapes, hence the `!`. */

import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import { forEachRow } from "./strided.js";

interface Widths {
  readonly low: number;
  readonly interior: number;
}

/** `value` everywhere but at low + i (interior + 1) along each axis, where element i of x stands; negative widths crop. */
export const padArray = (
  x: ArrayTensor,
  padding: readonly Widths[],
  value: number,
  output: Aval,
): ArrayTensor => {
  const out = allocate(output.dtype, sizeOfShape(output.shape));
  if (value !== 0) out.fill(value);
  const strides = rowMajorStrides(output.shape);
  // The part of each axis whose elements land inside the result.
  const first = padding.map(({ low, interior }) => (low >= 0 ? 0 : Math.ceil(-low / (interior + 1))));
  const last = padding.map(({ low, interior }, axis) =>
    Math.min(x.shape[axis]! - 1, Math.floor((output.shape[axis]! - 1 - low) / (interior + 1))),
  );
  const shape = first.map((from, axis) => Math.max(0, last[axis]! - from + 1));
  const source = first.reduce((offset, from, axis) => offset + from * x.strides[axis]!, x.offset);
  const target = first.reduce((offset, from, axis) => {
    const { low, interior } = padding[axis]!;
    return offset + (low + from * (interior + 1)) * strides[axis]!;
  }, 0);
  const steps = padding.map(({ interior }, axis) => (interior + 1) * strides[axis]!);
  forEachRow(shape, [x.strides, steps], [source, target], ([i, o], [s, t], _position, length) => {
    for (let k = 0; k < length; k++) out[o! + k * t!] = x.data[i! + k * s!]!;
  });
  return contiguousTensor(out, output.shape, output.dtype);
};
