/** Workloads 14 and 15 with Cotangent. */
import {
  add,
  grad,
  mean,
  mul,
  square,
  sub,
  sum,
  tensor,
  toTypedArray,
  treeMap,
  zeros,
} from "@cotangent/core";
import { finishStartup, mode, runSteps } from "../../harness/whole-process.mjs";

if (mode === "startup") finishStartup(toTypedArray(grad((x) => sum(mul(x, x)))(tensor([1, 2, 3]))));

const x = tensor([[1], [2], [3]]);
const y = tensor([[2], [4], [6]]);
const gradient = grad(({ W, b }) => mean(square(sub(add(mul(x, W), b), y))));
let parameters = { W: zeros([1]), b: zeros([1]) };

function step() {
  parameters = treeMap((p, g) => sub(p, mul(0.01, g)), parameters, gradient(parameters));
}

runSteps(step, () => [...toTypedArray(parameters.W), ...toTypedArray(parameters.b)]);
