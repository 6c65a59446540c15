/** Elements in another order along axes: reversed, rolled, turned. */

import type { AlongAxis, Roll } from "../types/along.js";
import type { Turn } from "../types/permute.js";
import { tensorError } from "../errors/tensor-error.js";
import { joinAlong, reverse } from "../primitives/concatenate-flip.js";
import { reshape } from "../primitives/reshape.js";
import { sliceAlong } from "../primitives/slice-pad.js";
import { showShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axesOf, axisOf, integerOf, listedAxes, type AxesOption } from "./axes.js";
import { implement } from "./implement.js";
import { exchange } from "./permute.js";

/**
 * The elements of some axes, or of all, in reverse order. A view.
 *
 * @throws TensorError when an axis is out of range or named twice.
 * @example
 * ```ts
 * import { flip, tensor, toArray } from "@cotangent/core";
 *
 * toArray(flip(tensor([1, 2, 3]))); // [3, 2, 1]
 * ```
 */
export const flip: AlongAxis<"flip"> = /* @__PURE__ */ implement(
  (x: unknown, options?: AxesOption): Value => {
    const { axis } = optionsOf("flip", options, ["axis"]);
    const value = asTensor("flip", x);
    return reverse(value, axesOf("flip", axis, value.shape.length));
  },
);

const rollAlong = (x: Value, shift: number, axis: number): Value => {
  const length = x.shape[axis] ?? 0;
  const moved = length === 0 ? 0 : ((shift % length) + length) % length;
  return moved === 0
    ? x
    : joinAlong([sliceAlong(x, axis, length - moved, length), sliceAlong(x, axis, 0, length - moved)], axis);
};

/**
 * The elements moved by `shift` places along an axis; those that leave at one end come in at the other. Without
 * an axis the flattened tensor is rolled. Several axes take one shift each, or all the same.
 *
 * @throws TensorError when a shift is no integer, an axis is out of range, or there is not one shift an axis.
 * @see NumPy's `roll`: an axis that is named twice is rolled twice.
 * @example
 * ```ts
 * import { roll, tensor, toArray } from "@cotangent/core";
 *
 * toArray(roll(tensor([1, 2, 3, 4]), 1)); // [4, 1, 2, 3]
 * ```
 */
export const roll: Roll = /* @__PURE__ */ implement(
  (x: unknown, shift: number | readonly number[], options?: AxesOption): Value => {
    const { axis } = optionsOf("roll", options, ["axis"]);
    const value = asTensor("roll", x);
    const { shape } = value;
    if (axis === undefined)
      return reshape(
        rollAlong(reshape(value, [sizeOfShape(shape)]), integerOf("roll", "shift", shift), 0),
        shape,
      );
    const axes = (typeof axis === "object" ? axis : [axis]).map((one) => axisOf("roll", one, shape.length));
    const shifts = typeof shift === "object" ? shift : axes.map(() => shift);
    if (shifts.length !== axes.length) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "roll",
        problem: "there must be one shift for each axis",
        found: [
          ["shift", showShape(shifts)],
          ["axis", showShape(axes)],
        ],
        fix: "give lists of one length, or one number to shift all axes by",
      });
    }
    return axes.reduce(
      (rolled, one, index) => rollAlong(rolled, integerOf("roll", "shift", shifts[index]), one),
      value,
    );
  },
);

/**
 * The tensor turned by `k` quarter turns (1 by default) in the plane of two axes (the first two by default), from the
 * first of them towards the second: counterclockwise, as a matrix is written. A view.
 *
 * @throws TensorError when `k` is no integer, or the axes are not two different ones.
 * @example
 * ```ts
 * import { rot90, tensor, toArray } from "@cotangent/core";
 *
 * toArray(rot90(tensor([[1, 2], [3, 4]]))); // [[2, 4], [1, 3]]
 * ```
 */
export const rot90: Turn = /* @__PURE__ */ implement(
  (
    x: unknown,
    options?: { readonly k?: number | undefined; readonly axes?: readonly number[] | undefined },
  ): Value => {
    const value = asTensor("rot90", x);
    const { k = 1, axes = [0, 1] } = optionsOf("rot90", options, ["k", "axes"]);
    const [i, j, ...more] = listedAxes("rot90", axes, value.shape.length);
    if (i === undefined || j === undefined || more.length > 0) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "rot90",
        problem: "a plane has two axes",
        found: [["axes", showShape(axes)]],
        fix: "write { axes: [0, 1] }",
      });
    }
    switch (((integerOf("rot90", "k", k) % 4) + 4) % 4) {
      case 1:
        return exchange(reverse(value, [j]), i, j);
      case 2:
        return reverse(value, [i, j]);
      case 3:
        return reverse(exchange(value, i, j), [j]);
      default:
        return value;
    }
  },
);
