/** Axes in another order: views. */

import type { MoveAxis, SwapAxes, Transpose } from "../types/permute.js";
import { tensorError } from "../errors/tensor-error.js";
import { permute } from "../primitives/reshape.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { axisOf, listedAxes } from "./axes.js";
import { implement } from "./implement.js";

const axesOfRank = (rank: number): readonly number[] => Array.from({ length: rank }, (_, axis) => axis);

/**
 * The axes in the order of a permutation, or reversed without one. Axis i of the result is axis `permutation[i]`
 * of the tensor; negative numbers count from the last. A view.
 *
 * @throws TensorError when the permutation does not name each axis once.
 * @example
 * ```ts
 * import { shapeOf, transpose, zeros } from "@cotangent/core";
 *
 * shapeOf(transpose(zeros([2, 3]))); // [3, 2]
 * shapeOf(transpose(zeros([2, 3, 4]), [0, -1, 1])); // [2, 4, 3]
 * ```
 */
export const transpose: Transpose = /* @__PURE__ */ implement(
  (x: unknown, permutation?: readonly number[]): Value => {
    const value = asTensor("transpose", x);
    const rank = value.shape.length;
    if (permutation === undefined)
      return permute(
        value,
        axesOfRank(rank).map((axis) => rank - 1 - axis),
      );
    const axes = listedAxes("transpose", permutation, rank);
    if (axes.length !== rank) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "transpose",
        problem: "a permutation names each axis once",
        found: [
          ["shape", `${showShape(value.shape)}   rank ${rank}`],
          ["got", `${showShape(axes)}   ${axes.length} axes`],
        ],
        fix: `give the ${rank} axes in their new order`,
      });
    }
    return permute(value, axes);
  },
);

/**
 * The tensor with two axes exchanged. A view.
 *
 * @throws TensorError when an axis is out of range.
 * @example
 * ```ts
 * import { shapeOf, swapAxes, zeros } from "@cotangent/core";
 *
 * shapeOf(swapAxes(zeros([2, 3, 4]), 0, -1)); // [4, 3, 2]
 * ```
 */
export const swapAxes: SwapAxes = /* @__PURE__ */ implement(
  (x: unknown, axis1: number, axis2: number): Value => {
    const value = asTensor("swapAxes", x);
    const rank = value.shape.length;
    return exchange(value, axisOf("swapAxes", axis1, rank), axisOf("swapAxes", axis2, rank));
  },
);

/** Two axes exchanged. */
export const exchange = (x: Value, i: number, j: number): Value =>
  permute(
    x,
    axesOfRank(x.shape.length).map((axis) => (axis === i ? j : axis === j ? i : axis)),
  );

/**
 * The tensor with an axis taken out and put where it has the number `destination`; or several, by lists. The others
 * keep their order. A view.
 *
 * @throws TensorError when an axis is out of range or named twice, or the lists differ in length.
 * @example
 * ```ts
 * import { moveAxis, shapeOf, zeros } from "@cotangent/core";
 *
 * shapeOf(moveAxis(zeros([2, 3, 4]), 0, -1)); // [3, 4, 2]
 * ```
 */
export const moveAxis: MoveAxis = /* @__PURE__ */ implement(
  (x: unknown, source: number | readonly number[], destination: number | readonly number[]): Value => {
    const value = asTensor("moveAxis", x);
    const rank = value.shape.length;
    const from = listedAxes("moveAxis", source, rank);
    const to = listedAxes("moveAxis", destination, rank);
    if (from.length !== to.length) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "moveAxis",
        problem: "source and destination must name as many axes",
        found: [
          ["source", showShape(from)],
          ["destination", showShape(to)],
        ],
        fix: "give one destination for each source",
      });
    }
    const rest = axesOfRank(rank)
      .filter((axis) => !from.includes(axis))
      .values();
    const order = axesOfRank(rank).map((axis) => {
      const moved = from[to.indexOf(axis)];
      return moved ?? rest.next().value ?? axis;
    });
    return permute(value, order);
  },
);
