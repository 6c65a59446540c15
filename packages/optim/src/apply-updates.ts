/** The step itself: parameters and updates become the next parameters. */

import { add, type Gradient } from "@cotangent/core";
import { mapTree } from "./map-tree.js";

/**
 * Adds updates to parameters, leaf by leaf; what has no update (`null`) stays.
 *
 * @throws TensorError when the trees differ in outline, or leaves in shape or dtype.
 * @see `optax.apply_updates`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as optim from "@cotangent/optim";
 *
 * toArray(optim.applyUpdates({ w: tensor([1, 2]) }, { w: tensor([0.5, 0]) }).w); // [1.5, 2]
 * ```
 */
export const applyUpdates = <P>(params: P, updates: NoInfer<Gradient<P>>): P =>
  mapTree(
    "applyUpdates",
    params,
    { updates },
    ({ param, updates: update }) => add(param, update),
    (param) => param,
  ) as P; // every leaf of P, or it plus something of its shape and dtype
