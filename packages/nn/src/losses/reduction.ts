/** How a loss turns its values into one. */

import { mean, sum, TensorError } from "@cotangent/core";
import type { Floating, Shape, Tensor } from "@cotangent/core";
import type { Real } from "../given.js";

/** The mean (PyTorch's default), the sum, or each value by itself. */
export type LossReduction = "mean" | "sum" | "none";

/** What a loss gives: a scalar, or values of the shape `S`. */
export type Reduced<R, S extends Shape, D extends Floating> = R extends "none"
  ? Tensor<S, D>
  : Tensor<readonly [], D>;

/** The option of every loss. */
export type ReductionOption<R> = {
  /** `"mean"` by default. */
  readonly reduction?: R;
};

const reductions: readonly string[] = ["mean", "sum", "none"] satisfies LossReduction[];

export const checkReduction = (operation: string, reduction: string): void => {
  if (reductions.includes(reduction)) return;
  throw new TensorError({
    kind: "InvalidArgument",
    operation,
    problem: "there is no such reduction",
    found: [
      ["expected", reductions.map((one) => `"${one}"`).join(", ")],
      ["got", JSON.stringify(reduction)],
    ],
    fix: 'leave it out for "mean"',
  });
};

/** Reduces values that count alike. */
export const reduceLoss = (reduction: LossReduction, values: Real): Real =>
  reduction === "none" ? values : reduction === "sum" ? sum(values) : mean(values);
