/** Workloads 12 and 13: a Hessian, per-example gradients, and a recurrence with its gradient. */
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { measure } from "../../harness/measure.mjs";
import { wants } from "../../harness/settings.mjs";

if (wants("hessian")) {
  const x = inputs.rosenbrock();
  const n = x.length;
  const hessian = new Float32Array(n * n);
  const run = () => {
    hessian.fill(0);
    for (let i = 0; i < n - 1; i++) {
      hessian[i * n + i] += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
      hessian[i * n + i + 1] -= 400 * x[i];
      hessian[(i + 1) * n + i] -= 400 * x[i];
      hessian[(i + 1) * n + i + 1] += 200;
    }
  };
  measure("hessian", "plain", "ms", run, { check: () => sum4(hessian) });
}

if (wants("per-example-grad")) {
  const { x, y, weight } = inputs.perExample();
  const features = weight.length;
  const gradients = new Float32Array(x.length);
  const run = () => {
    for (let i = 0; i < y.length; i++) {
      const at = i * features;
      let z = 0;
      for (let j = 0; j < features; j++) z += x[at + j] * weight[j];
      const factor = -y[i] / (1 + Math.exp(y[i] * z));
      for (let j = 0; j < features; j++) gradients[at + j] = factor * x[at + j];
    }
  };
  measure("per-example-grad", "plain", "ms", run, { check: () => sum4(gradients) });
}

if (wants("scan")) {
  const { steps, width, weight, x } = inputs.recurrence();
  const states = new Float32Array((steps + 1) * width);
  const gradient = new Float32Array(width * width);
  const cotangent = new Float64Array(width);
  const inner = new Float64Array(width);
  let value = 0;
  const run = () => {
    for (let t = 0; t < steps; t++) {
      for (let i = 0; i < width; i++) {
        let sum = x[t * width + i];
        for (let j = 0; j < width; j++) sum += weight[i * width + j] * states[t * width + j];
        states[(t + 1) * width + i] = Math.tanh(sum);
      }
    }
    value = 0;
    for (let i = 0; i < width; i++) value += states[steps * width + i];
    gradient.fill(0);
    cotangent.fill(1);
    for (let t = steps; t > 0; t--) {
      for (let i = 0; i < width; i++) inner[i] = cotangent[i] * (1 - states[t * width + i] ** 2);
      cotangent.fill(0);
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < width; j++) {
          gradient[i * width + j] += inner[i] * states[(t - 1) * width + j];
          cotangent[j] += inner[i] * weight[i * width + j];
        }
      }
    }
  };
  measure("scan", "plain", "ms", run, { check: () => [sixDigits(value), ...sum4(gradient)] });
}
