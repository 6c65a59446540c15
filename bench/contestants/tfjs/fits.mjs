/**
 * Workloads 1 to 3: `eager` by functional gradients; `eager-optim` by an optimizer's minimize, as the
 * tutorials do.
 */
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { measure } from "../../harness/measure.mjs";
import { quick, wants } from "../../harness/settings.mjs";
import { tf } from "./library.mjs";

function fit(workload, start, loss, learningRate, steps) {
  if (!wants(workload)) return;
  const count = quick ? Math.min(steps, 300) : steps;
  let result = [];
  const options = {
    per: count,
    budget: 3000,
    check: () => (count === steps ? result.map(sixDigits) : null),
    ...(count < steps && { note: `${count} of ${steps} steps, so no final check` }),
  };
  const keep = (parameters, last) => {
    result = [...parameters.flatMap((parameter) => [...parameter.dataSync()]), last.dataSync()[0]];
    tf.dispose(parameters);
    last.dispose();
  };

  const valueAndGradients = tf.valueAndGrads((...parameters) => loss(parameters));
  const functional = () => {
    let parameters = start();
    let last;
    for (let step = 0; step < count; step++) {
      const old = parameters;
      last?.dispose();
      [last, ...parameters] = tf.tidy(() => {
        const { value, grads } = valueAndGradients(old);
        return [value, ...old.map((parameter, i) => tf.sub(parameter, tf.mul(grads[i], learningRate)))];
      });
      tf.dispose(old);
    }
    keep(parameters, last);
  };
  measure(workload, "eager", "us", functional, options);

  const withOptimizer = () => {
    const variables = start().map((tensor) => {
      const variable = tf.variable(tensor);
      tensor.dispose();
      return variable;
    });
    const optimizer = tf.train.sgd(learningRate);
    let last;
    for (let step = 0; step < count; step++) {
      last?.dispose();
      last = optimizer.minimize(() => loss(variables), true, variables);
    }
    keep(variables, last);
    optimizer.dispose();
  };
  measure(workload, "eager-optim", "us", withOptimizer, options);
}

{
  const data = inputs.linreg3;
  const x = tf.tensor2d(data.x, [3, 1]);
  const y = tf.tensor2d(data.y, [3, 1]);
  const start = () => [tf.zeros([1]), tf.zeros([1])];
  const loss = ([weight, bias]) => tf.mean(tf.square(tf.sub(tf.add(tf.mul(x, weight), bias), y)));
  fit("linreg3", start, loss, data.learningRate, data.epochs);
}

{
  const data = inputs.logistic6;
  const x = tf.tensor2d(data.x, [6, 2]);
  const y = tf.tensor2d(data.y, [6, 1]);
  const start = () => [tf.zeros([2, 1]), tf.zeros([1])];
  const loss = ([weight, bias]) => {
    const p = tf.sigmoid(tf.add(tf.matMul(x, weight), bias));
    return tf.neg(tf.mean(tf.add(tf.mul(y, tf.log(p)), tf.mul(tf.sub(1, y), tf.log(tf.sub(1, p))))));
  };
  fit("logistic6", start, loss, data.learningRate, data.epochs);
}

{
  const data = inputs.l1line();
  const x = tf.tensor2d(data.x, [1000, 1]);
  const y = tf.tensor2d(data.y, [1000, 1]);
  const start = () => [tf.fill([1, 1], data.weight), tf.zeros([1])];
  const loss = ([weight, bias]) => tf.mean(tf.abs(tf.sub(tf.add(tf.matMul(x, weight), bias), y)));
  fit("l1line", start, loss, data.learningRate, data.steps);
}
