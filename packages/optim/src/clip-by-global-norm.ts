/** Gradients that are too long, seen as one vector, are shortened. */

import { convert, div, dtypeOf, lessEqual, mul, where } from "@cotangent/core";
import type { Untyped } from "@cotangent/core";
import { closed } from "@cotangent/core/io";
import { globalNorm } from "./global-norm.js";
import { mapTree, type Real } from "./map-tree.js";
import { optionsOf, positive } from "./options.js";
import type { Optimizer, Stateless } from "./optimizer.js";

/**
 * The codec of the options of `clipByGlobalNorm`, for configurations in JSON.
 *
 * @example
 * ```ts
 * import { decode } from "@cotangent/core/io";
 * import * as optim from "@cotangent/optim";
 *
 * decode(optim.clipByGlobalNormOptions)({ maxNorm: 0 }); // Left: a number above 0 was expected
 * ```
 */
export const clipByGlobalNormOptions = /* @__PURE__ */ closed(
  "the options of clipByGlobalNorm",
  { maxNorm: positive },
  {},
);

/** The options of `clipByGlobalNorm`. */
export interface ClipByGlobalNormOptions {
  /** The greatest norm that is left alone. */
  readonly maxNorm: number;
}

/**
 * Scales gradients down to a norm of `maxNorm`, all by one factor, if their norm is greater.
 *
 *     g · min(1, maxNorm / ‖g‖)
 *
 * @throws TensorError when `maxNorm` is not positive.
 * @see `optax.clip_by_global_norm`; PyTorch's `clip_grad_norm_` divides by the norm + 1e-6. Pascanu, Mikolov and Bengio,
 * On the difficulty of training recurrent neural networks, 2013.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as optim from "@cotangent/optim";
 *
 * const clip = optim.clipByGlobalNorm({ maxNorm: 1 });
 * const params = tensor([0, 0]);
 * const [updates] = clip.update(tensor([3, 4]), clip.init(params), params);
 * toArray(updates); // [0.6, 0.8]
 * ```
 */
export const clipByGlobalNorm = (options: ClipByGlobalNormOptions): Optimizer<Stateless> => {
  const { maxNorm } = optionsOf("clipByGlobalNorm", clipByGlobalNormOptions, options);
  return {
    init: () => ({}),
    update: (gradients: unknown, state: unknown, params: unknown): Untyped => {
      const norm = globalNorm(gradients);
      const fits = lessEqual(norm, maxNorm);
      // In the branch that is not taken nothing divides by 0.
      const factor: Real = where(fits, 1, div(maxNorm, where(fits, 1, norm)));
      const clipped = mapTree("clipByGlobalNorm", params, { gradients }, ({ gradients: g }) =>
        mul(g, convert(factor, dtypeOf(g))),
      );
      return [clipped, state];
    },
  };
};
