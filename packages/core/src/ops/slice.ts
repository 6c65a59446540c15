/** A part of each axis. */

import type { Slice } from "../types/part.js";
import { tensorError } from "../errors/tensor-error.js";
import { slice as slicePart } from "../primitives/slice-pad.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { implement } from "./implement.js";

/**
 * The elements from `starts` up to, not including, `stops` of each axis, in steps (1 by default). Negative numbers count
 * from the end of the axis. A view.
 *
 * @throws TensorError when there is not one entry for each axis, or a start or stop lies outside: nothing is clamped.
 * @example
 * ```ts
 * import { slice, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * toArray(slice(x, [0, 1], [2, 3])); // [[2, 3], [5, 6]]
 * toArray(slice(x, [-1, 0], [2, 3], [1, 2])); // [[4, 6]]
 * ```
 */
export const slice: Slice = /* @__PURE__ */ implement(
  (x: unknown, starts: readonly number[], stops: readonly number[], steps?: readonly number[]): Value => {
    const value = asTensor("slice", x);
    const by = steps ?? value.shape.map(() => 1);
    checkCount(value, { starts, stops, steps: by });
    const [from, to] = [placesIn(value, starts), placesIn(value, stops)];
    from.forEach((start, axis) => {
      const [stop = NaN, step = NaN, length = 0] = [to[axis], by[axis], value.shape[axis]];
      const inside =
        Number.isInteger(start) && Number.isInteger(stop) && start >= 0 && start <= stop && stop <= length;
      if (inside && Number.isInteger(step) && step >= 1) return;
      throw tensorError({
        kind: "IndexOutOfRange",
        operation: "slice",
        problem: inside
          ? "a step must be an integer from 1 on"
          : `the slice does not lie inside axis ${axis}, which has length ${length}`,
        found: [
          ["shape", showShape(value.shape)],
          ["starts", showShape(starts)],
          ["stops", showShape(stops)],
          ["steps", showShape(by)],
        ],
        fix: inside
          ? "reverse an axis with flip"
          : "start and stop lie between 0 and the length, or count from the end as negative numbers, and start <= stop",
      });
    });
    return slicePart(value, from, to, by);
  },
);

const placesIn = (x: Value, places: readonly number[]): readonly number[] =>
  places.map((place, axis) => (place < 0 ? place + (x.shape[axis] ?? 0) : place));

const checkCount = ({ shape }: Value, lists: Readonly<Record<string, unknown>>): void => {
  const wrong = Object.entries(lists).find(
    ([, list]) => !Array.isArray(list) || list.length !== shape.length,
  );
  if (wrong === undefined) return;
  const [name, list] = wrong;
  throw tensorError({
    kind: "InvalidArgument",
    operation: "slice",
    problem: `${name} must have one entry for each axis`,
    found: [
      ["shape", `${showShape(shape)}   rank ${shape.length}`],
      [name, Array.isArray(list) ? `${showShape(list)}   ${list.length} entries` : String(list)],
    ],
    fix: "write slice(x, [0, 0], [2, 3]) for two axes",
  });
};
