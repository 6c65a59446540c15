/** Linear regression by hand: 2000 epochs of gradient descent in a loop, from the line y = 0 to y = 2x (S000-2). */

import { add, item, mean, mul, square, sub, tensor, valueAndGrad, zeros } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";

const x = tensor([[1], [2], [3]]);
const y = tensor([[2], [4], [6]]);

type Line = { readonly W: Tensor<[1]>; readonly b: Tensor<[1]> };

const cost = ({ W, b }: Line) => mean(square(sub(add(mul(x, W), b), y)));

const epochs = 2000;
const learningRate = 0.01;

let line: Line = { W: zeros([1]), b: zeros([1]) };
for (let epoch = 1; epoch <= epochs; epoch++) {
  // The cost and its gradient are those of the line before the step.
  const [costBefore, gradient] = valueAndGrad(cost)(line);
  line = {
    W: sub(line.W, mul(learningRate, gradient.W)),
    b: sub(line.b, mul(learningRate, gradient.b)),
  };
  if (epoch % 100 === 0) {
    const [W, b] = [item(line.W).toFixed(3), item(line.b).toFixed(3)];
    const count = `${String(epoch).padStart(4)}/${String(epochs)}`;
    console.log(`Epoch ${count} W: ${W}, b: ${b} Cost: ${item(costBefore).toFixed(6)}`);
  }
}
