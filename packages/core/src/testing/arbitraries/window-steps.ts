/** Steps of random programs under sliding windows. */

import type { WindowParams } from "../../primitives/convolution-window.js";
import { convolution } from "../../primitives/convolution.js";
import { windowExtremum, windowSum } from "../../primitives/reduce-window.js";
import type { Value } from "../../tensor/value.js";
import { isNumeric, pick, type Make, type Step } from "./step.js";

/** How a window slides over some axes: strides, gaps and padding of 0 to 2. */
const sliding = (axes: readonly number[], { picks, amount }: Step): WindowParams => ({
  strides: axes.map((axis) => 1 + ((amount + axis) % 2)),
  padding: axes.map((axis) => [picks[1] % 2, (picks[2] + axis) % 3]),
  dilation: axes.map(() => 1 + ((amount >> 1) % 2)),
  inputDilation: axes.map(() => 1 + ((amount >> 2) % 2)),
});

/** A value as images, and another, or itself, as the kernel. */
export const convolved: Make = (step, values) => {
  const x = pick(values, step.picks[0], (one) => isNumeric(one) && one.shape.length > 1);
  if (x === undefined) return undefined;
  const fits = ({ dtype, shape }: Value): boolean =>
    dtype === x.dtype && shape.length === x.shape.length && shape[1] === x.shape[1];
  const spatial = x.shape.slice(2).map((_, axis) => axis);
  return convolution(x, pick(values, step.picks[1], fits) ?? x, { ...sliding(spatial, step), groups: 1 });
};

/** Windows of a value along all of its axes. */
export const windowed: Make = (step, values) => {
  const x = pick(values, step.picks[0], isNumeric);
  if (x === undefined) return undefined;
  const axes = x.shape.map((_, axis) => axis);
  const params = { ...sliding(axes, step), window: axes.map((axis) => 1 + ((step.amount + axis) % 3)) };
  const reducers = ["sum", "max", "min"] as const;
  const reducer = reducers[step.picks[2] % reducers.length] ?? "sum";
  return reducer === "sum" ? windowSum(x, params) : windowExtremum(x, { ...params, reducer });
};
