/** The squared error. */

import { div, mul, square, sub, sum } from "@cotangent/core";
import type { Checked, Floating, Shape, Tensor, Untyped } from "@cotangent/core";
import { asOptions, asReal } from "../given.js";
import { checkAlike, type Alike } from "./alike.js";
import { checkReduction, reduceLoss } from "./reduction.js";
import type { LossReduction, Reduced, ReductionOption } from "./reduction.js";

/** The options of `mse`. */
export type MseOptions<R> = ReductionOption<R> & {
  /** How much each element counts, of the input's shape; the mean divides by their sum. */
  readonly weight?: Tensor<Untyped, Floating>;
};

type Options = MseOptions<LossReduction>;

/** The type of `mse`. */
export type Mse = <
  S extends Shape,
  D extends Floating,
  T extends Shape,
  const R extends LossReduction = "mean",
>(
  input: Tensor<S, D>,
  target: Checked<Alike<"mse", S, T>, Tensor<T, D>>,
  options?: MseOptions<R>,
) => Reduced<R, S, D>;

/**
 * The squared error, `(input - target)²`, reduced to its mean.
 *
 * With `weight` w the mean is `Σ w (input - target)² / Σ w`. In: two tensors of one shape and floating dtype; out: a
 * scalar, or the shape of the input with `{ reduction: "none" }`.
 *
 * @throws TensorError when the shapes differ: nothing is broadcast.
 * @see `torch.nn.functional.mse_loss`.
 * @example
 * ```ts
 * import { item, tensor } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * item(nn.mse(tensor([1, 2]), tensor([1, 4]))); // 2
 * ```
 */
export const mse: Mse = (x: unknown, y: unknown, options: unknown = {}): Untyped => {
  const [input, target] = [asReal("mse", "input", x), asReal("mse", "target", y)];
  const { reduction = "mean", weight } = asOptions<Options>("mse", options, ["reduction", "weight"]);
  checkReduction("mse", reduction);
  checkAlike("mse", ["input", "target"], input, target);
  const errors = square(sub(input, target));
  if (weight === undefined) return reduceLoss(reduction, errors);
  checkAlike("mse", ["input", "weight"], input, weight);
  const weighted = mul(errors, weight);
  return reduction === "mean" ? div(sum(weighted), sum(weight)) : reduceLoss(reduction, weighted);
};
