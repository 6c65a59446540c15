/** What a law asserts: a broken one says which element of what, and both values. */

import { TensorError } from "../../errors/tensor-error.js";
import { sameAval, showAval, type Aval } from "../../tensor/shape.js";
import type { ArrayTensor } from "../../tensor/array-tensor.js";
import { scaleOf, worstDifference } from "../difference.js";
import { printNumber, printPlace } from "../print-code.js";

/** A law that does not hold, with the sentence that says why. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** Names of the two sides that are compared. */
export interface Sides {
  /** What is compared: "the tangent of output 0". */
  readonly what: string;
  readonly actual: string;
  readonly expected: string;
}

/** The same shape and dtype. */
export const expectAval = (
  actual: Aval,
  expected: Aval,
  { what, actual: one, expected: other }: Sides,
): void => {
  if (!sameAval(actual, expected))
    throw new Broken(`${what} is ${showAval(actual)} ${one} and ${showAval(expected)} ${other}`);
};

/** What its record says that there is no rule for is refused, by an error of the library. */
export const expectRefused = (thunk: () => unknown, mode: string): void => {
  try {
    thunk();
  } catch (error) {
    if (error instanceof TensorError) return;
    throw error;
  }
  throw new Broken(`its record says that there is no rule for ${mode}, which does not refuse it`);
};

/** Same shape and dtype, and elements within a fraction of the largest entry. */
export const expectClose = (
  actual: ArrayTensor,
  expected: ArrayTensor,
  tolerance: number,
  sides: Sides,
): void => {
  expectAval(actual, expected, sides);
  const worst = worstDifference(actual, expected, {
    rtol: 0,
    atol: tolerance * scaleOf(expected),
    equalNan: true,
  });
  if (worst === undefined) return;
  const { what, actual: one, expected: other } = sides;
  const place = printPlace(worst.place, expected.shape);
  throw new Broken(
    `${what}${place === "" ? "" : ` at ${place}`} is ${printNumber(worst.actual)} ${one} and ${printNumber(worst.expected)} ${other}`,
  );
};

/** Same shape, dtype and elements, to the bit (but any NaN equals any other, and 0 equals -0). */
export const expectSame = (actual: ArrayTensor, expected: ArrayTensor, sides: Sides): void =>
  expectClose(actual, expected, 0, sides);

/** A number within a fraction of a scale. */
export const expectNear = (
  actual: number,
  expected: number,
  allowed: number,
  { what, actual: one, expected: other }: Sides,
): void => {
  if (Number.isNaN(actual) && Number.isNaN(expected)) return;
  if (actual === expected || Math.abs(actual - expected) <= allowed) return;
  throw new Broken(`${what} is ${printNumber(actual)} ${one} and ${printNumber(expected)} ${other}`);
};
