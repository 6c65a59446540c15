/** The matrix product. */

import type { MatrixProduct } from "../types/contract.js";
import { tensorError } from "../errors/tensor-error.js";
import { contract, type ContractParams } from "../primitives/contract.js";
import { permute } from "../primitives/reshape.js";
import { broadcast } from "../primitives/sum-broadcast.js";
import { sameShape, showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { implement } from "./implement.js";
import { batchShape, checkLengths, pairOf } from "./operand-pair.js";

const noAxes: ContractParams["batch"] = [[], []];
const matrixAxes: ContractParams = { contracted: [[1], [0]], batch: noAxes };

/**
 * The matrix product, a b. Axes before the last two are batch axes, which broadcast; a vector on the left is a row, one on
 * the right a column, and their axis disappears: of two vectors it gives the inner product.
 *
 * In: one numeric dtype, [..., n, k] and [..., k, m]; out: that dtype, [..., n, m]. Integers wrap around. Sums of float32
 * are in float64 below 512 multiplications, in float32 on vectors from there on, and may be so under `jit`.
 *
 * @throws TensorError when contracted lengths, batch axes or dtypes do not fit, one side is a scalar, or they are bool.
 * @see `numpy.matmul`.
 * @example
 * ```ts
 * import { matmul, tensor, toArray } from "@cotangent/core";
 *
 * toArray(matmul(tensor([[1, 2], [3, 4]]), tensor([5, 6]))); // [17, 39]
 * ```
 */
export const matmul: MatrixProduct = /* @__PURE__ */ implement((a: unknown, b: unknown): Value => {
  const [x, y] = pairOf("matmul", a, b);
  const [m, n] = [x.shape.length, y.shape.length];
  if (m === 0 || n === 0) throw scalarError(x, y);
  const [i, j] = [m - 1, Math.max(n - 2, 0)];
  checkLengths("matmul", x, i, y, j, "transpose one operand: matmul(a, transpose(b))");
  if (m === 2 && n === 2) return contract(x, y, matrixAxes);
  if (m < 3 || n < 3) return oneBatch(x, y, i, j);
  const batch = batchShape("matmul", x, x.shape.slice(0, -2), y, y.shape.slice(0, -2));
  const rank = batch.length;
  const batchAxes = batch.map((_, axis) => axis);
  return contract(stretch(x, batch), stretch(y, batch), {
    contracted: [[rank + 1], [rank]],
    batch: [batchAxes, batchAxes],
  });
});

const scalarError = (x: Value, y: Value): Error =>
  tensorError({
    kind: "ShapeMismatch",
    operation: "matmul",
    problem: `the ${x.shape.length === 0 ? "left" : "right"} side is a scalar`,
    found: [
      ["left", showShape(x.shape)],
      ["right", showShape(y.shape)],
    ],
    fix: "multiply by a scalar with mul(a, b)",
  });

/** At most one side has batch axes: they are free axes of its own, before or behind those of the other. */
const oneBatch = (x: Value, y: Value, i: number, j: number): Value => {
  const product = contract(x, y, { contracted: [[i], [j]], batch: noAxes });
  if (y.shape.length < 3 || x.shape.length < 2) return product;
  // [rows, ...batch, columns] becomes [...batch, rows, columns].
  const rank = y.shape.length - 2;
  return permute(product, [...Array.from({ length: rank }, (_, axis) => axis + 1), 0, rank + 1]);
};

/** Matrices with other batch axes in front. */
const stretch = (x: Value, batch: readonly number[]): Value => {
  const shape = [...batch, ...x.shape.slice(-2)];
  if (sameShape(shape, x.shape)) return x;
  return broadcast(
    x,
    shape,
    x.shape.map((_, axis) => axis + shape.length - x.shape.length),
  );
};
