/**
 * Workloads 14 and 15 with jax-js. `naive` writes `.ref` on every use and disposes of nothing, as someone
 * does who met "array used after free".
 */
import { finishStartup, mode, runSteps } from "../../harness/whole-process.mjs";
import { grad, np, tree } from "./library.mjs";

if (mode === "startup") finishStartup(grad((x) => x.ref.mul(x).sum())(np.array([1, 2, 3])).dataSync());

const x = np.array([[1], [2], [3]]);
const y = np.array([[2], [4], [6]]);
const gradient = grad(({ W, b }) => np.square(x.ref.mul(W).add(b).sub(y.ref)).mean());
let parameters = { W: np.zeros([1]), b: np.zeros([1]) };

function naive() {
  const { W, b } = gradient(tree.ref(parameters));
  return { W: parameters.W.ref.sub(W.ref.mul(0.01)), b: parameters.b.ref.sub(b.ref.mul(0.01)) };
}

const idiomatic = () => tree.map((p, g) => p.sub(g.mul(0.01)), parameters, gradient(tree.ref(parameters)));

// Both parameters are read every step, else the pending work grows.
const read = () => [parameters.W.ref.dataSync()[0], parameters.b.ref.dataSync()[0]];

function step() {
  parameters = mode === "naive" ? naive() : idiomatic();
  read();
}

runSteps(step, read);
