/** A tensor in parts along an axis. */

import type { SplitInto } from "../types/part.js";
import { tensorError } from "../errors/tensor-error.js";
import { sliceAlong } from "../primitives/slice-pad.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, integerOf, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";

/**
 * The parts of a tensor along an axis, the first by default: so many equal ones, or those between the positions of a
 * list, where one part ends and the next begins. Views.
 *
 * @throws TensorError when the axis does not divide into equal parts, or positions do not increase within its length.
 * @example
 * ```ts
 * import { arange, split, toArray } from "@cotangent/core";
 *
 * const [a, b] = split(arange(6), 2);
 * toArray(a); // [0, 1, 2]
 * toArray(b); // [3, 4, 5]
 * split(arange(6), [1, 4]); // [[0], [1, 2, 3], [4, 5]]
 * ```
 */
export const split: SplitInto = /* @__PURE__ */ implement(
  (x: unknown, parts: number | readonly number[], options?: AxisOption): Value | readonly Value[] => {
    const { axis = 0 } = optionsOf("split", options, ["axis"]);
    const value = asTensor("split", x);
    const along = axisOf("split", axis, value.shape.length);
    const length = value.shape[along] ?? 0;
    const ends = [
      ...(typeof parts === "number" ? equalParts(parts, length) : positions(parts, length)),
      length,
    ];
    return ends.map((end, index) => sliceAlong(value, along, ends[index - 1] ?? 0, end));
  },
);

const equalParts = (count: number, length: number): readonly number[] => {
  const size = length / integerOf("split", "parts", count, 1);
  if (Number.isInteger(size)) return Array.from({ length: count - 1 }, (_, index) => (index + 1) * size);
  throw tensorError({
    kind: "InvalidArgument",
    operation: "split",
    problem: `an axis of length ${length} does not divide into ${count} equal parts`,
    found: [["remainder", String(length % count)]],
    fix: "give the positions where parts begin: split(x, [2, 4])",
  });
};

/** A position may be negative: it counts from the end. */
const positions = (list: readonly number[], length: number): readonly number[] => {
  const places = list.map((position) => (position < 0 ? position + length : position));
  const increase = places.every(
    (place, index) => Number.isInteger(place) && place >= (places[index - 1] ?? 0) && place <= length,
  );
  if (increase) return places;
  throw tensorError({
    kind: "IndexOutOfRange",
    operation: "split",
    problem: "positions must be integers that increase from 0 to the length",
    found: [
      ["positions", showShape(list)],
      ["length", String(length)],
    ],
    fix: "order the positions, and leave out those beyond the length",
  });
};
