/** Linear regression on three features: x W + b with a matrix, trained by `sgd` (S004-2). */

import { add, item, matmul, mean, squeeze, square, sub, tensor, valueAndGrad, zeros } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as optim from "@cotangent/optim";
import { torchText } from "../print-as-torch.js";

// Three marks of five students, and the mark of the final test.
const x = tensor([
  [73, 80, 75],
  [93, 88, 93],
  [89, 91, 90],
  [96, 98, 100],
  [73, 66, 70],
]);
const y = tensor([[152], [185], [180], [196], [142]]);

type Params = { readonly W: Tensor<[3, 1]>; readonly b: Tensor<[1]> };

const predict = ({ W, b }: Params) => add(matmul(x, W), b);

// With `hasAux` a function gives the cost, which is differentiated, and something else beside it.
const cost = (params: Params) => {
  const hypothesis = predict(params);
  return [mean(square(sub(hypothesis, y))), hypothesis] as const;
};

const optimizer = optim.sgd({ learningRate: 1e-5 });
const epochs = 100;

let params: Params = { W: zeros([3, 1]), b: zeros([1]) };
let state = optimizer.init(params);
for (let epoch = 1; epoch <= epochs; epoch++) {
  const [[costBefore, hypothesis], gradient] = valueAndGrad(cost, { hasAux: true })(params);
  const [updates, next] = optimizer.update(gradient, state, params);
  params = optim.applyUpdates(params, updates);
  state = next;
  if (epoch > 96) {
    // Five digits: those after them depend on the order in which float32 numbers are added.
    const text = torchText(squeeze(hypothesis), 2);
    console.log(`Epoch ${epoch}/${epochs} hypothesis: ${text} Cost: ${item(costBefore).toFixed(4)}`);
  }
}
