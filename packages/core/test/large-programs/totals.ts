/** Operations that have totals along axes. */

import { sub } from "../../src/primitives/additive.js";
import { times } from "../../src/primitives/multiplicative.js";
import { reduceAll, reduceAny, reduceMax, reduceMin, reduceProd } from "../../src/primitives/reductions.js";
import { broadcast, keptAxes, reduceSum } from "../../src/primitives/sum-broadcast.js";
import { sizeOfShape } from "../../src/tensor/shape.js";
import type { Value } from "../../src/tensor/value.js";
import { like } from "./fitted.js";
import {
  type Family,
  type Gives,
  axesOf,
  bell,
  exponential,
  logarithm,
  onePlus,
  quotient,
  root,
  small,
  squared,
} from "./operation.js";

type Total = (x: Value, axes: readonly number[]) => Value;

const reduction =
  (total: Total): Gives =>
  (x, _y, choice) =>
    total(x, axesOf(x, choice));

/** Of each element and the total that it is part of. */
const besideTotal =
  (total: Total, f: (x: Value, total: Value) => Value): Gives =>
  (x, _y, choice) => {
    const axes = axesOf(x, choice);
    return f(x, broadcast(total(x, axes), x.shape, keptAxes(x.shape, axes)));
  };

const mean: Total = (x, axes) => {
  const sum = reduceSum(x, axes);
  return times(sum, like(sum, sizeOfShape(sum.shape) / sizeOfShape(x.shape)));
};
const belowMost = besideTotal(reduceMax, (x, most) => exponential(sub(x, most)));

/** Some are of the elements beside the total that they are part of. */
export const totals: Family = {
  sum: ["numbers", reduction((x, axes) => small(reduceSum(x, axes)))],
  max: ["numbers", reduction(reduceMax)],
  min: ["numbers", reduction(reduceMin)],
  prod: ["floats", (x, _y, choice) => small(reduceProd(onePlus(small(x)), axesOf(x, choice % 2)))],
  all: ["bools", reduction(reduceAll)],
  any: ["bools", reduction(reduceAny)],
  logSumExp: ["floats", reduction((x, axes) => logarithm(onePlus(reduceSum(bell(x), axes))))],
  centred: ["floats", besideTotal(mean, sub)],
  byTotal: ["floats", besideTotal((x, axes) => small(reduceSum(x, axes)), times)],
  normalised: [
    "floats",
    besideTotal(
      (x, axes) => root(onePlus(reduceSum(squared(x), axes))),
      (x, norm) => quotient(x, norm),
    ),
  ],
  softmax: [
    "floats",
    (x, y, choice) =>
      besideTotal(reduceSum, (e, sum) => quotient(e, sum))(belowMost(x, y, choice), y, choice),
  ],
};
