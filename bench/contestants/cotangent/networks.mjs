/**
 * Workloads 4 and 5: perceptrons, eager and with a compiled step (`jit`). Their optimisers are written out with core alone;
 * `-optim` is nn and optim.
 */
import { argMax, fromTypedArray, item, jit, toTypedArray } from "@cotangent/core";
import * as nn from "@cotangent/nn";
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { emit, measure } from "../../harness/measure.mjs";
import { gather, mnist, permutation } from "../../harness/mnist.mjs";
import { quick, wants } from "../../harness/settings.mjs";
import { parametersOf, perceptron, stepper, withPackages, writtenOut } from "./training-step.mjs";

const forms = { eager: (f) => f, jit };

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
