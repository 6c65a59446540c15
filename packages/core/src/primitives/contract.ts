/** The general contraction: batch axes side by side, contracted axes summed, free axes kept. Linear in each operand. */

import type { Shape } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { contractArrays } from "../kernels/contract.js";
import type { Primitive } from "../program/primitive.js";
import { numeric } from "../program/samples.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { bilinear } from "./bilinear.js";
import { apply } from "./define.js";
import { moveAxisTo, permute } from "./reshape.js";

/** Axes of the left operand and of the right one, in pairs. */
export interface ContractParams {
  readonly contracted: readonly [readonly number[], readonly number[]];
  readonly batch: readonly [readonly number[], readonly number[]];
}

/** The axes of a rank that are not taken, in order. */
export const freeAxes = (rank: number, ...taken: readonly (readonly number[])[]): readonly number[] =>
  Array.from({ length: rank }, (_, axis) => axis).filter(
    (axis) => !taken.some((axes) => axes.includes(axis)),
  );

/** The first pair of axes that differ in length. */
const mismatch = (
  x: Shape,
  y: Shape,
  [i, j]: ContractParams["batch"],
): readonly [number, number] | undefined => {
  for (let k = 0; k < i.length; k++) if (x[i[k]!] !== y[j[k]!]) return [i[k]!, j[k]!];
  return undefined;
};

/** The batch axes, the free axes of x, those of y. */
const contractedShape = (x: Shape, y: Shape, { contracted, batch }: ContractParams): Shape => {
  const shape: number[] = [];
  for (const axis of batch[0]) shape.push(x[axis]!);
  for (let axis = 0; axis < x.length; axis++) {
    if (!contracted[0].includes(axis) && !batch[0].includes(axis)) shape.push(x[axis]!);
  }
  for (let axis = 0; axis < y.length; axis++) {
    if (!contracted[1].includes(axis) && !batch[1].includes(axis)) shape.push(y[axis]!);
  }
  return shape;
};

/** z[b, i, j] = Σ x[b, i, k] y[b, k, j] over the contracted axes k, with batch axes b, free axes i of x and j of y. */
export const contractPrimitive: Primitive<ContractParams> = /* @__PURE__ */ bilinear({
  name: "contract",
  shape: ([x, y], axes) => {
    const wrong = mismatch(x.shape, y.shape, axes.contracted) ?? mismatch(x.shape, y.shape, axes.batch);
    if (wrong !== undefined) {
      const [i, j] = wrong;
      return left(
        tensorError({
          kind: "ShapeMismatch",
          operation: "matmul",
          problem: `${axes.contracted[0].includes(i) ? "contracted" : "batch"} dimensions differ`,
          found: [
            ["left", `${showShape(x.shape)}   axis ${i} has length ${x.shape[i]}`],
            ["right", `${showShape(y.shape)}   axis ${j} has length ${y.shape[j]}`],
          ],
          fix: "transpose one operand: matmul(a, transpose(b))",
        }),
      );
    }
    if (x.dtype !== y.dtype || x.dtype === "bool") {
      return left(
        tensorError({
          kind: "DTypeMismatch",
          operation: "matmul",
          problem:
            x.dtype === "bool" ? "dtype bool has no products" : `dtypes ${x.dtype} and ${y.dtype} differ`,
          found: [
            ["left", x.dtype],
            ["right", y.dtype],
          ],
          fix: `convert one operand: convert(x, "float32")`,
        }),
      );
    }
    return right({ shape: contractedShape(x.shape, y.shape, axes), dtype: x.dtype });
  },
  evaluate: ([x, y], params, output) => contractArrays(x, y, params, output),
  transposeLeft: (cotangent, x, y, { contracted, batch }) =>
    adjoint(cotangent, x, y, contracted, batch, "left"),
  transposeRight: (cotangent, x, y, { contracted, batch }) =>
    adjoint(cotangent, y, x, [contracted[1], contracted[0]], [batch[1], batch[0]], "right"),
  batch: ([x, y], batched, _size, { contracted, batch }) => {
    const shift = (axes: readonly number[], by: boolean): readonly number[] =>
      by ? axes.map((axis) => axis + 1) : axes;
    const moved: ContractParams["contracted"] = [
      shift(contracted[0], batched[0]),
      shift(contracted[1], batched[1]),
    ];
    const sides: ContractParams["batch"] = [shift(batch[0], batched[0]), shift(batch[1], batched[1])];
    if (batched[0] && batched[1])
      return contract(x, y, {
        contracted: moved,
        batch: [
          [0, ...sides[0]],
          [0, ...sides[1]],
        ],
      });
    // The batch axis is a free one of its operand, the first.
    const product = contract(x, y, { contracted: moved, batch: sides });
    const before =
      batch[0].length + (batched[0] ? 0 : freeAxes(x.shape.length, batch[0], contracted[0]).length);
    return moveAxisTo(product, before, 0);
  },
  lower: { kind: "contract" },
  samples: {
    operands: [{ min: -2, max: 2 }],
    dtypes: numeric,
    cases: [
      {
        shapes: [
          [2, 3],
          [3, 2],
        ],
        params: { contracted: [[1], [0]], batch: [[], []] },
      },
      { shapes: [[3], [3]], params: { contracted: [[0], [0]], batch: [[], []] } },
      {
        shapes: [
          [2, 3, 2],
          [2, 2, 2],
        ],
        params: { contracted: [[2], [1]], batch: [[0], [0]] },
      },
      { shapes: [[2, 3], [2]], params: { contracted: [[], []], batch: [[0], [0]] } },
      {
        shapes: [
          [2, 3, 4],
          [4, 2, 3],
        ],
        params: {
          contracted: [
            [0, 2],
            [1, 0],
          ],
          batch: [[], []],
        },
      },
      {
        shapes: [
          [2, 0],
          [0, 3],
        ],
        params: { contracted: [[1], [0]], batch: [[], []] },
      },
    ],
  },
});

/** The contraction of two tensors: batch axes, then the free axes of the left one, then of the right one. */
export const contract = (x: Value, y: Value, params: ContractParams): Value =>
  apply(contractPrimitive, [x, y], params);

/** The cotangent contracted with the other operand over that one's free axes, in the axes of the operand itself. */
const adjoint = (
  cotangent: Value,
  self: Value,
  other: Value,
  contracted: ContractParams["contracted"],
  batch: ContractParams["batch"],
  side: "left" | "right",
): Value => {
  const selfFree = freeAxes(self.shape.length, batch[0], contracted[0]);
  const otherFree = freeAxes(other.shape.length, batch[1], contracted[1]);
  const batches = batch[0].map((_, index) => index);
  const start = batches.length + (side === "left" ? selfFree.length : 0);
  const otherInCotangent = otherFree.map((_, index) => start + index);
  const product = contract(cotangent, other, {
    contracted: [otherInCotangent, otherFree],
    batch: [batches, batch[1]],
  });
  // Its axes are the batch axes, those free in self, and the contracted ones in the order of the other's axes.
  const order = [
    ...batch[0],
    ...selfFree,
    ...[...contracted[1]].sort((a, b) => a - b).map((axis) => contracted[0][contracted[1].indexOf(axis)]!),
  ];
  return permute(
    product,
    self.shape.map((_, axis) => order.indexOf(axis)),
  );
};
