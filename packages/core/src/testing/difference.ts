/** The worst difference between two tensors, element by element: what every comparison of this folder rests on. */

import { elementReader, sizeOfTensor, type ArrayTensor } from "../tensor/array-tensor.js";

/** How far apart two numbers may be: `|a - b| <= atol + rtol · |b|`. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
  /** Whether NaN equals NaN. */
  readonly equalNan: boolean;
}

export interface Difference {
  /** The row-major position of the element. */
  readonly place: number;
  readonly actual: number;
  readonly expected: number;
  /** How often the tolerance holds the difference. */
  readonly excess: number;
}

/** How often the tolerance holds the difference of two numbers; infinite where they can never be close. */
export const excessOf = (actual: number, expected: number, { rtol, atol, equalNan }: Tolerance): number => {
  if (actual === expected) return 0;
  if (Number.isNaN(actual) && Number.isNaN(expected)) return equalNan ? 0 : Infinity;
  const difference = Math.abs(actual - expected);
  if (!Number.isFinite(difference)) return Infinity;
  const allowed = atol + rtol * Math.abs(expected);
  return allowed === 0 ? Infinity : difference / allowed;
};

/** The worst element of two tensors of one shape, or nothing if all are within the tolerance. */
export const worstDifference = (
  actual: ArrayTensor,
  expected: ArrayTensor,
  tolerance: Tolerance,
): Difference | undefined => {
  const a = elementReader(actual);
  const b = elementReader(expected);
  let worst: Difference | undefined;
  for (let place = 0; place < sizeOfTensor(expected); place++) {
    const excess = excessOf(a(place), b(place), tolerance);
    if (excess > Math.max(1, worst?.excess ?? 0))
      worst = { place, actual: a(place), expected: b(place), excess };
  }
  return worst;
};

/** The largest finite magnitude among the elements, at least 1: what absolute tolerances are measured by. */
export const scaleOf = (...tensors: readonly ArrayTensor[]): number => {
  let scale = 1;
  for (const tensor of tensors) {
    const at = elementReader(tensor);
    for (let place = 0; place < sizeOfTensor(tensor); place++) {
      const magnitude = Math.abs(at(place));
      if (magnitude > scale && Number.isFinite(magnitude)) scale = magnitude;
    }
  }
  return scale;
};
