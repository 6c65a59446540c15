/** The same elements under other axes: reshape, ravel, and axes of length 1. */

import type { BroadcastTo, ExpandDims, Squeeze } from "../types/expand.js";
import type { Ravel, Reshape } from "../types/reshape.js";
import type { Shape } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { reshape as reshapeTo } from "../primitives/reshape.js";
import { broadcastLast } from "../primitives/sum-broadcast.js";
import { checkShape, showShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { listedAxes, type AxesOption } from "./axes.js";
import { implement } from "./implement.js";

/** The shape with the length that -1 stands for. */
const inferred = (asked: readonly number[], from: Shape): Shape => {
  const places = asked.filter((length) => length === -1).length;
  if (places === 0) return unwrap(checkShape("reshape", asked));
  const known = sizeOfShape(
    unwrap(
      checkShape(
        "reshape",
        asked.filter((length) => length !== -1),
      ),
    ),
  );
  const size = sizeOfShape(from);
  if (places > 1 || known === 0 || size % known !== 0) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation: "reshape",
      problem:
        places > 1 ? "only one length can be -1" : `no length in the place of -1 gives ${size} elements`,
      found: [
        ["from", `${showShape(from)}   ${size} elements`],
        ["to", showShape(asked)],
      ],
      fix:
        places > 1 ? "give all lengths but one" : "give lengths whose product divides the number of elements",
    });
  }
  return asked.map((length) => (length === -1 ? size / known : length));
};

/**
 * The elements in row-major order under another shape; one length may be -1, which is then inferred.
 *
 * A view where the elements lie in order, else a copy.
 *
 * @throws TensorError when the number of elements differs.
 * @example
 * ```ts
 * import { arange, reshape, toArray } from "@cotangent/core";
 *
 * toArray(reshape(arange(6), [2, -1])); // [[0, 1, 2], [3, 4, 5]]
 * ```
 */
export const reshape: Reshape = /* @__PURE__ */ implement((x: unknown, shape: unknown): Value => {
  const value = asTensor("reshape", x);
  return reshapeTo(
    value,
    Array.isArray(shape) ? inferred(shape, value.shape) : unwrap(checkShape("reshape", shape)),
  );
});

/**
 * All elements in row-major order, as a vector.
 *
 * @throws TensorError when it is no tensor.
 * @example
 * ```ts
 * import { ravel, tensor, toArray } from "@cotangent/core";
 *
 * toArray(ravel(tensor([[1, 2], [3, 4]]))); // [1, 2, 3, 4]
 * ```
 */
export const ravel: Ravel = /* @__PURE__ */ implement((x: unknown): Value => {
  const value = asTensor("ravel", x);
  return reshapeTo(value, [sizeOfShape(value.shape)]);
});

/**
 * A new axis of length 1, which will have the number `axis` in the result; or several, by a list.
 *
 * @throws TensorError when an axis is out of range for the result, or named twice.
 * @example
 * ```ts
 * import { expandDims, shapeOf, zeros } from "@cotangent/core";
 *
 * shapeOf(expandDims(zeros([3]), -1)); // [3, 1]
 * ```
 */
export const expandDims: ExpandDims = /* @__PURE__ */ implement(
  (x: unknown, axis: number | readonly number[]): Value => {
    const value = asTensor("expandDims", x);
    const added = typeof axis === "object" ? axis.length : 1;
    const axes = listedAxes("expandDims", axis, value.shape.length + added);
    const rest = value.shape.values();
    const shape = Array.from({ length: value.shape.length + added }, (_, index) =>
      axes.includes(index) ? 1 : (rest.next().value ?? 1),
    );
    return reshapeTo(value, shape);
  },
);

/**
 * The tensor without axes of length 1: those named by `axis`, or all.
 *
 * @throws TensorError when a named axis is longer than 1, out of range, or named twice.
 * @example
 * ```ts
 * import { shapeOf, squeeze, zeros } from "@cotangent/core";
 *
 * shapeOf(squeeze(zeros([1, 3, 1]))); // [3]
 * shapeOf(squeeze(zeros([1, 3, 1]), { axis: 0 })); // [3, 1]
 * ```
 */
export const squeeze: Squeeze = /* @__PURE__ */ implement((x: unknown, options?: AxesOption): Value => {
  const { axis } = optionsOf("squeeze", options, ["axis"]);
  const value = asTensor("squeeze", x);
  const { shape } = value;
  if (axis === undefined)
    return reshapeTo(
      value,
      shape.filter((length) => length !== 1),
    );
  const axes = listedAxes("squeeze", axis, shape.length);
  const long = axes.find((index) => shape[index] !== 1);
  if (long !== undefined) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation: "squeeze",
      problem: `axis ${long} has length ${shape[long] ?? 0}, and only axes of length 1 can be dropped`,
      found: [["got", showShape(shape)]],
      fix: "name an axis of length 1, or reduce the axis: sum(x, { axis })",
    });
  }
  return reshapeTo(
    value,
    shape.filter((_, index) => !axes.includes(index)),
  );
});

/**
 * The tensor stretched to a shape, by NumPy's rules: new axes in front, and axes of length 1 repeated.
 *
 * A view that costs nothing.
 *
 * @throws TensorError when it does not stretch to the shape.
 * @example
 * ```ts
 * import { broadcastTo, tensor, toArray } from "@cotangent/core";
 *
 * toArray(broadcastTo(tensor([1, 2]), [2, 2])); // [[1, 2], [1, 2]]
 * ```
 */
export const broadcastTo: BroadcastTo = /* @__PURE__ */ implement((x: unknown, shape: unknown): Value => {
  const value = asTensor("broadcastTo", x);
  const target = unwrap(checkShape("broadcastTo", shape));
  if (target.length < value.shape.length) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation: "broadcastTo",
      problem: `shape ${showShape(value.shape)} does not broadcast to ${showShape(target)}`,
      found: [
        ["from", `${showShape(value.shape)}   rank ${value.shape.length}`],
        ["to", `${showShape(target)}   rank ${target.length}`],
      ],
      fix: "give at least as many axes; to drop axes of length 1 use squeeze",
    });
  }
  return broadcastLast(value, target);
});
