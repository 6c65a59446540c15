/** Reshape and transpose: the same elements under other axes. */

import type { Shape } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { contiguous } from "../kernels/strided.js";
import { axisIndex } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { anyDType } from "../program/samples.js";
import { viewTensor } from "../tensor/array-tensor.js";
import { rowMajorStrides, sameShape, showShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { apply, linear } from "./define.js";

/** The elements in row-major order under another shape of the same size; the adjoint gives the cotangent the old one. */
export const reshapePrimitive: Primitive<{ readonly shape: Shape }> = /* @__PURE__ */ linear({
  name: "reshape",
  shape: ([x], { shape }) =>
    sizeOfShape(x.shape) === sizeOfShape(shape)
      ? right({ shape, dtype: x.dtype })
      : left(
          tensorError({
            kind: "ShapeMismatch",
            operation: "reshape",
            problem: `cannot reshape ${sizeOfShape(x.shape)} elements into ${sizeOfShape(shape)}`,
            found: [
              ["from", `${showShape(x.shape)}   ${sizeOfShape(x.shape)} elements`],
              ["to", `${showShape(shape)}   ${sizeOfShape(shape)} elements`],
            ],
            fix: "keep the product of the lengths, or leave one length to be inferred with -1",
          }),
        ),
  evaluate: ([x], { shape }) => {
    const flat = contiguous(x);
    return viewTensor(flat, shape, rowMajorStrides(shape), flat.offset);
  },
  transpose: (cotangent, [x]) => [reshape(cotangent, x.shape)],
  batch: ([x], _batched, size, { shape }) => reshape(x, [size, ...shape]),
  lower: { kind: "reshape" },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: anyDType,
    cases: [
      { shapes: [[2, 3]], params: { shape: [3, 2] } },
      { shapes: [[6]], params: { shape: [2, 1, 3] } },
      { shapes: [[1]], params: { shape: [] } },
      { shapes: [[0, 2]], params: { shape: [3, 0] } },
    ],
  },
});

/** The elements in row-major order under another shape of the same size. */
export const reshape = (x: Value, shape: Shape): Value =>
  sameShape(x.shape, shape) ? x : apply(reshapePrimitive, [x], { shape });

const inverse = (permutation: readonly number[]): readonly number[] =>
  permutation.map((_, axis) => permutation.indexOf(axis));

/** The axes in another order, axis i from axis `permutation[i]`: a view, whose adjoint is the inverse permutation. */
export const permutePrimitive: Primitive<{ readonly permutation: readonly number[] }> =
  /* @__PURE__ */ linear({
    name: "transpose",
    shape: ([x], { permutation }) => {
      const rank = x.shape.length;
      const valid =
        permutation.length === rank &&
        permutation.every((axis, index) => axis >= 0 && axis < rank && permutation.indexOf(axis) === index);
      return valid
        ? right({ shape: permutation.map((axis) => x.shape[axis]!), dtype: x.dtype })
        : left(
            tensorError({
              kind: "InvalidArgument",
              operation: "transpose",
              problem: "a permutation names each axis once",
              found: [
                ["shape", `${showShape(x.shape)}   rank ${rank}`],
                ["got", showShape(permutation)],
              ],
              fix: `give the ${rank} axes in their new order`,
            }),
          );
    },
    evaluate: ([x], { permutation }, { shape }) =>
      viewTensor(
        x,
        shape,
        permutation.map((axis) => x.strides[axis]!),
        x.offset,
      ),
    transpose: (cotangent, _operands, _linear, { permutation }) => [permute(cotangent, inverse(permutation))],
    lower: {
      kind: "view",
      index: (input, { permutation }) =>
        input.shape.map((_, axis) => axisIndex(input.shape.length, permutation.indexOf(axis))),
    },
    batch: ([x], _batched, _size, { permutation }) => permute(x, [0, ...permutation.map((axis) => axis + 1)]),
    samples: {
      operands: [{ min: -3, max: 3 }],
      dtypes: anyDType,
      cases: [
        { shapes: [[2, 3]], params: { permutation: [1, 0] } },
        { shapes: [[2, 1, 3]], params: { permutation: [1, 2, 0] } },
        { shapes: [[0, 2]], params: { permutation: [1, 0] } },
        { shapes: [[]], params: { permutation: [] } },
      ],
    },
  });

/** The axes in another order: a view. */
export const permute = (x: Value, permutation: readonly number[]): Value =>
  permutation.every((axis, index) => axis === index) ? x : apply(permutePrimitive, [x], { permutation });

/** Moves one axis to another place. */
export const moveAxisTo = (x: Value, from: number, to: number): Value => {
  if (from === to) return x;
  const permutation = x.shape.map((_, axis) => axis).filter((axis) => axis !== from);
  permutation.splice(to, 0, from);
  return permute(x, permutation);
};
