/** Operations that move elements. */

import { plus } from "../../src/primitives/additive.js";
import { joinAlong, reverse } from "../../src/primitives/concatenate-flip.js";
import { iota } from "../../src/primitives/iota.js";
import { permute, reshape } from "../../src/primitives/reshape.js";
import { pad, slice } from "../../src/primitives/slice-pad.js";
import { broadcast } from "../../src/primitives/sum-broadcast.js";
import { sizeOfShape } from "../../src/tensor/shape.js";
import { fitted, inDType, inShape } from "./fitted.js";
import { type Family, along, axesOf, axesUpTo } from "./operation.js";

/** The same elements, or some of them, in other places. */
export const views: Family = {
  transposed: ["all", (x) => permute(x, [...axesUpTo(x)].reverse())],
  slice: [
    "all",
    (x, _y, choice) => {
      const starts = x.shape.map((length, axis) => (choice + axis) % Math.min(5, length));
      return slice(
        x,
        starts,
        x.shape,
        x.shape.map((_, axis) => 1 + ((choice + axis) % 2)),
      );
    },
  ],
  pad: [
    "numbers",
    (x, _y, choice) => {
      const padding = x.shape.map((_, axis) => ({ low: (choice + axis) % 3, high: choice % 2, interior: 0 }));
      return pad(x, padding, choice % 3);
    },
  ],
  reverse: ["all", (x, _y, choice) => reverse(x, axesOf(x, choice))],
  join: ["all", along((x, axis, y) => joinAlong([x, fitted(y, x)], axis))],
  firstThree: ["all", (x) => inShape(x, [3])],
  counted: [
    "numbers",
    along((x, axis) =>
      plus(x, broadcast(inDType(iota(x.shape[axis] ?? 1, "int32"), x.dtype), x.shape, [axis])),
    ),
  ],
};

/** The same elements in their order, in another shape. */
export const names: Family = {
  flat: ["all", (x) => reshape(x, [sizeOfShape(x.shape)])],
  otherWay: ["all", (x) => reshape(x, [...x.shape].reverse())],
};
