/** The rectifier. */

import { lessEqual, where } from "@cotangent/core";
import type { Unary, Untyped } from "@cotangent/core";
import { asReal } from "../given.js";

/**
 * The rectifier, `max(x, 0)`, element by element. Its derivative is 1 above 0, and 0 at 0 and below.
 *
 * @throws TensorError on integer tensors.
 * @see `torch.nn.functional.relu`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * toArray(nn.relu(tensor([-1, 0, 2]))); // [0, 0, 2]
 * ```
 */
export const relu: Unary = (given: unknown): Untyped => {
  const x = typeof given === "number" ? given : asReal("relu", "the operand", given);
  return where(lessEqual(x, 0), 0, x); // so that NaN stays NaN
};
