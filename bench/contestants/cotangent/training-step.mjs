/** A step of training a perceptron, written out with core alone and with nn and optim. */
import {
  add,
  div,
  fromTypedArray,
  logSumExp,
  matmul,
  maximum,
  mean,
  mul,
  pow,
  scalar,
  sqrt,
  square,
  sub,
  sum,
  treeMap,
  valueAndGrad,
  zerosLike,
} from "@cotangent/core";
import * as nn from "@cotangent/nn";
import * as optim from "@cotangent/optim";
import * as inputs from "../../harness/inputs.mjs";

/** The parameters of a network, in order. */
export const parametersOf = ({ sizes, parameters }) => {
  const shapes = inputs.parameterShapes(sizes);
  return parameters.map((values, index) => fromTypedArray(values, shapes[index]));
};

/** The logits of a perceptron whose parameters alternate weights [in, out] and biases. */
export function perceptron(parameters, x, activate) {
  const layers = parameters.length / 2;
  let h = x;
  for (let layer = 0; layer < layers; layer++) {
    const logits = add(matmul(h, parameters[2 * layer]), parameters[2 * layer + 1]);
    h = layer < layers - 1 ? activate(logits) : logits;
  }
  return h;
}

/** Mean cross entropy against one-hot labels. */
const crossEntropy = (logits, labels) =>
  mean(sub(logSumExp(logits, { axis: 1 }), sum(mul(logits, labels), { axis: 1 })));

/** Loss and optimisers with core alone. */
export const writtenOut = {
  suffix: "",
  encode: (labels) => fromTypedArray(inputs.oneHot(labels, 10), [labels.length, 10]),
  loss: (parameters, x, y) =>
    crossEntropy(
      perceptron(parameters, x, (h) => maximum(h, 0)),
      y,
    ),
  sgd: {
    init: () => null,
    step: (parameters, gradients) => [treeMap((p, g) => sub(p, mul(0.1, g)), parameters, gradients), null],
  },
  adam: {
    init: (parameters) => ({
      m: treeMap(zerosLike, parameters),
      v: treeMap(zerosLike, parameters),
      t: scalar(0),
    }),
    step: (parameters, gradients, state) => {
      const t = add(state.t, 1);
      const m = treeMap((a, g) => add(mul(0.9, a), mul(0.1, g)), state.m, gradients);
      const v = treeMap((a, g) => add(mul(0.999, a), mul(0.001, square(g))), state.v, gradients);
      const [first, second] = [0.9, 0.999].map((decay) => sub(1, pow(decay, t)));
      const update = (p, a, b) => sub(p, mul(1e-3, div(div(a, first), add(sqrt(div(b, second)), 1e-8))));
      return [treeMap(update, parameters, m, v), { m, v, t }];
    },
  },
};

const ofOptim = (optimizer) => ({
  init: optimizer.init,
  step: (parameters, gradients, state) => {
    const [updates, nextState] = optimizer.update(gradients, state, parameters);
    return [optim.applyUpdates(parameters, updates), nextState];
  },
});

/** Loss and optimisers of nn and optim. */
export const withPackages = {
  suffix: "-optim",
  encode: (labels) => fromTypedArray(labels, [labels.length]),
  loss: (parameters, x, y) => nn.crossEntropy(perceptron(parameters, x, nn.relu), y),
  sgd: ofOptim(optim.sgd({ learningRate: 0.1 })),
  adam: ofOptim(optim.adam({ learningRate: 1e-3 })),
};

/** One step of training on a batch, as a pure function: the next model, and the loss. */
export const stepper =
  ({ loss }, optimizer) =>
  ([parameters, state], x, y) => {
    const [value, gradients] = valueAndGrad(loss)(parameters, x, y);
    return [optimizer.step(parameters, gradients, state), value];
  };

/** A step of workload 4, written out, and what it is first called with. */
export function startOfTraining(optimizer) {
  const data = inputs.mlp784();
  const parameters = parametersOf(data);
  const model = [parameters, writtenOut[optimizer].init(parameters)];
  const batch = [fromTypedArray(data.x, [data.batchSize, 784]), writtenOut.encode(data.labels)];
  return { run: stepper(writtenOut, writtenOut[optimizer]), start: [model, ...batch] };
}
