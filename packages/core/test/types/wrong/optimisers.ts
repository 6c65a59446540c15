/** An optimiser takes the gradients and the state that go with the parameters. */
import { add, grad, mul, sum, type Tensor, zeros } from "@cotangent/core";
import * as optim from "@cotangent/optim";

interface Params {
  readonly weight: Tensor<[3]>;
  readonly steps: Tensor<[], "int32">;
}
declare const params: Params;
const gradients = grad((p: Params) => sum(p.weight))(params);
const adam = optim.adam({ learningRate: 1e-3 });
const state = adam.init(params);
const [updates, next] = adam.update(gradients, state, params);

// @ts-expect-error misspells the learning rate
optim.adam({ lr: 1e-3 });

// @ts-expect-error gives the learning rate without options
optim.sgd(0.1);

// @ts-expect-error gives one of two decays
optim.adam({ betas: [0.9] });

// @ts-expect-error gives a schedule that is not a number
optim.adam({ learningRate: () => zeros([3]) });

// @ts-expect-error updates without the parameters
adam.update(gradients, state);

// @ts-expect-error updates without a state
adam.update(gradients, params);

// @ts-expect-error updates with the state of another optimiser
adam.update(gradients, optim.sgd({ momentum: 0.9 }).init(params), params);

// @ts-expect-error updates with the state of other parameters
adam.update(gradients, adam.init({ weight: zeros([4]) }), params);

// @ts-expect-error updates with gradients of another shape
adam.update({ weight: zeros([4]), steps: null }, state, params);

// @ts-expect-error updates with a gradient at an integer leaf
adam.update({ weight: zeros([3]), steps: zeros([], { dtype: "int32" }) }, state, params);

// @ts-expect-error updates with gradients of another tree
adam.update({ bias: zeros([3]) }, state, params);

// @ts-expect-error gives the parameters first
adam.update(params, state, gradients);

// @ts-expect-error takes the pair of updates and state for the updates
optim.applyUpdates(params, adam.update(gradients, state, params));

// @ts-expect-error applies updates of another shape
optim.applyUpdates(params, { weight: zeros([4]), steps: null });

// @ts-expect-error applies the state for the updates
optim.applyUpdates(params, next);

// @ts-expect-error adds to the update of an integer leaf
add(updates.steps, 1);

// @ts-expect-error reads a moment of a leaf that has none
mul(next.firstMoment.steps, 2);

// @ts-expect-error scales without a factor
optim.scale({});

// @ts-expect-error composes with a number
optim.chain(optim.scale({ factor: 2 }), 0.1);

// @ts-expect-error updates a composition with the state of a part
optim.chain(optim.scale({ factor: 2 }), adam).update(gradients, state, params);
