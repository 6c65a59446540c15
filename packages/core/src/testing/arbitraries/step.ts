/** What a step of a random program is decided by. */

import type { Value } from "../../tensor/value.js";

/** Numbers that a step takes its decisions from; all 0 is the plainest. */
export interface Step {
  /** 0 is no step: programs shrink by it. */
  readonly kind: number;
  readonly picks: readonly [number, number, number];
  readonly amount: number;
}

/** What a step makes of the values so far; undefined where none fits. */
export type Make = (step: Step, values: readonly Value[]) => Value | undefined;

/** One of the values that fit, the latest first. */
export const pick = (
  values: readonly Value[],
  place: number,
  fits: (value: Value) => boolean,
): Value | undefined => {
  const found = values.filter(fits);
  return found[found.length - 1 - (place % found.length)];
};

/** What is added and compared: floats and integers. */
export const isNumeric = ({ dtype }: Value): boolean => dtype !== "bool";
