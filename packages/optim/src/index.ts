/** Optimisers as pairs of pure functions over any tree of tensors. */

export { adam, adamOptions, type AdamOptions, type AdamState, type AdamStateOf } from "./adam.js";
export { applyUpdates } from "./apply-updates.js";
export { chain, type ChainState } from "./chain.js";
export {
  clipByGlobalNorm,
  clipByGlobalNormOptions,
  type ClipByGlobalNormOptions,
} from "./clip-by-global-norm.js";
export { globalNorm } from "./global-norm.js";
export type { AnyOptimizer, Optimizer, StateFor, Stateless, StateOf, StateTypeOf } from "./optimizer.js";
export { scale, scaleOptions, type ScaleOptions } from "./scale.js";
export type { Count, Schedule, Step } from "./schedule.js";
export { sgd, sgdOptions, type SgdOptions, type SgdState, type SgdStateOf } from "./sgd.js";
