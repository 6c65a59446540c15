/**
 * Walks strided operands in row-major order, a row of the innermost axis at a time. Every kernel's
 * index is in range by the shapes that were checked before it, hence the `!` here and beside.
 */

import type { Shape } from "../types/tensor.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, copyOfElements } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import { elsewhereOf } from "../tensor/unread.js";

/** Axes merged where every operand steps through them as through one. */
interface Walk {
  readonly shape: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

const collapse = (shape: Shape, strides: readonly (readonly number[])[]): Walk => {
  const lengths: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis]!;
    if (length === 1) continue;
    const last = lengths.length - 1;
    if (last >= 0 && strides.every((of, operand) => steps[operand]![last] === of[axis]! * length)) {
      lengths[last]! *= length;
      strides.forEach((of, operand) => (steps[operand]![last] = of[axis]!));
    } else {
      lengths.push(length);
      strides.forEach((of, operand) => steps[operand]!.push(of[axis]!));
    }
  }
  return { shape: lengths, strides: steps };
};

/** What a visitor sees of a row: where each operand stands, its step, the flat position and the row's length. */
export type VisitRow = (
  at: readonly number[],
  steps: readonly number[],
  position: number,
  length: number,
) => void;

/** Visits every row of `shape` in row-major order. */
export const forEachRow = (
  shape: Shape,
  strides: readonly (readonly number[])[],
  offsets: readonly number[],
  visit: VisitRow,
): void => {
  const total = sizeOfShape(shape);
  if (total === 0) return;
  const walk = collapse(shape, strides);
  const inner = walk.shape.length - 1;
  const length = inner < 0 ? 1 : walk.shape[inner]!;
  const steps = walk.strides.map((of) => (inner < 0 ? 0 : of[inner]!));
  const at = offsets.slice();
  const counter = new Array<number>(Math.max(inner, 0)).fill(0);
  for (let position = 0; position < total; position += length) {
    visit(at, steps, position, length);
    for (let axis = inner - 1; axis >= 0; axis--) {
      const count = counter[axis]! + 1;
      if (count < walk.shape[axis]!) {
        counter[axis] = count;
        for (let operand = 0; operand < at.length; operand++) at[operand]! += walk.strides[operand]![axis]!;
        break;
      }
      counter[axis] = 0;
      for (let operand = 0; operand < at.length; operand++)
        at[operand]! -= walk.strides[operand]![axis]! * (count - 1);
    }
  }
};

/** The elements in row-major order without gaps: the tensor itself if it has them so. */
export const contiguous = (x: ArrayTensor): ArrayTensor => (x.contiguous ? x : copy(x));

/** A new contiguous tensor with the same elements. */
export const copy = (x: ArrayTensor): ArrayTensor => {
  const size = sizeOfShape(x.shape);
  if (x.contiguous) {
    const elements = elsewhereOf(x)?.copy() ?? copyOfElements(x.data, x.offset, size);
    return contiguousTensor(elements, x.shape, x.dtype);
  }
  const { data, offset } = x;
  const out = allocate(x.dtype, size);
  forEachRow(x.shape, [x.strides], [offset], (at, steps, position, length) => {
    const step = steps[0]!;
    if (step === 0) out.fill(data[at[0]!]!, position, position + length);
    else
      for (let index = 0, from = at[0]!; index < length; index++, from += step)
        out[position + index] = data[from]!;
  });
  return contiguousTensor(out, x.shape, x.dtype);
};
