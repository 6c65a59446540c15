/**
 * Workloads 1 to 3: `jit` is one jitted step (gradient and update), `eager` jits nothing; both read one
 * parameter every step. The `-noread` variants are the loop without any read: pending work piles up and the
 * time per step grows with the length of the loop, so they run few steps.
 */
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { measure } from "../../harness/measure.mjs";
import { quick, wants } from "../../harness/settings.mjs";
import { array, jit, nn, np, tree, valueAndGrad } from "./library.mjs";

function fit(workload, loss, start, learningRate, steps) {
  if (!wants(workload)) return;
  const step = (parameters) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(parameters));
    return [tree.map((p, g) => p.sub(g.mul(learningRate)), parameters, gradients), value];
  };
  const jitted = jit(step);
  const variants = [
    { variant: "jit", run: jitted, length: steps, reads: true },
    { variant: "jit-noread", run: jitted, length: 400, reads: false },
    { variant: "eager", run: step, length: steps, reads: true },
    { variant: "eager-noread", run: step, length: 200, reads: false },
  ];
  for (const { variant, run, length, reads } of variants) {
    const count = quick && variant !== "jit" ? Math.min(length, 100) : length;
    let result = [];
    const once = () => {
      let parameters = start();
      let value;
      for (let i = 0; i < count; i++) {
        value?.dispose();
        [parameters, value] = run(parameters);
        if (reads) parameters.b.ref.dataSync();
      }
      result = [...parameters.W.dataSync(), ...parameters.b.dataSync(), value.item()];
    };
    measure(workload, variant, "us", once, {
      per: count,
      budget: 2000,
      slow: 2500,
      check: () => (count === steps ? result.map(sixDigits) : null),
      ...(count < steps && { note: `${count} of ${steps} steps, so no final check` }),
    });
  }
}

{
  const data = inputs.linreg3;
  const x = array(data.x, 3, 1);
  const y = array(data.y, 3, 1);
  const loss = ({ W, b }) => np.square(x.ref.mul(W).add(b).sub(y.ref)).mean();
  fit("linreg3", loss, () => ({ W: np.zeros([1]), b: np.zeros([1]) }), data.learningRate, data.epochs);
}

{
  const data = inputs.logistic6;
  const x = array(data.x, 6, 2);
  const y = array(data.y, 6);
  const loss = ({ W, b }) => {
    const p = nn.sigmoid(np.dot(x.ref, W).add(b));
    const positive = np.log(p.ref).mul(y.ref);
    const negative = np.log(np.subtract(1, p)).mul(np.subtract(1, y.ref));
    return positive.add(negative).mean().neg();
  };
  fit("logistic6", loss, () => ({ W: np.zeros([2]), b: np.zeros([1]) }), data.learningRate, data.epochs);
}

{
  const data = inputs.l1line();
  const x = array(data.x, 1000, 1);
  const y = array(data.y, 1000, 1);
  const loss = ({ W, b }) => np.abs(np.dot(x.ref, W).add(b).sub(y.ref)).mean();
  const start = () => ({ W: array(Float32Array.of(data.weight), 1, 1), b: np.zeros([1]) });
  fit("l1line", loss, start, data.learningRate, data.steps);
}
