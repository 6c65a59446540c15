/**
 * The operations data last, for `pipe`: `P.f(...rest)(x) = f(x, ...rest)`, always called (`P.sum()`).
 * Operations of one tensor alone are the same as in the index: whole families are re-exported, and those of
 * more operands among them are replaced by the explicit exports.
 *
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as P from "@cotangent/core/pipe";
 * import { pipe } from "fp-ts/lib/function.js";
 *
 * toArray(pipe(tensor([1, 4, 9]), P.sqrt, P.sub(1), P.sum())); // 3
 * ```
 */

export * from "../primitives/exponential.js";
export * from "../primitives/powers.js";
export * from "../primitives/trigonometry.js";
export * from "../primitives/rounding.js";
export * from "../primitives/comparison.js";
export { neg } from "../primitives/additive.js";
export { reciprocal, square } from "../primitives/quotient.js";
export { digamma, erf, erfc, erfInv, lgamma } from "../primitives/special.js";
export { bitwiseNot } from "../primitives/bitwise.js";
export { stopGradient } from "../primitives/convert.js";
export { ravel } from "../ops/reshape.js";
export { hStack, vStack } from "../ops/join.js";
export { dtypeOf, isTensor, rankOf, shapeOf, sizeOf } from "../ops/inspect.js";
export { item, toArray, toTypedArray } from "../ops/read.js";
export { toTransferable } from "../ops/transfer.js";

export {
  add,
  atan2,
  bitcast,
  bitwiseAnd,
  bitwiseOr,
  bitwiseXor,
  clip,
  convert,
  copySign,
  div,
  equal,
  floorDivide,
  greater,
  greaterEqual,
  hypot,
  isClose,
  less,
  lessEqual,
  logAddExp,
  logicalAnd,
  logicalOr,
  logicalXor,
  maximum,
  minimum,
  mod,
  mul,
  nanToNum,
  nextAfter,
  notEqual,
  pow,
  safeWhere,
  select,
  shiftLeft,
  shiftRight,
  sub,
  where,
  xlogy,
} from "./elementwise.js";
export * from "./conv.js";
export * from "./make.js";
export * from "./reduce.js";
export * from "./shape.js";
export * from "./transforms.js";
