/** Logistic regression once more: the model as a `pipe`, `nn.binaryCrossEntropy`, `optim.sgd` (S004-4). */

import { item, shapeOf, sigmoid, tensor, valueAndGrad, zeros } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import * as nn from "@cotangent/nn";
import * as optim from "@cotangent/optim";
import { pipe } from "fp-ts/lib/function.js";
import { show } from "../print-as-torch.js";

// Hours in class and hours of study of six students, and whether they passed the test.
const x = tensor([[1, 2], [2, 3], [3, 1], [4, 3], [5, 3], [6, 2]]); // prettier-ignore
const y = tensor([[0], [0], [0], [1], [1], [1]]);
console.log(shapeOf(x));
console.log(shapeOf(y));

type Params = { readonly W: Tensor<[2, 1]>; readonly b: Tensor<[1]> };

const predict = ({ W, b }: Params) => pipe(x, P.matmul(W), P.add(b), sigmoid);

// The prediction comes first, the truth second: their cross entropy is not symmetric.
const cost = (params: Params) => nn.binaryCrossEntropy(predict(params), y);

const optimizer = optim.sgd({ learningRate: 0.05 });
const epochs = 1000;

let params: Params = { W: zeros([2, 1]), b: zeros([1]) };
let state = optimizer.init(params);
for (let epoch = 1; epoch <= epochs; epoch++) {
  // The third student, who studied for one hour, stays near the boundary.
  if (epoch === epochs) show("hypothesis of the last epoch", predict(params));
  const [costBefore, gradient] = valueAndGrad(cost)(params);
  const [updates, next] = optimizer.update(gradient, state, params);
  params = optim.applyUpdates(params, updates);
  state = next;
  // Six digits: those after them depend on the machine's exp.
  if (epoch >= 375 && epoch <= 377) {
    console.log(`Epochs: ${epoch}/${epochs} Cost: ${item(costBefore).toFixed(6)}`);
  }
}

show("y", y);
