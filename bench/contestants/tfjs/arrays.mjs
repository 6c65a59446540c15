/** Workloads 6 to 9: matrix products, large elementwise functions, rows, sums. */
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { gigaflops } from "../../harness/measure.mjs";
import { wants, wantsAny } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";
import { backend, tf } from "./library.mjs";

for (const n of inputs.matmulSizes.filter((size) => wants(`matmul${size}`))) {
  const data = inputs.matmul(n);
  const a = tf.tensor2d(data.a, [n, n]);
  const b = tf.tensor2d(data.b, [n, n]);
  const slow = backend === "cpu" ? 3000 : 8000;
  evaluate(`matmul${n}`, "GFLOP/s", () => tf.matMul(a, b), { convert: gigaflops(n), slow });
  tf.dispose([a, b]);
}

if (wantsAny("elementwise-fwd", "elementwise-grad")) {
  const x = tf.tensor1d(inputs.elementwise());
  const f = (t) => tf.add(tf.mul(tf.tanh(t), t), 1);
  const gradient = tf.grad((t) => tf.sum(f(t)));
  evaluate("elementwise-fwd", "ms", () => f(x));
  evaluate("elementwise-grad", "ms", () => gradient(x));
  x.dispose();
}

if (wants("softmax-rows")) {
  const x = tf.tensor2d(inputs.rows(), inputs.rowsShape);
  evaluate("softmax-rows", "ms", () => tf.softmax(x));
}

if (wants("logsumexp-grad")) {
  const x = tf.tensor2d(inputs.rows(), inputs.rowsShape);
  const gradient = tf.grad((t) => tf.sum(tf.logSumExp(t, -1)));
  evaluate("logsumexp-grad", "ms", () => gradient(x));
}

if (wants("layernorm-grad")) {
  const data = inputs.layerNorm();
  const operands = [tf.tensor2d(data.x, inputs.rowsShape), tf.tensor1d(data.scale), tf.tensor1d(data.shift)];
  const weight = tf.tensor2d(data.weight, inputs.rowsShape);
  const valueAndGradients = tf.valueAndGrads((x, scale, shift) => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    const normalized = tf.mul(centred, tf.rsqrt(tf.add(variance, data.epsilon)));
    return tf.sum(tf.mul(tf.add(tf.mul(normalized, scale), shift), weight));
  });
  const run = () => {
    const { value, grads } = valueAndGradients(operands);
    return [value, ...grads];
  };
  evaluate("layernorm-grad", "ms", run, {
    check: ([[value], ...gradients]) => [sixDigits(value), ...gradients.flatMap(sum4)],
  });
}

if (wantsAny("sum-axis0", "sum-axis1", "sum-full")) {
  const x = tf.tensor2d(inputs.sums(), inputs.sumsShape);
  evaluate("sum-axis0", "ms", () => tf.sum(x, 0));
  evaluate("sum-axis1", "ms", () => tf.sum(x, 1));
  evaluate("sum-full", "ms", () => tf.sum(x), { check: ([[value]]) => [sixDigits(value)] });
}
