/** Products of every element with every element. */

import type { KroneckerProduct, OuterProduct } from "../types/contract.js";
import { reshape } from "../primitives/reshape.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { implement } from "./implement.js";
import { mul } from "./on-values.js";
import { pairOf } from "./operand-pair.js";

/**
 * The matrix of all products aᵢ bⱼ, [size of a, size of b]. Tensors that are no vectors are flattened.
 *
 * @throws TensorError when dtypes differ, or they are bool.
 * @see `numpy.outer`.
 * @example
 * ```ts
 * import { outer, tensor, toArray } from "@cotangent/core";
 *
 * toArray(outer(tensor([1, 2]), tensor([3, 4]))); // [[3, 4], [6, 8]]
 * ```
 */
export const outer: OuterProduct = /* @__PURE__ */ implement((a: unknown, b: unknown): Value => {
  const [x, y] = pairOf("outer", a, b);
  return mul(reshape(x, [sizeOfShape(x.shape), 1]), reshape(y, [sizeOfShape(y.shape)]));
});

/**
 * The Kronecker product: the tensor of the blocks aᵢ b. Along each axis, counted from the last, lengths multiply.
 *
 * @throws TensorError when dtypes differ, or they are bool.
 * @see `numpy.kron`.
 * @example
 * ```ts
 * import { kron, tensor, toArray } from "@cotangent/core";
 *
 * toArray(kron(tensor([1, 2]), tensor([3, 4]))); // [3, 4, 6, 8]
 * ```
 */
export const kron: KroneckerProduct = /* @__PURE__ */ implement((a: unknown, b: unknown): Value => {
  const [x, y] = pairOf("kron", a, b);
  const rank = Math.max(x.shape.length, y.shape.length);
  const lengthsOf = ({ shape }: Value): readonly number[] => [
    ...Array.from({ length: rank - shape.length }, () => 1),
    ...shape,
  ];
  const [m, n] = [lengthsOf(x), lengthsOf(y)];
  const product = mul(
    reshape(
      x,
      m.flatMap((length) => [length, 1]),
    ),
    reshape(
      y,
      n.flatMap((length) => [1, length]),
    ),
  );
  return reshape(
    product,
    m.map((length, axis) => length * (n[axis] ?? 1)),
  );
});
