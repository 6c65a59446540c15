/**
 * Workloads 1 to 3: small fits by gradient descent, written out (`eager`) and with the optimiser
 * (`eager-optim`).
 */
import {
  abs,
  add,
  fromTypedArray,
  item,
  log,
  matmul,
  mean,
  mul,
  neg,
  sigmoid,
  square,
  sub,
  tensor,
  toTypedArray,
  treeLeaves,
  treeMap,
  valueAndGrad,
  zeros,
} from "@cotangent/core";
import * as optim from "@cotangent/optim";
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { measure } from "../../harness/measure.mjs";
import { wants } from "../../harness/settings.mjs";

/**
 * Fits `start` to `loss` in `steps` steps. The check is the parameters, in order, and the last step's loss.
 */
function fit(workload, loss, start, learningRate, steps) {
  const lossAndGradients = valueAndGrad(loss);
  const optimizer = optim.sgd({ learningRate });

  const writtenOut = () => {
    let parameters = start;
    let cost;
    for (let step = 0; step < steps; step++) {
      const [value, gradients] = lossAndGradients(parameters);
      parameters = treeMap((p, g) => sub(p, mul(learningRate, g)), parameters, gradients);
      cost = value;
    }
    return [parameters, cost];
  };

  const withOptimizer = () => {
    let parameters = start;
    let state = optimizer.init(parameters);
    let cost;
    for (let step = 0; step < steps; step++) {
      const [value, gradients] = lossAndGradients(parameters);
      const [updates, nextState] = optimizer.update(gradients, state, parameters);
      parameters = optim.applyUpdates(parameters, updates);
      state = nextState;
      cost = value;
    }
    return [parameters, cost];
  };

  for (const [variant, run] of [
    ["eager", writtenOut],
    ["eager-optim", withOptimizer],
  ]) {
    let result = [];
    const once = () => {
      const [parameters, cost] = run();
      result = [...treeLeaves(parameters).flatMap((leaf) => [...toTypedArray(leaf)]), item(cost)];
    };
    measure(workload, variant, "us", once, { per: steps, check: () => result.map(sixDigits) });
  }
}

if (wants("linreg3")) {
  const data = inputs.linreg3;
  const x = fromTypedArray(data.x, [3, 1]);
  const y = fromTypedArray(data.y, [3, 1]);
  const loss = ({ W, b }) => mean(square(sub(add(mul(x, W), b), y)));
  fit("linreg3", loss, { W: zeros([1]), b: zeros([1]) }, data.learningRate, data.epochs);
}

if (wants("logistic6")) {
  const data = inputs.logistic6;
  const x = fromTypedArray(data.x, [6, 2]);
  const y = fromTypedArray(data.y, [6]);
  const loss = ({ W, b }) => {
    const p = sigmoid(add(matmul(x, W), b));
    return neg(mean(add(mul(y, log(p)), mul(sub(1, y), log(sub(1, p))))));
  };
  fit("logistic6", loss, { W: zeros([2]), b: zeros([1]) }, data.learningRate, data.epochs);
}

if (wants("l1line")) {
  const data = inputs.l1line();
  const x = fromTypedArray(data.x, [1000, 1]);
  const y = fromTypedArray(data.y, [1000, 1]);
  const loss = ({ W, b }) => mean(abs(sub(add(matmul(x, W), b), y)));
  fit("l1line", loss, { W: tensor([[data.weight]]), b: zeros([1]) }, data.learningRate, data.steps);
}
