/** Equality of tensors by value, for the matchers of vitest and jest. */

import { ArrayTensor, elementReader, sizeOfTensor } from "../tensor/array-tensor.js";
import { sameAval } from "../tensor/shape.js";

/** Same dtype, shape and elements, NaN equal to itself, 0 not equal to -0, whatever the strides. */
const equalTensors = (a: ArrayTensor, b: ArrayTensor): boolean => {
  if (!sameAval(a, b)) return false;
  const [x, y] = [elementReader(a), elementReader(b)];
  for (let place = 0; place < sizeOfTensor(a); place++) if (!Object.is(x(place), y(place))) return false;
  return true;
};

/**
 * Testers for `expect.addEqualityTesters`: a tensor equals another of the same dtype, shape and elements, also where one is
 * a view. Without them `toEqual` compares storage and strides, which tells equal views apart, but never makes
 * two different tensors equal.
 *
 * @example
 * ```ts
 * import { equalityTesters } from "@cotangent/core/testing";
 *
 * equalityTesters.length; // 1, for expect.addEqualityTesters([...equalityTesters])
 * ```
 */
export const equalityTesters: readonly ((a: unknown, b: unknown) => boolean | undefined)[] = [
  (a, b) => (a instanceof ArrayTensor && b instanceof ArrayTensor ? equalTensors(a, b) : undefined),
];
