/** Neural networks: layers as pairs of pure functions, activations, losses. */

export { sigmoid, tanh } from "@cotangent/core";

export type {
  AnyLayer,
  Kind,
  Layer,
  Mode,
  Noise,
  NoisyLayer,
  NoParams,
  Params,
  Part,
  PlainFunction,
  State,
  StatefulLayer,
  WithState,
} from "./layer/layer.js";
export type { Applied, MapShape, SameShape, ShapeMap } from "./layer/shape-map.js";

export { flatten, type FlattenMap, type FlattenOptions } from "./layers/flatten.js";
export { linear, type LinearMap, type LinearOptions, type LinearParams } from "./layers/linear.js";
export { sequential, type Sequential, type SequentialLayer } from "./layers/sequential.js";

export { relu } from "./activations/relu.js";
export { logSoftmax, softmax } from "./activations/softmax.js";

export {
  binaryCrossEntropy,
  type BinaryCrossEntropy,
  type BinaryCrossEntropyOptions,
} from "./losses/binary-cross-entropy.js";
export { crossEntropy, type CrossEntropy, type CrossEntropyOptions } from "./losses/cross-entropy.js";
export { mse, type Mse, type MseOptions } from "./losses/mse.js";
export type { LossReduction, ReductionOption } from "./losses/reduction.js";

export { countParameters } from "./look/count-parameters.js";
export { summary } from "./look/summary.js";
