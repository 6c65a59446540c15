/** More elements at the edges of a tensor. */

import type { PadOptions, PadWith } from "../types/repeat.js";
import { tensorError } from "../errors/tensor-error.js";
import { pad as padConstant } from "../primitives/slice-pad.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, describe, weakNumber } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { integerOf } from "./axes.js";
import { implement } from "./implement.js";
import { gatherAlong, indexTensor } from "./take.js";

type Mode = NonNullable<PadOptions["mode"]>;

/**
 * The tensor with `low` elements before the first one of each axis and `high` after the last one, `[low, high]` for each
 * axis. They are `value` (0 by default), or with mode `"edge"` the element at the edge, or with mode `"reflect"` those on
 * the other side of the edge's element, there and back again for widths beyond the length.
 *
 * @throws TensorError when there is not one pair of widths from 0 on for each axis, or an empty axis has no edge.
 * @see NumPy's `pad`.
 * @example
 * ```ts
 * import { pad, tensor, toArray } from "@cotangent/core";
 *
 * toArray(pad(tensor([1, 2, 3]), [[1, 2]])); // [0, 1, 2, 3, 0, 0]
 * toArray(pad(tensor([1, 2, 3]), [[1, 2]], { mode: "reflect" })); // [2, 1, 2, 3, 2, 1]
 * ```
 */
export const pad: PadWith = /* @__PURE__ */ implement(
  (x: unknown, padWidth: unknown, options?: PadOptions): Value => {
    const value = asTensor("pad", x);
    const widths = widthsOf(padWidth, value);
    const { mode = "constant", value: filler = 0 } = optionsOf("pad", options, ["mode", "value"]);
    if (mode !== "constant")
      return widths.reduce((padded, [low, high], axis) => extend(padded, axis, low, high, mode), value);
    if (filler !== 0) weakNumber("pad", filler, value.dtype);
    return padConstant(
      value,
      widths.map(([low, high]) => ({ low, high, interior: 0 })),
      filler,
    );
  },
);

const widthsOf = (padWidth: unknown, { shape }: Value): readonly (readonly [number, number])[] => {
  const pairs: readonly unknown[] = Array.isArray(padWidth) ? padWidth : [];
  const valid =
    Array.isArray(padWidth) &&
    pairs.length === shape.length &&
    pairs.every((pair) => Array.isArray(pair) && pair.length === 2);
  if (!valid) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "pad",
      problem: "there must be one pair of widths for each axis",
      found: [
        ["shape", `${showShape(shape)}   rank ${shape.length}`],
        [
          "padWidth",
          Array.isArray(padWidth)
            ? `[${pairs.map((pair) => describePair(pair)).join(", ")}]`
            : describe(padWidth),
        ],
      ],
      fix: "write [[1, 1], [0, 2]] for two axes: [before the first, after the last]",
    });
  }
  return (pairs as readonly (readonly unknown[])[]).map(([low, high]) => [
    integerOf("pad", "padWidth", low, 0),
    integerOf("pad", "padWidth", high, 0),
  ]);
};

const describePair = (pair: unknown): string =>
  Array.isArray(pair) ? `[${pair.map(String).join(", ")}]` : describe(pair);

/** The place inside an axis whose element stands at a place that may lie outside. */
const sources: Readonly<Record<Exclude<Mode, "constant">, (place: number, length: number) => number>> = {
  edge: (place, length) => Math.min(Math.max(place, 0), length - 1),
  reflect: (place, length) => {
    const period = Math.max(1, 2 * (length - 1));
    const within = ((place % period) + period) % period;
    return Math.min(within, period - within);
  },
};

const extend = (
  x: Value,
  axis: number,
  low: number,
  high: number,
  mode: Exclude<Mode, "constant">,
): Value => {
  const length = x.shape[axis] ?? 0;
  if (low + high === 0) return x;
  if (length === 0 || !Object.hasOwn(sources, mode)) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "pad",
      problem: length === 0 ? "an empty axis has no edge to continue" : `there is no mode ${mode}`,
      found:
        length === 0
          ? [["got", `${showShape(x.shape)}   axis ${axis}`]]
          : [["expected", `"constant", "edge" or "reflect"`]],
      fix: `leave the mode out to pad with zeros`,
    });
  }
  const places = Array.from({ length: low + length + high }, (_, place) =>
    sources[mode](place - low, length),
  );
  return gatherAlong(x, indexTensor(places), axis);
};
