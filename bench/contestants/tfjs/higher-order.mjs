/** Workloads 12 and 13: a Hessian, per-example gradients, and a recurrence with its gradient. */
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";
import { tf } from "./library.mjs";

if (wants("hessian")) {
  const values = inputs.rosenbrock();
  const n = values.length;
  const x = tf.tensor1d(values);
  const one = tf.scalar(1);
  const rosenbrock = (t) => {
    const next = tf.slice(t, [1], [n - 1]);
    const each = tf.slice(t, [0], [n - 1]);
    return tf.sum(
      tf.add(tf.mul(100, tf.square(tf.sub(next, tf.square(each)))), tf.square(tf.sub(one, each))),
    );
  };
  const gradient = tf.grad(rosenbrock);
  const rows = Array.from({ length: n }, (_, i) => {
    const unit = tf
      .oneHot(tf.tensor1d([i], "int32"), n)
      .cast("float32")
      .reshape([n]);
    return tf.grad((t) => tf.sum(tf.mul(gradient(t), unit)));
  });
  evaluate("hessian", "ms", () => tf.stack(rows.map((row) => row(x))), {
    note: "no hessian(): grad of grad, one row at a time",
  });
}

if (wants("per-example-grad")) {
  const data = inputs.perExample();
  const xs = tf.unstack(tf.tensor2d(data.x, [1000, 20]));
  const ys = tf.unstack(tf.tensor1d(data.y));
  const weight = tf.tensor1d(data.weight);
  const gradient = (x, y) => tf.grad((w) => tf.softplus(tf.neg(tf.mul(y, tf.sum(tf.mul(x, w))))))(weight);
  evaluate("per-example-grad", "ms", () => tf.stack(xs.map((x, i) => gradient(x, ys[i]))), {
    note: "no vmap: loop of 1000 grads",
  });
}

if (wants("scan")) {
  const { steps, width, weight, x } = inputs.recurrence();
  const w = tf.tensor2d(weight, [width, width]);
  const rows = tf.unstack(tf.tensor3d(x, [steps, width, 1]));
  const valueAndGradient = tf.valueAndGrad((t) => {
    let h = tf.zeros([width, 1]);
    for (const row of rows) h = tf.tanh(tf.add(tf.matMul(t, h), row));
    return tf.sum(h);
  });
  const run = () => {
    const { value, grad } = valueAndGradient(w);
    return [value, grad];
  };
  evaluate("scan", "ms", run, {
    note: "JavaScript loop",
    check: ([[value], gradient]) => [sixDigits(value), ...sum4(gradient)],
  });
}
