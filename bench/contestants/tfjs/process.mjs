/** Workloads 14 and 15 with TensorFlow.js. `naive` neither tidies nor disposes. */
import { finishStartup, mode, runSteps } from "../../harness/whole-process.mjs";
import { tf } from "./library.mjs";

if (mode === "startup") {
  finishStartup(
    tf
      .grad((t) => tf.sum(tf.mul(t, t)))(tf.tensor1d([1, 2, 3]))
      .dataSync(),
  );
}

const x = tf.tensor2d([[1], [2], [3]]);
const y = tf.tensor2d([[2], [4], [6]]);
const gradients = tf.grads((w, b) => tf.mean(tf.square(tf.sub(tf.add(tf.mul(x, w), b), y))));
let weight = tf.zeros([1]);
let bias = tf.zeros([1]);

function next() {
  const [weightGradient, biasGradient] = gradients([weight, bias]);
  return [tf.sub(weight, tf.mul(weightGradient, 0.01)), tf.sub(bias, tf.mul(biasGradient, 0.01))];
}

function naiveStep() {
  [weight, bias] = next();
}

function tidyStep() {
  const old = [weight, bias];
  [weight, bias] = tf.tidy(next);
  tf.dispose(old);
}

runSteps(
  mode === "naive" ? naiveStep : tidyStep,
  () => [weight, bias].map((tensor) => tensor.dataSync()[0]),
  () => tf.memory().numTensors,
);
