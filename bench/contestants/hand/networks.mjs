/** Workloads 4 and 5: perceptrons. */
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { emit, measure } from "../../harness/measure.mjs";
import { gather, mnist, permutation } from "../../harness/mnist.mjs";
import { quick, wants, wantsAny } from "../../harness/settings.mjs";
import { Perceptron } from "./perceptron.mjs";

if (wantsAny("mlp784-sgd", "mlp784-adam")) {
  const data = inputs.mlp784();
  for (const optimizer of ["sgd", "adam"]) {
    const start = () => {
      const network = new Perceptron(data);
      return () => {
        const loss = network.differentiate(data.x, data.labels);
        if (optimizer === "sgd") network.sgd(0.1);
        else network.adam(1e-3);
        return loss;
      };
    };
    const tenthLoss = () => Array.from({ length: 10 }, start()).at(-1);
    measure(`mlp784-${optimizer}`, "plain", "ms", start(), {
      atLeast: 50,
      budget: 4000,
      check: () => [sixDigits(tenthLoss())],
    });
  }
}

if (wants("mnist-epoch")) {
  const data = mnist();
  const network = new Perceptron(inputs.mnistNetwork());
  const { batchSize } = network;
  const images = quick ? 2000 : 60_000;
  const start = performance.now();
  const order = permutation(60_000);
  for (let i = 0; i + batchSize <= images; i += batchSize) {
    const { x, y } = gather(data.train, order, i, batchSize);
    network.differentiate(x, y);
    network.adam(1e-3);
  }
  const seconds = sixDigits(((performance.now() - start) / 1000) * (60_000 / images));
  emit({
    workload: "mnist-epoch",
    variant: "plain",
    median: seconds,
    min: seconds,
    unit: "s",
    check: [accuracy(network, data.test)],
    reps: 1,
    ...(images < 60_000 && { note: `extrapolated from ${images} images; accuracy after those only` }),
  });
}

function accuracy(network, { images, labels }) {
  const { batchSize } = network;
  let correct = 0;
  for (let i = 0; i < labels.length; i += batchSize) {
    const logits = network.forward(images.subarray(i * 784, (i + batchSize) * 784));
    for (let row = 0; row < batchSize; row++) {
      const scores = logits.subarray(row * 10, row * 10 + 10);
      if (scores.indexOf(Math.max(...scores)) === labels[i + row]) correct += 1;
    }
  }
  return correct / labels.length;
}
