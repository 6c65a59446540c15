/** Regression on random data, by hand and with `nn.linear`: both reach the least-squares solution (S003-2, S003-3). */

import { abs, add, concatenate, div, item, matmul, max, mean, mul, ones, ravel } from "@cotangent/core";
import { square, sub, tensor, transpose, valueAndGrad } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import * as nn from "@cotangent/nn";
import * as optim from "@cotangent/optim";
import { show } from "../print-as-torch.js";

// y = 1 + 2 x1 + 3 x2 and some noise. A column of ones makes the constant one more weight.
const [forX, forNoise, forStart, forLayer] = random.split(random.key(0), 4);
const X = concatenate([ones([100, 1]), random.normal(forX, [100, 2])], { axis: 1 });
const y = add(matmul(X, tensor([1, 2, 3])), mul(0.5, random.normal(forNoise, [100])));

const learningRate = 0.1;
const epochs = 100;

// By hand: the parameters are a vector, the losses are kept.
const loss = (w: Tensor<[3]>) => mean(square(sub(y, matmul(X, w))));
const losses: number[] = [];
let w: Tensor<[3]> = random.normal(forStart, [3]);
for (let epoch = 0; epoch < epochs; epoch++) {
  const [lossBefore, gradient] = valueAndGrad(loss)(w);
  w = sub(w, mul(learningRate, gradient));
  losses.push(item(lossBefore));
}
show("by hand", w);
const falls = losses.every((loss, epoch) => loss <= (losses[epoch - 1] ?? Infinity) + 1e-6);
console.log(`The loss never rises: ${falls}`);

// With a layer and an optimiser: the layer gives a column, which is made a vector to be compared with y.
const net = nn.linear(3, 1, { bias: false });
const optimizer = optim.sgd({ learningRate });
const layerLoss = (params: nn.Params<typeof net>) => nn.mse(ravel(net.apply(params, X)), y);
let params = net.init(forLayer);
let state = optimizer.init(params);
for (let epoch = 0; epoch < epochs; epoch++) {
  const [, gradient] = valueAndGrad(layerLoss)(params);
  const [updates, next] = optimizer.update(gradient, state, params);
  params = optim.applyUpdates(params, updates);
  state = next;
}
show("with nn.linear", params.weight);

// The least-squares solution is where the residuals are orthogonal to the columns of X: Xᵀ (y - X w) = 0.
const offset = (w: Tensor<[3]>) => item(max(abs(div(matmul(transpose(X), sub(y, matmul(X, w))), 100))));
console.log(`The normal equations hold to 1e-4, by hand: ${offset(w) < 1e-4}`);
console.log(`The normal equations hold to 1e-4, with nn.linear: ${offset(ravel(params.weight)) < 1e-4}`);
