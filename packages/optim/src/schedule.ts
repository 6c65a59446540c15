/** Learning rates, constant or scheduled, and counts of steps. */

import { add, convert, dtypeOf, scalar } from "@cotangent/core";
import type { Floating, Tensor } from "@cotangent/core";
import type { Real } from "./map-tree.js";

/** How many updates there were: a tensor, so that a compiled step can count. */
export type Count = Tensor<readonly [], "int32">;

/** A count as a schedule gets it. It is float64, so that nothing is rounded, whatever dtype is trained. */
export type Step = Tensor<readonly [], "float64">;

/**
 * A number for each step, the first of which is 0. It is written with operations, so that a compiled step can follow it:
 * `(step) => mul(0.1, pow(0.99, step))`.
 */
export type Schedule = (step: Step) => Tensor<readonly [], Floating> | number;

/** A float64 scalar, or a number. */
export type Rate = Step | number;

/** No update yet. */
export const noSteps = (): Count => scalar(0, { dtype: "int32" });

export const nextCount = (count: Count): Count => add(count, 1);

export const stepOf = (count: Count): Step => convert(count, "float64");

/** The rate of the update that follows `count` others. */
export const rateAt = (rate: number | Schedule, count: Count): Rate => {
  if (typeof rate === "number") return rate;
  const scheduled = rate(stepOf(count));
  return typeof scheduled === "number" ? scheduled : convert(scheduled, "float64");
};

/** A rate as an operand beside a tensor. */
export const beside = (rate: Rate, x: Real): Tensor<readonly [], Floating> | number =>
  typeof rate === "number" ? rate : convert(rate, dtypeOf(x));
