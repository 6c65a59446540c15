/** Gradients times a number. */

import { mul } from "@cotangent/core";
import type { Untyped } from "@cotangent/core";
import { closed } from "@cotangent/core/io";
import { mapTree } from "./map-tree.js";
import { finite, optionsOf } from "./options.js";
import type { Optimizer, Stateless } from "./optimizer.js";

/** The options of `scale`. */
export interface ScaleOptions {
  readonly factor: number;
}

/**
 * The codec of the options of `scale`, for configurations in JSON.
 *
 * @example
 * ```ts
 * import { decode } from "@cotangent/core/io";
 * import * as optim from "@cotangent/optim";
 *
 * decode(optim.scaleOptions)({ factor: -0.1 }); // Right: the options
 * ```
 */
export const scaleOptions = /* @__PURE__ */ closed("the options of scale", { factor: finite }, {});

/**
 * Multiplies gradients by a number: `factor · g`. The last of a chain is often `scale({ factor: -learningRate })`.
 *
 * @throws TensorError when the factor is not a finite number.
 * @see `optax.scale`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as optim from "@cotangent/optim";
 *
 * const down = optim.scale({ factor: -0.1 });
 * const params = tensor([1, 1]);
 * const [updates] = down.update(tensor([10, 20]), down.init(params), params);
 * toArray(updates); // [-1, -2]
 * ```
 */
export const scale = (options: ScaleOptions): Optimizer<Stateless> => {
  const { factor } = optionsOf("scale", scaleOptions, options);
  return {
    init: () => ({}),
    update: (gradients: unknown, state: unknown, params: unknown): Untyped => [
      mapTree("scale", params, { gradients }, ({ gradients: g }) => mul(g, factor)),
      state,
    ],
  };
};
