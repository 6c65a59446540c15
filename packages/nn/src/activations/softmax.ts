/** Softmax and its logarithm. */

import { div, exp, log, max, stopGradient, sub, sum } from "@cotangent/core";
import type { AlongAxis, AxisOption, Floating, Untyped } from "@cotangent/core";
import { asOptions, asReal, within, type Real } from "../given.js";

type Options = AxisOption<number | readonly number[] | undefined>;

/** x - max x: nothing overflows, and the result is the same. */
const shift = (
  operation: string,
  given: unknown,
  options: unknown,
): readonly [shifted: Real, along: Along] => {
  const x = asReal(operation, "the operand", given);
  const { axis = -1 } = asOptions<Options>(operation, options, ["axis"]);
  const along: Along = { axis, keepDims: true };
  const greatest = within(operation, () => max(x, along));
  return [sub(x, stopGradient(greatest)), along];
};

interface Along {
  readonly axis: number | readonly number[];
  readonly keepDims: true;
}

/**
 * Softmax along an axis (the last one by default): positive numbers that sum to 1.
 *
 *     softmax(x)ᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating, or the axis is out of range.
 * @see `torch.nn.functional.softmax`, whose `dim` is `axis` here.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * toArray(nn.softmax(tensor([0, 0]))); // [0.5, 0.5]
 * ```
 */
export const softmax: AlongAxis<"softmax", Floating> = (x: unknown, options: unknown = {}): Untyped => {
  const [shifted, along] = shift("softmax", x, options);
  const exponentials = exp(shifted);
  return div(exponentials, sum(exponentials, along));
};

/**
 * The logarithm of the softmax along an axis (the last one by default), without its overflow and underflow.
 *
 *     logSoftmax(x)ᵢ = xᵢ - log Σⱼ exp(xⱼ)
 *
 * In and out: one shape, one floating dtype.
 *
 * @throws TensorError when the dtype is not floating, or the axis is out of range.
 * @see `torch.nn.functional.log_softmax`, whose `dim` is `axis` here.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * toArray(nn.logSoftmax(tensor([0, 1000]))); // [-1000, 0]
 * ```
 */
export const logSoftmax: AlongAxis<"logSoftmax", Floating> = (x: unknown, options: unknown = {}): Untyped => {
  const [shifted, along] = shift("logSoftmax", x, options);
  return sub(shifted, log(sum(exp(shifted), along)));
};
