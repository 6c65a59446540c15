/**
 * Workloads 4 and 5: perceptrons, eager and with a compiled step (`jit`). Their optimisers are written out with core alone;
 * `-optim` is nn and optim.
 */
import {
  add,
  argMax,
  div,
  fromTypedArray,
  item,
  jit,
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

const withPackages = {
  suffix: "-optim",
  encode: (labels) => fromTypedArray(labels, [labels.length]),
  loss: (parameters, x, y) => nn.crossEntropy(perceptron(parameters, x, nn.relu), y),
  sgd: ofOptim(optim.sgd({ learningRate: 0.1 })),
  adam: ofOptim(optim.adam({ learningRate: 1e-3 })),
};

const forms = { eager: (f) => f, jit };

/** One step of training on a batch, as a pure function: the next model, and the loss. */
const stepper =
  ({ loss }, optimizer) =>
  ([parameters, state], x, y) => {
    const [value, gradients] = valueAndGrad(loss)(parameters, x, y);
    return [optimizer.step(parameters, gradients, state), value];
  };

for (const name of ["sgd", "adam"].filter((optimizer) => wants(`mlp784-${optimizer}`))) {
  const data = inputs.mlp784();
  const x = fromTypedArray(data.x, [data.batchSize, 784]);
  for (const style of [writtenOut, withPackages]) {
    const y = style.encode(data.labels);
    for (const [form, prepare] of Object.entries(forms)) {
      const step = prepare(stepper(style, style[name]));
      const start = () => {
        const parameters = parametersOf(data);
        let model = [parameters, style[name].init(parameters)];
        return () => {
          const [next, value] = step(model, x, y);
          model = next;
          return item(value);
        };
      };
      const tenthLoss = () => Array.from({ length: 10 }, start()).at(-1);
      measure(`mlp784-${name}`, `${form}${style.suffix}`, "ms", start(), {
        atLeast: 50,
        budget: 4000,
        check: () => [sixDigits(tenthLoss())],
      });
    }
  }
}

if (wants("mnist-epoch")) {
  const data = mnist();
  for (const [form, prepare] of Object.entries(forms)) {
    mnistEpoch(data, `${form}-optim`, prepare(stepper(withPackages, withPackages.adam)));
  }
}

function mnistEpoch(data, variant, step) {
  const network = inputs.mnistNetwork();
  const { batchSize } = network;
  const images = quick ? 1000 : 60_000;
  const parameters = parametersOf(network);
  let model = [parameters, withPackages.adam.init(parameters)];
  const load = (order, i) => {
    const { x, y } = gather(data.train, order, i, batchSize);
    return [fromTypedArray(x, [batchSize, 784]), withPackages.encode(y)];
  };
  const order = permutation(60_000);
  // Whatever is made at the first call is made here; the model stays as it is.
  const beforehand = performance.now();
  item(step(model, ...load(order, 0))[1]);
  const start = performance.now();
  for (let i = 0; i + batchSize <= images; i += batchSize) [model] = step(model, ...load(order, i));
  const seconds = sixDigits(((performance.now() - start) / 1000) * (60_000 / images));
  const partly = `extrapolated from ${images} images; accuracy after those only`;
  emit({
    workload: "mnist-epoch",
    variant,
    median: seconds,
    min: seconds,
    unit: "s",
    check: [accuracy(model[0], data.test)],
    reps: 1,
    note: [
      `the first call, ${((start - beforehand) / 1000).toFixed(2)} s, not included`,
      ...(images < 60_000 ? [partly] : []),
    ].join("; "),
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
