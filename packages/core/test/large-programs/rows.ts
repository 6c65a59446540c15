/** Operations that find rows, or go along them. */

import { plus } from "../../src/primitives/additive.js";
import { cumSumAlong } from "../../src/primitives/cumulative.js";
import { gather, scatterAdd } from "../../src/primitives/gather-scatter.js";
import { argMaxAlong, argMinAlong, argSortLast } from "../../src/primitives/order.js";
import type { Value } from "../../src/tensor/value.js";
import { fitted, like } from "./fitted.js";
import { type Family, along, bell, remainder, small } from "./operation.js";

/** Places in the first axis of a value, from any other. */
const places = (y: Value, shape: readonly number[], { shape: [length = 1] }: Value): Value => {
  const whole = fitted(y, { shape, dtype: "int32" });
  return remainder(whole, like(whole, length));
};

/** By index, in order, and along rows. */
export const rows: Family = {
  few: [
    "all",
    along((x, _axis, y, choice) => gather(x, places(y, [[3], [20], [2, 5]][choice % 3] ?? [], x), 0)),
  ],
  many: ["all", along((x, _axis, y) => gather(x, places(y, [x.shape[0] ?? 1], x), 0))],
  manyShifted: [
    "floats",
    along((x, _axis, y) => plus(gather(bell(x), places(y, [x.shape[0] ?? 1], x), 0), x)),
  ],
  scatterAdd: [
    "numbers",
    along((x, _axis, y, choice) => {
      const count = choice % 2 === 0 ? 3 : 20;
      const updates = small(fitted(y, { shape: [count, ...x.shape.slice(1)], dtype: x.dtype }));
      return scatterAdd(x, places(y, [count], x), updates, 0);
    }),
  ],
  sort: ["numbers", along((x) => gather(x, argSortLast(x, false), x.shape.length - 1))],
  argSort: ["numbers", along((x, _axis, _y, choice) => argSortLast(x, choice % 2 === 0))],
  argMax: ["numbers", along((x, axis) => argMaxAlong(x, axis))],
  argMin: ["numbers", along((x, axis) => argMinAlong(x, axis))],
  cumSum: ["numbers", along((x, axis, _y, choice) => small(cumSumAlong(x, axis, choice % 3 === 0)))],
};
