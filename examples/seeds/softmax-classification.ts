/** Softmax classification: `nn.linear`, `nn.crossEntropy`, and what logits, probabilities and cost are (S004-6). */

import { argMax, countNonZero, equal, item, sum, tensor, valueAndGrad } from "@cotangent/core";
import * as nn from "@cotangent/nn";
import * as optim from "@cotangent/optim";
import { show } from "../print-as-torch.js";

// prettier-ignore
const x = tensor([
  [1, 2, 1, 1], [2, 1, 3, 2], [3, 1, 3, 4], [4, 1, 5, 5],
  [1, 7, 5, 5], [1, 2, 5, 6], [1, 6, 6, 6], [1, 7, 7, 7],
]);
const y = tensor([2, 2, 2, 1, 1, 1, 0, 0], { dtype: "int32" });

const model = nn.linear(4, 3);
type Params = nn.Params<typeof model>;

// The model gives logits: `crossEntropy` has the softmax and the one-hot encoding inside.
const cost = (params: Params) => nn.crossEntropy(model.apply(params, x), y);
const optimizer = optim.sgd({ learningRate: 1 });
const epochs = 1000;

// A start as `model.init(key)` draws it. The tutorial's is not known; this is PyTorch's after manual_seed(1).
let params: Params = {
  weight: tensor([
    [0.2576316, -0.22068912, -0.09693074, 0.23468447],
    [-0.47071844, 0.29985863, -0.102862656, 0.25437194],
    [0.06950849, -0.061222076, 0.13868046, 0.024665892],
  ]),
  bias: tensor([0.18261409, -0.1948505, -0.03645438]),
};
let state = optimizer.init(params);
for (let epoch = 0; epoch < epochs; epoch++) {
  const [costBefore, gradient] = valueAndGrad(cost)(params);
  const [updates, next] = optimizer.update(gradient, state, params);
  params = optim.applyUpdates(params, updates);
  state = next;
  // With so large a learning rate the cost jumps about before it settles; rounding decides where to.
  if (epoch < 5) console.log(`Epoch ${epoch}/${epochs} , Cost : ${item(costBefore).toFixed(4)}`);
}
const predicted = argMax(model.apply(params, x), { axis: 1 });
console.log(`Cost below 0.01: ${item(cost(params)) < 0.01}`);
console.log(`Right: ${item(countNonZero(equal(predicted, y)))} of 8`);

// The logits that the tutorial printed at its end, their softmax, the sum of each row, and their cost.
// prettier-ignore
const printed = tensor([
  [-33.7473, 2.1603, 34.0113], [-19.8732, 6.8174, 14.5250], [-62.3554, 29.1691, 37.2332],
  [-50.4478, 32.5872, 22.0757], [2.4817, 7.1825, -0.5795], [1.8612, 21.5579, -18.9747],
  [15.9636, 11.2257, -18.9673], [25.5124, 12.7910, -28.6972],
]);
const probabilities = nn.softmax(printed, { axis: 1 });
show("hypothesis", printed);
show("softmax", probabilities, 2); // four digits of a logit make three of a probability
show("sums", sum(probabilities, { axis: 1 }));
show("cost", nn.crossEntropy(printed, y), 5);
