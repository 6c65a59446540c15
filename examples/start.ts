/** Learns to read the handwritten digits of MNIST: two epochs, then what it reads and how it learned. */

import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { item, jit, orThrow, valueAndGrad, type Tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import * as data from "@cotangent/data";
import * as files from "@cotangent/data/node";
import * as nn from "@cotangent/nn";
import * as optim from "@cotangent/optim";
import { drawSome } from "./start/draw-digits.js";
import { interruption } from "./start/interruption.js";
import { lossCurve } from "./start/loss-curve.js";
import { progressOn } from "./start/progress.js";
import { read } from "./start/read.js";

const epochs = 2;
const started = performance.now();
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;

const digits = await orThrow(files.mnist()).catch((error: unknown) => {
  console.error(String(error));
  process.exit(1);
});
const [forModel, forOrder] = random.split(random.key(1));
const dataset = data.tensorDataset(digits.train);
const loader = data.dataLoader(dataset, { batchSize: 100, shuffle: true, key: forOrder });

// A model is a pair of pure functions, and so is an optimiser; what they know is in plain trees of tensors.
const model = nn.sequential(nn.flatten(), nn.linear(784, 256), nn.relu, nn.linear(256, 10));
const optimizer = optim.adam({ learningRate: 1e-3 });
type Params = nn.Params<typeof model>;
type Batch = { images: Tensor<[number, 28, 28]>; labels: Tensor<[number], "int32"> };

const loss = (params: Params, { images, labels }: Batch) =>
  nn.crossEntropy(model.apply(params, images), labels);

const begin = model.init(forModel);
const start = { params: begin, state: optimizer.init(begin) };

// Traced and compiled at the first call.
const step = jit(({ params, state }: typeof start, batch: Batch) => {
  const [cost, gradients] = valueAndGrad(loss)(params, batch);
  const [updates, next] = optimizer.update(gradients, state, params);
  return { cost, params: optim.applyUpdates(params, updates), state: next };
});
const compiled = { ...model, apply: jit(model.apply) };

console.log(nn.summary(model, [100, 28, 28]));

const interrupted = interruption();
const progress = progressOn(process.stdout, loader.length);
let position: data.Position = { epoch: 0, index: 0 };
let run = start;
const losses: number[] = [];
while (position.epoch < epochs && !interrupted.aborted) {
  const { cost, ...next } = step(run, loader(position.epoch, position.index));
  run = next;
  losses.push(item(cost));
  progress.show(position, item(cost));
  position = loader.next(position);
  if (position.index === 0) {
    const { accuracy } = read(compiled, run.params, digits.test);
    progress.print(
      `epoch ${position.epoch}: ${(100 * accuracy).toFixed(2)} % of 10,000 test digits right, ${seconds()}`,
    );
  }
  await setImmediate(); // lets Ctrl-C through
}
progress.stop();

if (interrupted.aborted) {
  console.log(`stopped in epoch ${position.epoch + 1} before batch ${position.index + 1}, ${seconds()}`);
  process.exitCode = 130;
} else {
  console.log(drawSome(digits.test, read(compiled, run.params, digits.test)));
  console.log(lossCurve(losses));
  console.log(`${losses.length} steps in ${seconds()}`);
}
