/** Workloads 4 and 5: perceptrons. */
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { emit, measure, notAvailable } from "../../harness/measure.mjs";
import { gather, mnist, permutation } from "../../harness/mnist.mjs";
import { quick, wants } from "../../harness/settings.mjs";
import { array, jit, nn, np, tree, valueAndGrad } from "./library.mjs";

const parametersOf = ({ sizes, parameters }) => {
  const shapes = inputs.parameterShapes(sizes);
  return parameters.map((values, index) => array(values, ...shapes[index]));
};

function perceptron(parameters, x) {
  const layers = parameters.length / 2;
  let h = x;
  for (let layer = 0; layer < layers; layer++) {
    h = np.dot(h, parameters[2 * layer]).add(parameters[2 * layer + 1]);
    if (layer < layers - 1) h = nn.relu(h);
  }
  return h;
}

const crossEntropy = (batchSize) => (parameters, x, y) =>
  nn
    .logSoftmax(perceptron(parameters, x))
    .mul(y)
    .sum()
    .mul(-1 / batchSize);

const sgd = {
  init: (parameters) => {
    tree.dispose(parameters);
    return [];
  },
  update: (parameters, gradients, state) => [
    tree.map((p, g) => p.sub(g.mul(0.1)), parameters, gradients),
    state,
  ],
};

// It has no published package of optimisers, so that Adam is written out in that form
// (bias correction by np.power inside the graph).
const adam = {
  init: (parameters) => {
    const zeros = () => parameters.map(({ shape }) => np.zeros(shape));
    const state = { m: zeros(), v: zeros(), t: np.zeros([]) };
    tree.dispose(parameters);
    return state;
  },
  update: (parameters, gradients, state) => {
    const t = state.t.add(1);
    const firstCorrection = np.subtract(1, np.power(0.9, t.ref));
    const secondCorrection = np.subtract(1, np.power(0.999, t.ref));
    const m = state.m.map((a, i) => a.mul(0.9).add(gradients[i].ref.mul(0.1)));
    const v = state.v.map((a, i) => a.mul(0.999).add(np.square(gradients[i]).mul(0.001)));
    const next = parameters.map((p, i) => {
      const first = m[i].ref.div(firstCorrection.ref);
      const second = np.sqrt(v[i].ref.div(secondCorrection.ref)).add(1e-8);
      return p.sub(first.div(second).mul(1e-3));
    });
    firstCorrection.dispose();
    secondCorrection.dispose();
    return [next, { m, v, t }];
  },
};

const stepOf = (loss, optimizer) => (parameters, state, x, y) => {
  const [value, gradients] = valueAndGrad(loss)(tree.ref(parameters), x, y);
  const [next, nextState] = optimizer.update(parameters, gradients, state);
  return [next, nextState, value];
};

for (const [name, optimizer] of Object.entries({ sgd, adam })) {
  if (!wants(`mlp784-${name}`)) continue;
  const data = inputs.mlp784();
  const x = array(data.x, data.batchSize, 784);
  const y = array(inputs.oneHot(data.labels, 10), data.batchSize, 10);
  for (const variant of ["jit", "eager"]) {
    const eager = variant === "eager";
    const eagerStep = stepOf(crossEntropy(data.batchSize), optimizer);
    const run = eager ? eagerStep : jit(eagerStep);
    const start = () => {
      let parameters = parametersOf(data);
      let state = optimizer.init(tree.ref(parameters));
      return () => {
        let value;
        [parameters, state, value] = run(parameters, state, x.ref, y.ref);
        if (eager) parameters.forEach((parameter) => parameter.ref.dataSync());
        return value.item();
      };
    };
    try {
      const tenthLoss = Array.from({ length: 10 }, start()).at(-1);
      measure(`mlp784-${name}`, variant, "ms", start(), {
        atLeast: eager ? 5 : 50,
        budget: eager ? 2000 : 4000,
        check: () => [sixDigits(tenthLoss)],
      });
    } catch (problem) {
      notAvailable(`mlp784-${name}`, variant, problem.message);
    }
  }
}

if (wants("mnist-epoch")) {
  const data = mnist();
  const network = inputs.mnistNetwork();
  const { batchSize } = network;
  const images = quick ? 2000 : 60_000;
  const step = jit(stepOf(crossEntropy(batchSize), adam));
  const load = (order, at) => {
    const { x, y } = gather(data.train, order, at, batchSize);
    return [array(x, batchSize, 784), array(inputs.oneHot(y, 10), batchSize, 10)];
  };
  let parameters = parametersOf(network);
  let state = adam.init(tree.ref(parameters));

  const compileStart = performance.now();
  const inOrder = Array.from({ length: batchSize }, (_, i) => i);
  const [firstParameters, firstState, firstValue] = step(
    tree.ref(parameters),
    tree.ref(state),
    ...load(inOrder, 0),
  );
  firstValue.item();
  tree.dispose(firstParameters);
  tree.dispose(firstState);

  const start = performance.now();
  const order = permutation(60_000);
  let value;
  for (let i = 0; i + batchSize <= images; i += batchSize) {
    value?.dispose();
    [parameters, state, value] = step(parameters, state, ...load(order, i));
    value.ref.item();
  }
  parameters.at(-1).ref.dataSync();
  const seconds = sixDigits(((performance.now() - start) / 1000) * (60_000 / images));
  const compile = ((start - compileStart) / 1000).toFixed(2);
  const partly = images < 60_000 ? `; extrapolated from ${images} images; accuracy after those only` : "";
  emit({
    workload: "mnist-epoch",
    variant: "jit",
    median: seconds,
    min: seconds,
    unit: "s",
    check: [accuracy(parameters, data.test)],
    reps: 1,
    note: `compile and first step ${compile} s not included${partly}`,
  });
}

function accuracy(parameters, { images, labels }) {
  const size = 1000;
  let correct = 0;
  for (let i = 0; i < labels.length; i += size) {
    const x = array(images.slice(i * 784, (i + size) * 784), size, 784);
    const predicted = np.argmax(perceptron(tree.ref(parameters), x), 1).dataSync();
    predicted.forEach((label, row) => {
      if (label === labels[i + row]) correct += 1;
    });
  }
  return correct / labels.length;
}
