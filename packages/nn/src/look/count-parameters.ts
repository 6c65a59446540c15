/** How many numbers a model learns. */

import { sizeOf, treeReduce } from "@cotangent/core";

/**
 * The number of elements in a tree of parameters.
 *
 * @throws TensorError on what is no tree of tensors.
 * @example
 * ```ts
 * import * as random from "@cotangent/core/random";
 * import * as nn from "@cotangent/nn";
 *
 * nn.countParameters(nn.linear(784, 10).init(random.key(0))); // 7850
 * ```
 */
export const countParameters = (params: unknown): number =>
  treeReduce((count, leaf) => count + sizeOf(leaf), params, 0);
