/** The length of a tree, seen as one vector. */

import { add, convert, dtypeOf, equal, scalar, sqrt, square, sum, treeLeaves, where } from "@cotangent/core";
import type { Floating, Tensor } from "@cotangent/core";

/**
 * The Euclidean norm of all elements of a tree of tensors, `√ Σ x²`.
 *
 * Out: a scalar, float64 if one of the tensors is, otherwise float32. Its gradient at 0 is 0.
 *
 * @throws TensorError on what is no tree of tensors.
 * @see `optax.global_norm`.
 * @example
 * ```ts
 * import { item, tensor } from "@cotangent/core";
 * import * as optim from "@cotangent/optim";
 *
 * item(optim.globalNorm({ a: tensor([3]), b: [tensor([[4]])] })); // 5
 * ```
 */
export const globalNorm = (tree: unknown): Scalar => {
  const leaves = treeLeaves(tree);
  const dtype = leaves.some((leaf) => dtypeOf(leaf) === "float64") ? "float64" : "float32";
  const squares = leaves.map((leaf): Scalar => sum(square(convert(leaf, dtype))));
  const total = squares.reduce((sum, one) => add(sum, one), scalar(0, { dtype }));
  // Where the sum is 0, the root has no derivative: it is kept away from there.
  const isZero = equal(total, 0);
  return where(isZero, 0, sqrt(where(isZero, 1, total)));
};

type Scalar = Tensor<readonly [], Floating>;
