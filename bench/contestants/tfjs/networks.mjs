/**
 * Workloads 4 and 5: perceptrons. Adam's epsilon is passed, since it is 1e-7 here by default and 1e-8
 * everywhere else.
 */
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { emit, measure } from "../../harness/measure.mjs";
import { gather, mnist, permutation } from "../../harness/mnist.mjs";
import { quick, wants } from "../../harness/settings.mjs";
import { backend, tf } from "./library.mjs";

const slow = backend === "cpu";

const optimizers = {
  sgd: () => tf.train.sgd(0.1),
  adam: () => tf.train.adam(1e-3, 0.9, 0.999, 1e-8),
};

const variablesOf = ({ sizes, parameters }) => {
  const shapes = inputs.parameterShapes(sizes);
  return parameters.map((values, index) => tf.variable(tf.tensor(values, shapes[index])));
};

function perceptron(parameters, x) {
  const layers = parameters.length / 2;
  let h = x;
  for (let layer = 0; layer < layers; layer++) {
    h = tf.add(tf.matMul(h, parameters[2 * layer]), parameters[2 * layer + 1]);
    if (layer < layers - 1) h = tf.relu(h);
  }
  return h;
}

const loss = (parameters, x, y) => tf.losses.softmaxCrossEntropy(y, perceptron(parameters, x));
const encode = (labels) => tf.oneHot(tf.tensor1d(labels, "int32"), 10);

for (const name of ["sgd", "adam"].filter((optimizer) => wants(`mlp784-${optimizer}`))) {
  const data = inputs.mlp784();
  const x = tf.tensor2d(data.x, [data.batchSize, 784]);
  const y = encode(data.labels).cast("float32");
  const start = () => {
    const variables = variablesOf(data);
    const optimizer = optimizers[name]();
    return () => {
      const value = optimizer.minimize(() => loss(variables, x, y), true, variables);
      const [read] = value.dataSync();
      value.dispose();
      return read;
    };
  };
  const tenthLoss = () => Array.from({ length: 10 }, start()).at(-1);
  measure(`mlp784-${name}`, "eager", "ms", start(), {
    atLeast: slow ? 5 : 50,
    budget: 4000,
    check: () => [sixDigits(tenthLoss())],
    ...(slow && { note: "5 steps, not 50" }),
  });
}

if (wants("mnist-epoch")) {
  const data = mnist();
  const network = inputs.mnistNetwork();
  const { batchSize } = network;
  const images = quick ? 500 : slow ? 1500 : 60_000;
  const variables = variablesOf(network);
  const optimizer = optimizers.adam();
  const start = performance.now();
  const order = permutation(60_000);
  for (let i = 0; i + batchSize <= images; i += batchSize) {
    tf.tidy(() => {
      const { x, y } = gather(data.train, order, i, batchSize);
      optimizer.minimize(
        () => loss(variables, tf.tensor2d(x, [batchSize, 784]), encode(y)),
        false,
        variables,
      );
    });
  }
  variables.at(-1).dataSync();
  const seconds = sixDigits(((performance.now() - start) / 1000) * (60_000 / images));
  const tested = slow || quick ? 1000 : 10_000;
  const note = `extrapolated from ${images} images; accuracy after those only, on ${tested} test images`;
  emit({
    workload: "mnist-epoch",
    variant: "eager",
    median: seconds,
    min: seconds,
    unit: "s",
    check: [accuracy(variables, data.test, tested)],
    reps: 1,
    ...(images < 60_000 && { note }),
  });
}

function accuracy(variables, { images, labels }, tested) {
  const size = 1000;
  let correct = 0;
  for (let i = 0; i < tested; i += size) {
    const predicted = tf.tidy(() => {
      const x = tf.tensor2d(images.subarray(i * 784, (i + size) * 784), [size, 784]);
      return [...tf.argMax(perceptron(variables, x), 1).dataSync()];
    });
    correct += predicted.filter((label, row) => label === labels[i + row]).length;
  }
  return correct / tested;
}
