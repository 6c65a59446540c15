/**
 * Workloads 4 and 5: perceptrons. `eager` is core alone, its optimisers written out; `eager-optim` is nn
 * and optim.
 */
import {
  add,
  argMax,
  div,
  fromTypedArray,
  item,
  logSumExp,
  matmul,
  maximum,
  mean,
  mul,
  sqrt,
  square,
  sub,
  sum,
  toTypedArray,
  treeMap,
  valueAndGrad,
  zerosLike,
} from "@cotangent/core";
import * as nn from "@cotangent/nn";
import * as optim from "@cotangent/optim";
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { emit, measure } from "../../harness/measure.mjs";
import { gather, mnist, permutation } from "../../harness/mnist.mjs";
import { quick, wants } from "../../harness/settings.mjs";

const parametersOf = ({ sizes, parameters }) => {
  const shapes = inputs.parameterShapes(sizes);
  return parameters.map((values, index) => fromTypedArray(values, shapes[index]));
};

/** The logits of a perceptron whose parameters alternate weights [in, out] and biases. */
function perceptron(parameters, x, activate) {
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

const writtenOut = {
  variant: "eager",
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
    init: (parameters) => ({ m: treeMap(zerosLike, parameters), v: treeMap(zerosLike, parameters), t: 0 }),
    step: (parameters, gradients, state) => {
      const t = state.t + 1;
      const m = treeMap((a, g) => add(mul(0.9, a), mul(0.1, g)), state.m, gradients);
      const v = treeMap((a, g) => add(mul(0.999, a), mul(0.001, square(g))), state.v, gradients);
      const update = (p, a, b) =>
        sub(p, mul(1e-3, div(div(a, 1 - 0.9 ** t), add(sqrt(div(b, 1 - 0.999 ** t)), 1e-8))));
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

const withPackages = {
  variant: "eager-optim",
  encode: (labels) => fromTypedArray(labels, [labels.length]),
  loss: (parameters, x, y) => nn.crossEntropy(perceptron(parameters, x, nn.relu), y),
  sgd: ofOptim(optim.sgd({ learningRate: 0.1 })),
  adam: ofOptim(optim.adam({ learningRate: 1e-3 })),
};

/** A function that makes one step of training on a batch and gives its loss, as a tensor. */
function trainer({ loss }, optimizer, start) {
  const lossAndGradients = valueAndGrad(loss);
  let parameters = start;
  let state = optimizer.init(parameters);
  return {
    step: (x, y) => {
      const [value, gradients] = lossAndGradients(parameters, x, y);
      [parameters, state] = optimizer.step(parameters, gradients, state);
      return value;
    },
    parameters: () => parameters,
  };
}

for (const name of ["sgd", "adam"].filter((optimizer) => wants(`mlp784-${optimizer}`))) {
  const data = inputs.mlp784();
  const x = fromTypedArray(data.x, [data.batchSize, 784]);
  for (const style of [writtenOut, withPackages]) {
    const y = style.encode(data.labels);
    const start = () => {
      const { step } = trainer(style, style[name], parametersOf(data));
      return () => item(step(x, y));
    };
    const tenthLoss = () => Array.from({ length: 10 }, start()).at(-1);
    let step;
    const once = () => {
      step ??= start();
      step();
    };
    measure(`mlp784-${name}`, style.variant, "ms", once, {
      atLeast: 50,
      budget: 4000,
      check: () => [sixDigits(tenthLoss())],
    });
  }
}

if (wants("mnist-epoch")) {
  const data = mnist();
  const network = inputs.mnistNetwork();
  const { batchSize } = network;
  const images = quick ? 1000 : 60_000;
  const { step, parameters } = trainer(withPackages, withPackages.adam, parametersOf(network));
  const start = performance.now();
  const order = permutation(60_000);
  for (let i = 0; i + batchSize <= images; i += batchSize) {
    const batch = gather(data.train, order, i, batchSize);
    step(fromTypedArray(batch.x, [batchSize, 784]), withPackages.encode(batch.y));
  }
  const seconds = sixDigits(((performance.now() - start) / 1000) * (60_000 / images));
  emit({
    workload: "mnist-epoch",
    variant: withPackages.variant,
    median: seconds,
    min: seconds,
    unit: "s",
    check: [accuracy(parameters(), data.test)],
    reps: 1,
    ...(images < 60_000 && { note: `extrapolated from ${images} images; accuracy after those only` }),
  });
}

function accuracy(parameters, { images, labels }) {
  const size = 1000;
  let correct = 0;
  for (let i = 0; i < labels.length; i += size) {
    const x = fromTypedArray(images.subarray(i * 784, (i + size) * 784), [size, 784]);
    const predicted = toTypedArray(argMax(perceptron(parameters, x, nn.relu), { axis: 1 }));
    predicted.forEach((label, row) => {
      if (label === labels[i + row]) correct += 1;
    });
  }
  return correct / labels.length;
}
