/** A tree of tensors as one vector, and back. */

import type { AnyTensor, Tensor } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { joinAlong } from "../primitives/concatenate-flip.js";
import { reshape } from "../primitives/reshape.js";
import { sliceAlong } from "../primitives/slice-pad.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import { asTensor, checkSameDType } from "../trace/operands.js";
import { closeTree, openTree } from "../tree/tensors.js";

/**
 * All elements of a tree in one vector, with the function that makes the tree of such a vector again.
 *
 * Both are differentiable; the tensors must have one dtype.
 *
 * @throws TensorError when dtypes differ; the function throws when the vector has another length.
 * @see `jax.flatten_util.ravel_pytree`.
 * @example
 * ```ts
 * import { ravelTree, scalar, tensor } from "@cotangent/core";
 *
 * const [vector, unravel] = ravelTree({ b: scalar(3), w: tensor([1, 2]) }); // [3, 1, 2]
 * unravel(vector);
 * ```
 */
export const ravelTree = <T>(tree: T): readonly [Tensor<readonly [number]>, (vector: AnyTensor) => T] => {
  const opened = openTree("ravelTree", tree, "");
  const { tensors } = opened;
  const dtype = tensors[0]?.dtype ?? "float32";
  for (const tensor of tensors) checkSameDType("ravelTree", dtype, tensor.dtype);
  const sizes = tensors.map(({ shape }) => sizeOfShape(shape));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const vector =
    tensors.length === 0
      ? contiguousTensor(allocate(dtype, 0), [0], dtype)
      : joinAlong(
          tensors.map((tensor, index) => reshape(tensor, [sizes[index] ?? 0])),
          0,
        );
  const unravel = (flat: AnyTensor): T => {
    const value = asTensor("unravel", flat);
    if (value.shape.length !== 1 || value.shape[0] !== total) {
      throw tensorError({
        kind: "ShapeMismatch",
        operation: "unravel",
        problem: `the vector must have ${total} elements`,
        found: [["got", `[${value.shape.join(", ")}]`]],
        fix: "give a vector of the length that ravelTree gave",
      });
    }
    let start = 0;
    const parts = tensors.map(({ shape }, index) => {
      const stop = start + (sizes[index] ?? 0);
      const part = reshape(sliceAlong(value, 0, start, stop), shape);
      start = stop;
      return part;
    });
    return closeTree(opened, parts) as T; // the tree of T over tensors of the same shapes
  };
  return [vector, unravel];
};
