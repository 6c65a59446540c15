/** Elements repeated: whole tensors side by side, or each element in place. */

import type { Repeat, Tile } from "../types/repeat.js";
import { tensorError } from "../errors/tensor-error.js";
import { reshape } from "../primitives/reshape.js";
import { broadcastLast } from "../primitives/sum-broadcast.js";
import { showShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, integerOf, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";
import { gatherAlong, indexTensor } from "./take.js";

/**
 * The tensor side by side with itself, `reps` times along each axis. Axes that one of the two lacks count as length 1,
 * or as one time, in front; a number repeats the last axis.
 *
 * @throws TensorError when a count is not an integer from 0 on.
 * @example
 * ```ts
 * import { tensor, tile, toArray } from "@cotangent/core";
 *
 * toArray(tile(tensor([1, 2]), 2)); // [1, 2, 1, 2]
 * toArray(tile(tensor([1, 2]), [2, 1])); // [[1, 2], [1, 2]]
 * ```
 */
export const tile: Tile = /* @__PURE__ */ implement((x: unknown, reps: number | readonly number[]): Value => {
  const value = asTensor("tile", x);
  const counts = typeof reps === "number" ? [reps] : reps;
  const rank = Math.max(value.shape.length, counts.length);
  const fromEnd = (list: readonly number[], axis: number): number => list[axis - rank + list.length] ?? 1;
  const lengths = Array.from({ length: rank }, (_, axis) => fromEnd(value.shape, axis));
  const times = lengths.map((_, axis) => integerOf("tile", "reps", fromEnd(counts, axis), 0));
  const apart = reshape(
    value,
    lengths.flatMap((length) => [1, length]),
  );
  const repeated = broadcastLast(
    apart,
    lengths.flatMap((length, axis) => [times[axis] ?? 1, length]),
  );
  return reshape(
    repeated,
    lengths.map((length, axis) => length * (times[axis] ?? 1)),
  );
});

/**
 * Each element so many times in a row, along an axis or, without one, of the flattened tensor. One count for all
 * elements, or a list with one for each.
 *
 * @throws TensorError when a count is not an integer from 0 on, or there is not one for each element.
 * @example
 * ```ts
 * import { repeat, tensor, toArray } from "@cotangent/core";
 *
 * toArray(repeat(tensor([1, 2]), 2)); // [1, 1, 2, 2]
 * toArray(repeat(tensor([1, 2, 3]), [2, 0, 1])); // [1, 1, 3]
 * ```
 */
export const repeat: Repeat = /* @__PURE__ */ implement(
  (x: unknown, repeats: number | readonly number[], options?: AxisOption): Value => {
    const { axis } = optionsOf("repeat", options, ["axis"]);
    const value = asTensor("repeat", x);
    const flat = axis === undefined ? reshape(value, [sizeOfShape(value.shape)]) : value;
    const along = axis === undefined ? 0 : axisOf("repeat", axis, value.shape.length);
    return typeof repeats === "number"
      ? repeatEach(flat, along, integerOf("repeat", "repeats", repeats, 0))
      : repeatSome(flat, along, repeats);
  },
);

/** By a stretched axis of length 1 behind the axis. */
const repeatEach = (x: Value, axis: number, count: number): Value => {
  const before = x.shape.slice(0, axis + 1);
  const after = x.shape.slice(axis + 1);
  const stretched = broadcastLast(reshape(x, [...before, 1, ...after]), [...before, count, ...after]);
  return reshape(
    stretched,
    x.shape.map((length, index) => (index === axis ? length * count : length)),
  );
};

const repeatSome = (x: Value, axis: number, counts: readonly number[]): Value => {
  const length = x.shape[axis] ?? 0;
  if (counts.length !== length) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation: "repeat",
      problem: "there must be one count for each element of the axis",
      found: [
        ["axis", `length ${length}`],
        ["repeats", `${showShape(counts)}   length ${counts.length}`],
      ],
      fix: "give one number to repeat all elements alike",
    });
  }
  const places = counts.flatMap((count, place) =>
    Array.from({ length: integerOf("repeat", "repeats", count, 0) }, () => place),
  );
  return gatherAlong(x, indexTensor(places), axis);
};
