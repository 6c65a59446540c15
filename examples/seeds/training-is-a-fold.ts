/** Linear regression with an optimiser: training is a fold of a pure step over the epochs (S002-2). */

import { add, item, mean, mul, square, sub, tensor, valueAndGrad, zeros } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as optim from "@cotangent/optim";

const x = tensor([[1], [2], [3]]);
const y = tensor([[1], [2], [3]]);

type Line = { readonly W: Tensor<[1]>; readonly b: Tensor<[1]> };

const cost = ({ W, b }: Line) => mean(square(sub(add(mul(x, W), b), y)));

// An optimiser is a pair of pure functions: `init` makes its state, `update` turns a gradient into what is added.
const optimizer = optim.sgd({ learningRate: 0.01 });
const params: Line = { W: zeros([1]), b: zeros([1]) };
const start = { params, state: optimizer.init(params) };

const epochs = 1000;
const report = (epoch: number, { W, b }: Line, cost: number): void => {
  const count = `${String(epoch).padStart(4)}/${String(epochs)}`;
  console.log(`Epoch ${count} W: ${item(W).toFixed(3)}, b: ${item(b).toFixed(3)} Cost: ${cost.toFixed(6)}`);
};

// A step takes the whole of what training knows, and gives the next. Nothing else is changed anywhere.
type Training = typeof start;
const step = ({ params, state }: Training, epoch: number): Training => {
  const [costBefore, gradient] = valueAndGrad(cost)(params);
  const [updates, next] = optimizer.update(gradient, state, params);
  const updated = optim.applyUpdates(params, updates);
  if (epoch % 100 === 0) report(epoch, updated, item(costBefore));
  return { params: updated, state: next };
};

Array.from({ length: epochs + 1 }, (_, epoch) => epoch).reduce(step, start);
