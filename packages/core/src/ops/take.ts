/** Elements by their indices along an axis. Indices out of range are refused, never clamped. */

import type { Take, TakeAlongAxis } from "../types/part.js";
import { tensorError } from "../errors/tensor-error.js";
import { gather } from "../primitives/gather-scatter.js";
import { moveAxisTo, permute, reshape } from "../primitives/reshape.js";
import { broadcast } from "../primitives/sum-broadcast.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { showAval, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, checkDType } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, integerOf, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";
import { batchShape } from "./operand-pair.js";

/** Whole numbers known on the host, as indices. */
export const indexTensor = (places: readonly number[]): Value =>
  contiguousTensor(Int32Array.from(places), [places.length], "int32");

/** The axes of the indices in the place of an axis. */
export const gatherAlong = (x: Value, indices: Value, axis: number): Value => {
  const rows = gather(moveAxisTo(x, axis, 0), indices, 0);
  const count = indices.shape.length;
  const order = x.shape.flatMap((_, index) =>
    index === axis
      ? indices.shape.map((_length, place) => place)
      : [index < axis ? index + count : index + count - 1],
  );
  return permute(rows, order);
};

const indicesOf = (operation: string, indices: unknown): Value => {
  if (typeof indices === "number")
    return reshape(indexTensor([integerOf(operation, "indices", indices)]), []);
  if (Array.isArray(indices))
    return indexTensor(indices.map((index) => integerOf(operation, "indices", index)));
  const value = asTensor(operation, indices);
  checkDType(operation, value.dtype, ["int32", "uint32"]);
  return value;
};

/**
 * The elements at some indices along an axis, or of the flattened tensor without one. The axes of the indices (none for
 * a number) stand in the place of the axis. Negative indices count from the end.
 *
 * The gradient adds up where an index comes several times.
 *
 * @throws TensorError when an index is out of range, or the indices are not int32 or uint32.
 * @example
 * ```ts
 * import { take, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([[1, 2], [3, 4], [5, 6]]);
 * toArray(take(x, [2, 0], { axis: 0 })); // [[5, 6], [1, 2]]
 * toArray(take(x, -1)); // 6
 * ```
 */
export const take: Take = /* @__PURE__ */ implement(
  (x: unknown, indices: unknown, options?: AxisOption): Value => {
    const { axis } = optionsOf("take", options, ["axis"]);
    const value = asTensor("take", x);
    const places = indicesOf("take", indices);
    return axis === undefined
      ? gather(reshape(value, [sizeOfShape(value.shape)]), places, 0)
      : gatherAlong(value, places, axisOf("take", axis, value.shape.length));
  },
);

/**
 * For each place of the indices, the element of `x` at that index along an axis, the last by default, and at the same
 * place along all others, which broadcast. It undoes what `argSort` and `argMax` (with `keepDims`) have found.
 *
 * @throws TensorError when the ranks differ, the other axes do not broadcast, or an index is out of range.
 * @example
 * ```ts
 * import { argSort, takeAlongAxis, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([[3, 1, 2]]);
 * toArray(takeAlongAxis(x, argSort(x))); // [[1, 2, 3]]
 * ```
 */
export const takeAlongAxis: TakeAlongAxis = /* @__PURE__ */ implement(
  (x: unknown, indices: unknown, options?: AxisOption): Value => {
    const { axis = -1 } = optionsOf("takeAlongAxis", options, ["axis"]);
    const value = asTensor("takeAlongAxis", x);
    const places = indicesOf("takeAlongAxis", indices);
    const rank = value.shape.length;
    if (places.shape.length !== rank) {
      throw tensorError({
        kind: "ShapeMismatch",
        operation: "takeAlongAxis",
        problem: "the indices must have as many axes as the tensor",
        found: [
          ["tensor", showAval(value)],
          ["indices", showAval(places)],
        ],
        fix: "give the indices an axis with expandDims or keepDims, or choose whole rows with take",
      });
    }
    const along = axisOf("takeAlongAxis", axis, rank);
    const [rows, at] = [moveAxisTo(value, along, rank - 1), moveAxisTo(places, along, rank - 1)];
    const batch = batchShape("takeAlongAxis", value, rows.shape.slice(0, -1), places, at.shape.slice(0, -1));
    const every = rows.shape.map((_, index) => index);
    const stretch = (of: Value): Value => broadcast(of, [...batch, ...of.shape.slice(-1)], every);
    return moveAxisTo(gather(stretch(rows), stretch(at), rank - 1), rank - 1, along);
  },
);
