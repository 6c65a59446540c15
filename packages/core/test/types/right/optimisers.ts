/** Updates have the type of the gradients, new parameters that of the parameters. */
import { grad, mul, pow, sum, type Tensor, valueAndGrad, zeros } from "@cotangent/core";
import * as optim from "@cotangent/optim";
import { is } from "../is.js";

interface Params {
  readonly weight: Tensor<[3]>;
  readonly steps: Tensor<[], "int32">;
}
interface Gradients {
  readonly weight: Tensor<[3]>;
  readonly steps: null;
}
declare const params: Params;
const loss = (p: Params) => sum(p.weight);
const gradients = grad(loss)(params);
const adam = optim.adam({ learningRate: 1e-3, betas: [0.9, 0.99] });
const composed = optim.chain(
  optim.clipByGlobalNorm({ maxNorm: 1 }),
  optim.sgd({ learningRate: 0.1, momentum: 0.9 }),
);

is<Gradients>()(adam.update(gradients, adam.init(params), params)[0]);
is<Tensor<[3]>>()(adam.init(params).firstMoment.weight);
is<null>()(adam.init(params).secondMoment.steps);
is<Params>()(optim.applyUpdates(params, gradients));
is<Gradients>()(composed.update(gradients, composed.init(params), params)[0]);
is<Tensor<[], "float32" | "float64">>()(optim.globalNorm(zeros([3])));
is<Tensor<[], "int32">>()(optim.sgd({ learningRate: (step) => mul(0.1, pow(0.99, step)) }).init(params).step);

// A training step is a fold: its state has the same type before and after.
const begin = { params, optimizer: adam.init(params) };
type State = typeof begin;
const step = (state: State): State => {
  const [, grads] = valueAndGrad(loss)(state.params);
  const [updates, optimizer] = adam.update(grads, state.optimizer, state.params);
  return { params: optim.applyUpdates(state.params, updates), optimizer };
};
is<State>()([1, 2, 3].reduce(step, begin));
