/** Linear regression, one step of gradient descent by hand: data, hypothesis, cost, gradient, update (S000-1). */

import { add, grad, mean, mul, shapeOf, square, sub, tensor, zeros } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import { show } from "../print-as-torch.js";

const x = tensor([[1], [2], [3]]);
const y = tensor([[2], [4], [6]]);
show("x", x);
console.log(shapeOf(x));
show("y", y);
console.log(shapeOf(y));

// What is learned is an argument of the cost. Nothing marks it: `grad` is told by the function that it is given.
type Line = { readonly W: Tensor<[1]>; readonly b: Tensor<[1]> };
const start: Line = { W: zeros([1]), b: zeros([1]) };
show("W", start.W);
show("b", start.b);

// H(x) = W x + b, and the mean squared error of it.
const hypothesis = ({ W, b }: Line) => add(mul(x, W), b);
const cost = (line: Line) => mean(square(sub(hypothesis(line), y)));
show("cost", cost(start));

// The gradient has the outline of the argument: { W, b }.
const gradient = grad(cost)(start);
show("dW", gradient.W);
show("db", gradient.b);

// One step against the gradient makes a new line. The old one is as it was, as tensors never change.
const learningRate = 0.01;
const after: Line = {
  W: sub(start.W, mul(learningRate, gradient.W)),
  b: sub(start.b, mul(learningRate, gradient.b)),
};
show("W", after.W);
show("b", after.b);
