/** Logistic regression by hand: the sigmoid, the cross entropy of one sample and of all, training (S000-5). */

import { add, div, exp, greaterEqual, item, log, matmul, mean, mul, neg, sigmoid } from "@cotangent/core";
import { sub, take, tensor, valueAndGrad, zeros } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as nn from "@cotangent/nn";
import { show } from "../print-as-torch.js";

const x = tensor([[1, 2], [2, 3], [3, 1], [4, 3], [5, 3], [6, 2]]); // prettier-ignore
const y = tensor([[0], [0], [0], [1], [1], [1]]);

type Params = { readonly W: Tensor<[2, 1]>; readonly b: Tensor<[1]> };
const start: Params = { W: zeros([2, 1]), b: zeros([1]) };

// H(x) = 1 / (1 + exp(-(x W + b))), written out, and as the library has it.
const logits = ({ W, b }: Params) => add(matmul(x, W), b);
show("written out", div(1, add(1, exp(neg(logits(start))))));
const hypothesis = (params: Params) => sigmoid(logits(params));
show("sigmoid", hypothesis(start));
show("y", y);

// The loss of a sample is -(y log h + (1 - y) log(1 - h)).
const losses = (h: Tensor<[number, 1]>, y: Tensor<[number, 1]>) =>
  neg(add(mul(y, log(h)), mul(sub(1, y), log(sub(1, h)))));
const atStart = losses(hypothesis(start), y);
show("of the first sample", take(atStart, 0, { axis: 0 }));
show("of each sample", atStart);
show("their mean", mean(atStart));
show("binaryCrossEntropy", nn.binaryCrossEntropy(hypothesis(start), y));

const cost = (params: Params) => mean(losses(hypothesis(params), y));
const epochs = 1000;
let params = start;
for (let epoch = 1; epoch <= epochs; epoch++) {
  const [costBefore, gradient] = valueAndGrad(cost)(params);
  params = { W: sub(params.W, gradient.W), b: sub(params.b, gradient.b) }; // the learning rate is 1
  if (epoch % 100 === 0) {
    const count = `${String(epoch).padStart(4)}/${String(epochs)}`;
    console.log(`Epoch ${count} Cost: ${item(costBefore).toFixed(6)}`);
  }
}

show("hypothesis", hypothesis(params));
show("at least 0.5", greaterEqual(hypothesis(params), 0.5));
show("W", params.W);
show("b", params.b);
