/** One step of gradient descent, watched: each intermediate value, and the gradient as derived on paper (S002-1). */

import { add, grad, mean, mul, shapeOf, square, sub, tensor, zeros } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import { show } from "../print-as-torch.js";

const x = tensor([[1], [2], [3]]);
const y = tensor([[1], [2], [3]]);
show("x", x);
console.log(shapeOf(x));
show("y", y);
console.log(shapeOf(y));

type Line = { readonly W: Tensor<[1]>; readonly b: Tensor<[1]> };
const start: Line = { W: zeros([1]), b: zeros([1]) };
show("W", start.W);
show("b", start.b);

const hypothesis = ({ W, b }: Line) => add(mul(x, W), b);
const error = (line: Line) => sub(hypothesis(line), y);
const cost = (line: Line) => mean(square(error(line)));
show("hypothesis", hypothesis(start));
show("hypothesis - y", error(start));
show("squared", square(error(start)));
show("cost", cost(start));

const gradient = grad(cost)(start);
const learningRate = 0.01;
const after: Line = {
  W: sub(start.W, mul(learningRate, gradient.W)),
  b: sub(start.b, mul(learningRate, gradient.b)),
};
show("W", after.W);
show("dW", gradient.W);
show("b", after.b);
show("db", gradient.b);

// On paper: dW = 2/m Σ (W x + b - y) x, and db = 2/m Σ (W x + b - y).
show("dW on paper", mul(2, mean(mul(error(start), x), { axis: 0 })));
show("db on paper", mul(2, mean(error(start), { axis: 0 })));

show("hypothesis after the step", hypothesis(after));
show("cost after the step", cost(after));
