/** Workloads 14 and 15 in plain JavaScript. */
import { finishStartup, mode, runSteps } from "../../harness/whole-process.mjs";

if (mode === "startup") finishStartup([1, 2, 3].map((value) => 2 * value));

const x = Float32Array.of(1, 2, 3);
const y = Float32Array.of(2, 4, 6);
const parameters = new Float32Array(2);

function step() {
  let weightGradient = 0;
  let biasGradient = 0;
  for (let i = 0; i < 3; i++) {
    const residual = x[i] * parameters[0] + parameters[1] - y[i];
    weightGradient += 2 * residual * x[i];
    biasGradient += 2 * residual;
  }
  parameters[0] -= (0.01 * weightGradient) / 3;
  parameters[1] -= (0.01 * biasGradient) / 3;
}

runSteps(step, () => [...parameters]);
