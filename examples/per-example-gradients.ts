/** Per-example gradients, `vmap(grad(loss))`: which example pulls how hard, and a mean of clipped gradients. */

import { add, div, grad, hypot, maximum, mean, mul, square, sub } from "@cotangent/core";
import { scalar, tensor, treeMap, vmap } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import { show } from "./print-as-torch.js";

// Points on the line y = 2 x + 1, but for the last one, which is an error of measurement.
const xs = tensor([-2, -1, 0, 1, 2, 3]);
const ys = tensor([-3, -1, 1, 3, 5, -9]);

type Real = Tensor<[]>;
type Line = { readonly slope: Real; readonly offset: Real };

// The loss of one example. `grad` differentiates it by the line, `vmap` maps that over the examples: `null` says that
// the line is the same for all of them.
const loss = ({ slope, offset }: Line, x: Real, y: Real) => square(sub(add(mul(slope, x), offset), y));
const exampleGradients = vmap(grad(loss), { inAxes: [null, 0, 0] });

// One more axis in front: what the line has as a number, the gradients have as a vector with one entry an example.
const truth: Line = { slope: scalar(2), offset: scalar(1) };
const nearly: Line = { slope: scalar(2), offset: scalar(0.5) };
show("by slope, at the true line", exampleGradients(truth, xs, ys).slope);
show("by slope, near it", exampleGradients(nearly, xs, ys).slope);
show("by offset, near it", exampleGradients(nearly, xs, ys).offset);

// The mean of them is the gradient of the mean loss.
const average = (gradients: { slope: Tensor<[6]>; offset: Tensor<[6]> }): Line =>
  treeMap((g) => mean(g), gradients);
const meanLoss = (line: Line) => mean(vmap(loss, { inAxes: [null, 0, 0] })(line, xs, ys));
show("mean of the gradients", average(exampleGradients(nearly, xs, ys)).slope);
show("gradient of the mean", grad(meanLoss)(nearly).slope);

// Clipped to length 1 before they are averaged, no example can pull harder than the others.
const clipped = (line: Line): Line => {
  const { slope, offset } = exampleGradients(line, xs, ys);
  const excess = maximum(1, hypot(slope, offset));
  return average({ slope: div(slope, excess), offset: div(offset, excess) });
};

const descend = (gradient: (line: Line) => Line): Line => {
  let line: Line = { slope: scalar(0), offset: scalar(0) };
  for (let step = 0; step < 1000; step++) {
    line = treeMap((p, g) => sub(p, mul(0.05, g)), line, gradient(line));
  }
  return line;
};
const plain = descend(grad(meanLoss));
show("least squares: slope", plain.slope);
show("least squares: offset", plain.offset);
const robust = descend(clipped);
show("clipped: slope", robust.slope);
show("clipped: offset", robust.offset);
