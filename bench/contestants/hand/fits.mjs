/** Workloads 1 to 3: small fits by gradient descent. */
import { sixDigits } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { measure } from "../../harness/measure.mjs";

{
  const { x, y, learningRate, epochs } = inputs.linreg3;
  let result;
  const run = () => {
    const weight = new Float32Array(1);
    const bias = new Float32Array(1);
    let cost = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      let weightGradient = 0;
      let biasGradient = 0;
      cost = 0;
      for (let i = 0; i < 3; i++) {
        const residual = x[i] * weight[0] + bias[0] - y[i];
        cost += residual * residual;
        weightGradient += 2 * residual * x[i];
        biasGradient += 2 * residual;
      }
      cost /= 3;
      weight[0] -= (learningRate * weightGradient) / 3;
      bias[0] -= (learningRate * biasGradient) / 3;
    }
    result = [weight[0], bias[0], cost];
  };
  measure("linreg3", "plain", "us", run, { per: epochs, check: () => result.map(sixDigits) });
}

{
  const { x, y, learningRate, epochs } = inputs.logistic6;
  let result;
  const run = () => {
    const weight = new Float32Array(2);
    const bias = new Float32Array(1);
    let cost = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      let gradient0 = 0;
      let gradient1 = 0;
      let biasGradient = 0;
      cost = 0;
      for (let i = 0; i < 6; i++) {
        const p = 1 / (1 + Math.exp(-(x[2 * i] * weight[0] + x[2 * i + 1] * weight[1] + bias[0])));
        cost -= y[i] * Math.log(p) + (1 - y[i]) * Math.log(1 - p);
        const difference = p - y[i];
        gradient0 += difference * x[2 * i];
        gradient1 += difference * x[2 * i + 1];
        biasGradient += difference;
      }
      cost /= 6;
      weight[0] -= (learningRate * gradient0) / 6;
      weight[1] -= (learningRate * gradient1) / 6;
      bias[0] -= (learningRate * biasGradient) / 6;
    }
    result = [weight[0], weight[1], bias[0], cost];
  };
  measure("logistic6", "plain", "us", run, { per: epochs, check: () => result.map(sixDigits) });
}

{
  const { x, y, weight, learningRate, steps } = inputs.l1line();
  let result;
  const run = () => {
    const parameters = Float32Array.of(weight, 0);
    let loss = 0;
    for (let step = 0; step < steps; step++) {
      const w = parameters[0];
      const b = parameters[1];
      let weightGradient = 0;
      let biasGradient = 0;
      loss = 0;
      for (let i = 0; i < 1000; i++) {
        const residual = w * x[i] + b - y[i];
        const sign = residual > 0 ? 1 : residual < 0 ? -1 : 0;
        loss += Math.abs(residual);
        weightGradient += sign * x[i];
        biasGradient += sign;
      }
      loss /= 1000;
      parameters[0] -= (learningRate * weightGradient) / 1000;
      parameters[1] -= (learningRate * biasGradient) / 1000;
    }
    result = [parameters[0], parameters[1], loss];
  };
  measure("l1line", "plain", "us", run, { per: steps, check: () => result.map(sixDigits) });
}
