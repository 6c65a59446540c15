/**
 * Workloads 1 to 3: small fits by gradient descent, written out and (`-optim`) with the optimiser; eager, with
 * a compiled step (`jit`), and as one compiled loop (`scan`).
 */
import {
  abs,
  add,
  foriLoop,
  fromTypedArray,
  item,
  jit,
  log,
  matmul,
  mean,
  mul,
  neg,
  scalar,
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

  const writtenOut = {
    state: null,
    step: ([parameters]) => {
      const [cost, gradients] = lossAndGradients(parameters);
      return [treeMap((p, g) => sub(p, mul(learningRate, g)), parameters, gradients), null, cost];
    },
  };
  const withOptimizer = {
    state: optimizer.init(start),
    step: ([parameters, state]) => {
      const [cost, gradients] = lossAndGradients(parameters);
      const [updates, nextState] = optimizer.update(gradients, state, parameters);
      return [optim.applyUpdates(parameters, updates), nextState, cost];
    },
  };

  for (const [suffix, { state, step }] of [
    ["", writtenOut],
    ["-optim", withOptimizer],
  ]) {
    const begin = [start, state, scalar(0)];
    for (const [form, run] of Object.entries(forms(step, steps))) {
      let result = [];
      const once = () => {
        const [parameters, , cost] = run(begin);
        result = [...treeLeaves(parameters).flatMap((leaf) => [...toTypedArray(leaf)]), item(cost)];
      };
      measure(workload, `${form}${suffix}`, "us", once, { per: steps, check: () => result.map(sixDigits) });
    }
  }
}

/**
 * The forms of a loop: the host's over the step as it is; the host's over the compiled step, which reads the cost each time;
 * one call of the compiled loop.
 */
function forms(step, steps) {
  const compiledStep = jit(step);
  return {
    eager: (begin) => {
      let carry = begin;
      for (let i = 0; i < steps; i++) carry = step(carry);
      return carry;
    },
    jit: (begin) => {
      let carry = begin;
      for (let i = 0; i < steps; i++) {
        carry = compiledStep(carry);
        item(carry[2]);
      }
      return carry;
    },
    scan: jit((begin) => foriLoop(0, steps, (_i, carry) => step(carry), begin)),
  };
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
