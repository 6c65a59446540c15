/** Gather and scatter: each is the other's adjoint. */

import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { gatherRows, scatterAddRows } from "../kernels/gather.js";
import type { Primitive } from "../program/primitive.js";
import { numeric, type DTypes, type Samples } from "../program/samples.js";
import { zero } from "../program/symbolic-zero.js";
import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { isInteger } from "../tensor/dtype.js";
import { sameShape, showAval, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { apply, fill, linear } from "./define.js";
import { batchFront } from "./sum-broadcast.js";

/**
 * `x` is [...B, N, ...R], `indices` [...B, ...K], and the result [...B, ...K, ...R]: for each batch, rows of x.
 * An index counts from the end where it is negative, and is refused outside of [-N, N).
 */
interface GatherParams {
  /** The rank of B. */
  readonly batchRank: number;
}

const gatherShape = (x: Aval, indices: Aval, batchRank: number): Aval | undefined =>
  isInteger(indices.dtype) &&
  x.shape.length > batchRank &&
  indices.shape.length >= batchRank &&
  sameShape(x.shape.slice(0, batchRank), indices.shape.slice(0, batchRank))
    ? { shape: [...indices.shape, ...x.shape.slice(batchRank + 1)], dtype: x.dtype }
    : undefined;

const indicesError = (operation: string, x: Aval, indices: Aval): ReturnType<typeof tensorError> =>
  tensorError({
    kind: "ShapeMismatch",
    operation,
    problem: "the indices do not fit the tensor",
    found: [
      ["tensor", showAval(x)],
      ["indices", showAval(indices)],
    ],
    fix: `indices are int32 or uint32: convert(indices, "int32")`,
  });

const dtypes: DTypes = /* @__PURE__ */ numeric.map(([dtype]) => [dtype ?? "float32", "int32"]);

const samples: Samples<GatherParams> = {
  operands: [
    { min: -3, max: 3 },
    { min: -2, max: 1, whole: true, points: [0, 0] },
  ],
  dtypes,
  cases: [
    { shapes: [[4], [3]], params: { batchRank: 0 } },
    {
      shapes: [
        [2, 3],
        [2, 2],
      ],
      params: { batchRank: 0 },
    },
    {
      shapes: [
        [2, 3],
        [2, 4],
      ],
      params: { batchRank: 1 },
    },
    { shapes: [[2, 3, 2], [2]], params: { batchRank: 1 } },
    { shapes: [[3, 2], []], params: { batchRank: 0 } },
    { shapes: [[2], [0]], params: { batchRank: 0 } },
  ],
};

/** A constant with more indices than this is not looked through. */
const lookedThrough = 4096;

/** Whether some index may be out of range: of indices that are known, whether one is. */
const mayBeOutside = (
  [x, indices]: readonly [Value, Value, ...Value[]],
  { batchRank }: GatherParams,
): boolean => !(indices instanceof ArrayTensor && areInside(indices, x.shape[batchRank] ?? 0));

const areInside = (indices: ArrayTensor, length: number): boolean => {
  const size = sizeOfShape(indices.shape);
  if (size > lookedThrough) return false;
  const at = elementReader(indices);
  for (let place = 0; place < size; place++) {
    const index = at(place);
    if (index < -length || index >= length) return false;
  }
  return true;
};

/** y[b, k, …] = x[b, indices[b, k], …] with `batchRank` batch axes b; linear in x, its adjoint is `scatterAdd`. */
export const gatherPrimitive: Primitive<GatherParams> = /* @__PURE__ */ linear({
  name: "gather",
  linearIn: [true, false],
  shape: ([x, indices], { batchRank }) => {
    const output = gatherShape(x, indices, batchRank);
    return output === undefined ? left(indicesError("take", x, indices)) : right(output);
  },
  evaluate: ([x, indices], { batchRank }, output) => gatherRows(x, indices, batchRank, output),
  transpose: (cotangent, [x, indices], _linear, { batchRank }) => [
    scatterAdd(fill(0, x), indices, cotangent, batchRank),
    zero,
  ],
  lower: { kind: "gather" },
  mayRefuse: mayBeOutside,
  batch: ([x, indices], batched, size, { batchRank }) =>
    batchRank === 0 && !batched[0]
      ? gather(x, indices, 0) // the batch axis of the indices is one more of their own
      : gather(batchFront(x, batched[0], size), batchFront(indices, batched[1], size), batchRank + 1),
  samples,
});

/** Rows of x by index. */
export const gather = (x: Value, indices: Value, batchRank: number): Value =>
  apply(gatherPrimitive, [x, indices], { batchRank });

/** x with updates[b, k, …] added at [b, indices[b, k], …]; linear in x and the updates, whose adjoint is a `gather`. */
export const scatterAddPrimitive: Primitive<GatherParams> = /* @__PURE__ */ linear({
  name: "scatterAdd",
  linearIn: [true, false, true],
  shape: ([x, indices, updates], { batchRank }) => {
    const rows = gatherShape(x, indices, batchRank);
    return rows !== undefined && updates.dtype === x.dtype && sameShape(rows.shape, updates.shape)
      ? right(x)
      : left(indicesError("scatterAdd", x, indices));
  },
  evaluate: ([x, indices, updates], { batchRank }) => scatterAddRows(x, indices, updates, batchRank),
  transpose: (cotangent, [, indices], of, { batchRank }) => [
    of[0] ? cotangent : zero,
    zero,
    of[2] ? gather(cotangent, indices, batchRank) : zero,
  ],
  lower: { kind: "scatterAdd" },
  mayRefuse: mayBeOutside,
  batch: ([x, indices, updates], batched, size, { batchRank }) =>
    scatterAdd(
      batchFront(x, batched[0], size),
      batchFront(indices, batched[1], size),
      batchFront(updates, batched[2], size),
      batchRank + 1,
    ),
  get samples(): Samples<GatherParams> {
    return {
      ...samples,
      operands: [...samples.operands, { min: -3, max: 3 }],
      dtypes: numeric.map(([dtype = "float32"]) => [dtype, "int32", dtype]),
      cases: [
        { shapes: [[4], [3], [3]], params: { batchRank: 0 } },
        { shapes: [[3, 2], [2], [2, 2]], params: { batchRank: 0 } },
        {
          shapes: [
            [2, 3],
            [2, 4],
            [2, 4],
          ],
          params: { batchRank: 1 },
        },
        { shapes: [[2], [0], [0]], params: { batchRank: 0 } },
      ],
    };
  },
});

/** x with rows added to it by index; an index that comes twice counts twice. */
export const scatterAdd = (x: Value, indices: Value, updates: Value, batchRank: number): Value =>
  apply(scatterAddPrimitive, [x, indices, updates], { batchRank });
