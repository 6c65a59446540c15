/** Products of two tensors that contract axes, beside the matrix product. */

import type { DotProduct, FlatProduct, InnerProduct, TensorDot } from "../types/contract.js";
import { tensorError } from "../errors/tensor-error.js";
import { contract } from "../primitives/contract.js";
import { reshape } from "../primitives/reshape.js";
import { showAval, showShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { optionsOf } from "../trace/options.js";
import { listedAxes } from "./axes.js";
import { implement } from "./implement.js";
import { mul } from "./on-values.js";
import { checkLengths, pairOf } from "./operand-pair.js";

/** The axes contracted, no batch axes: those of the left operand that are left, then those of the right one. */
const contractPairs = (
  operation: string,
  x: Value,
  y: Value,
  left: readonly number[],
  right: readonly number[],
  fix: string,
): Value => {
  left.forEach((axis, index) => {
    checkLengths(operation, x, axis, y, right[index] ?? 0, fix);
  });
  return contract(x, y, { contracted: [left, right], batch: [[], []] });
};

/**
 * NumPy's dot product: the last axis of `a` with the last but one of `b`, or with its only one. There are no batch axes: the
 * result has the other axes of `a`, then those of `b`. By a scalar it multiplies.
 *
 * @throws TensorError when contracted lengths or dtypes differ, or they are bool.
 * @see `matmul`, whose leading axes are batch axes.
 * @example
 * ```ts
 * import { dot, tensor, toArray } from "@cotangent/core";
 *
 * toArray(dot(tensor([1, 2, 3]), tensor([4, 5, 6]))); // 32
 * ```
 */
export const dot: DotProduct = /* @__PURE__ */ implement((a: unknown, b: unknown): Value => {
  const [x, y] = pairOf("dot", a, b);
  const [m, n] = [x.shape.length, y.shape.length];
  return m === 0 || n === 0
    ? mul(x, y)
    : contractPairs(
        "dot",
        x,
        y,
        [m - 1],
        [Math.max(n - 2, 0)],
        "transpose one operand: dot(a, transpose(b))",
      );
});

/**
 * The inner product over the last axes of both: Σ a[…, k] b[…, k]. The result has the other axes of `a`, then those of `b`.
 * By a scalar it multiplies.
 *
 * @throws TensorError when the last lengths or dtypes differ, or they are bool.
 * @see `numpy.inner`.
 * @example
 * ```ts
 * import { inner, tensor, toArray } from "@cotangent/core";
 *
 * toArray(inner(tensor([[1, 2], [3, 4]]), tensor([1, 1]))); // [3, 7]
 * ```
 */
export const inner: InnerProduct = /* @__PURE__ */ implement((a: unknown, b: unknown): Value => {
  const [x, y] = pairOf("inner", a, b);
  const [m, n] = [x.shape.length, y.shape.length];
  return m === 0 || n === 0
    ? mul(x, y)
    : contractPairs("inner", x, y, [m - 1], [n - 1], "give operands with one last length");
});

/**
 * The inner product of two tensors as vectors: Σ aᵢ bᵢ over all elements in row-major order.
 *
 * @throws TensorError when the numbers of elements or dtypes differ, or they are bool.
 * @see `numpy.vdot`.
 * @example
 * ```ts
 * import { tensor, toArray, vdot } from "@cotangent/core";
 *
 * toArray(vdot(tensor([[1, 2], [3, 4]]), tensor([1, 1, 1, 1]))); // 10
 * ```
 */
export const vdot: FlatProduct = /* @__PURE__ */ implement((a: unknown, b: unknown): Value => {
  const [x, y] = pairOf("vdot", a, b).map((value) => reshape(value, [sizeOfShape(value.shape)])) as [
    Value,
    Value,
  ]; // two of two
  return contractPairs("vdot", x, y, [0], [0], "give operands with as many elements");
});

interface TensorDotOptions {
  readonly axes?: number | readonly [readonly number[], readonly number[]];
}

/**
 * The contraction of several axes: so many last ones of `a` with so many first ones of `b` (2 by default), or those of two
 * lists in pairs. The result has the other axes of `a`, then those of `b`.
 *
 * @throws TensorError when the lists differ in length, an axis is out of range or named twice, lengths or dtypes differ, or
 * they are bool.
 * @see `numpy.tensordot`.
 * @example
 * ```ts
 * import { ones, shapeOf, tensorDot } from "@cotangent/core";
 *
 * shapeOf(tensorDot(ones([2, 3, 4]), ones([4, 2, 5]), { axes: [[2, 0], [0, 1]] })); // [3, 5]
 * ```
 */
export const tensorDot: TensorDot = /* @__PURE__ */ implement(
  (a: unknown, b: unknown, options?: TensorDotOptions): Value => {
    const { axes = 2 } = optionsOf("tensorDot", options, ["axes"]);
    const [x, y] = pairOf("tensorDot", a, b);
    const [m, n] = [x.shape.length, y.shape.length];
    const [left, right] = typeof axes === "number" ? adjacent(axes, x, y) : axes;
    const [i, j] = [listedAxes("tensorDot", left, m), listedAxes("tensorDot", right, n)];
    if (i.length !== j.length) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "tensorDot",
        problem: "the lists of axes must have one length",
        found: [
          ["left", showShape(i)],
          ["right", showShape(j)],
        ],
        fix: "name the axes in pairs: { axes: [[0, 2], [1, 0]] }",
      });
    }
    return contractPairs(
      "tensorDot",
      x,
      y,
      i,
      j,
      "name axes of one length in pairs: { axes: [[0, 2], [1, 0]] }",
    );
  },
);

const adjacent = (count: number, x: Value, y: Value): readonly [readonly number[], readonly number[]] => {
  if (!Number.isInteger(count) || count < 0 || count > Math.min(x.shape.length, y.shape.length)) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "tensorDot",
      problem: `${count} axes cannot be contracted`,
      found: [
        ["left", showAval(x)],
        ["right", showAval(y)],
      ],
      fix: "say how many: { axes: 1 }, or which: { axes: [[0, 2], [1, 0]] }",
    });
  }
  return [
    Array.from({ length: count }, (_, index) => x.shape.length - count + index),
    Array.from({ length: count }, (_, index) => index),
  ];
};
