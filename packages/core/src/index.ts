/** Cotangent: differentiate, vectorise and stage pure functions over typed, immutable tensors. */

export type * from "./types/index.js";
export { attempt, orThrow, type OrThrow } from "./errors/either.js";
export type { ErrorDetails, ErrorKind } from "./errors/error-details.js";
export { TensorError } from "./errors/tensor-error.js";
export type { PrintOptions } from "./tensor/print.js";
export { programToString } from "./program/print.js";
export type { Equation, Program } from "./program/program.js";
export { registerNode, type NodeDefinition } from "./tree/node.js";

export { add, neg, sub } from "./primitives/additive.js";
export { mul } from "./primitives/multiplicative.js";
export { div, reciprocal, square } from "./primitives/quotient.js";
export * from "./primitives/exponential.js";
export * from "./primitives/powers.js";
export * from "./primitives/trigonometry.js";
export * from "./primitives/rounding.js";
export * from "./primitives/extremum.js";
export * from "./primitives/comparison.js";
export * from "./primitives/bitwise.js";
export { digamma, erf, erfc, erfInv, lgamma } from "./primitives/special.js";
export { where } from "./primitives/select.js";
export { bitcast, convert, stopGradient } from "./primitives/convert.js";

export * from "./ops/make.js";
export {
  additiveMonoid,
  dtypeOf,
  expectShape,
  fromBytes,
  fromTransferable,
  fromTypedArray,
  isTensor,
  item,
  print,
  rankOf,
  shapeOf,
  sizeOf,
  tensorEq,
  tensorShow,
  toArray,
  toTransferable,
  toTypedArray,
  type ArrayOf,
  type DTypeOfArray,
  type Nesting,
  type Transferable,
} from "./ops/read.js";

export * from "./ops/ravel-tree.js";
export * from "./ops/tree-map.js";

export { grad, valueAndGrad } from "./transforms/grad.js";
export { hessian, hvp, jacfwd, jacrev } from "./transforms/jacobian.js";
export { jvp } from "./transforms/jvp.js";
export { linearTranspose } from "./transforms/linear-transpose.js";
export { linearize, vjp } from "./transforms/linearize.js";
export { evalShape, stage, type ShapeAndDType, type ShapesOf } from "./transforms/stage.js";
export { vmap } from "./transforms/vmap.js";
