/** Cotangent: differentiate, vectorise and stage pure functions over typed, immutable tensors. */

export type * from "./types/index.js";
export { attempt, orThrow, type OrThrow } from "./errors/either.js";
export type { ErrorDetails, ErrorKind } from "./errors/error-details.js";
export { TensorError } from "./errors/tensor-error.js";
export type { PrintOptions } from "./tensor/print.js";
export type { Backend, Explanation } from "./program/backend.js";
export { programToString } from "./program/print.js";
export type { Equation, Program } from "./program/program.js";
export { optionsOf } from "./trace/options.js";
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
export * from "./ops/range.js";
export { fromBytes, fromTypedArray, type DTypeOfArray } from "./ops/from-array.js";
export { dtypeOf, expectShape, isTensor, rankOf, shapeOf, sizeOf } from "./ops/inspect.js";
export { additiveMonoid, print, tensorEq, tensorShow } from "./ops/instances.js";
export { item, toArray, toTypedArray, type ArrayOf, type Nesting } from "./ops/read.js";
export { fromTransferable, toTransferable, type Transferable } from "./ops/transfer.js";

export { clip, isClose, nanToNum, safeWhere, select } from "./ops/choose.js";
export { dot, inner, tensorDot, vdot } from "./ops/contract.js";
export { conv, convTranspose } from "./ops/conv.js";
export { cov, corrCoef } from "./ops/covariance.js";
export { cumSum } from "./ops/cumulative.js";
export { einsum } from "./ops/einsum.js";
export { flip, roll, rot90 } from "./ops/flip.js";
export { concatenate, hStack, stack, vStack } from "./ops/join.js";
export { logSumExp } from "./ops/log-sum-exp.js";
export { matmul } from "./ops/matmul.js";
export { mean, std, variance } from "./ops/moments.js";
export { nanMax, nanMean, nanMin, nanSum } from "./ops/nan-reductions.js";
export { oneHot } from "./ops/one-hot.js";
export { kron, outer } from "./ops/outer.js";
export { pad } from "./ops/pad.js";
export { moveAxis, swapAxes, transpose } from "./ops/permute.js";
export { median, quantile } from "./ops/quantiles.js";
export { all, any, argMax, argMin, countNonZero, max, min, prod, sum } from "./ops/reduce.js";
export { repeat, tile } from "./ops/repeat.js";
export { reduceWindow } from "./ops/reduce-window.js";
export { broadcastTo, expandDims, ravel, reshape, squeeze } from "./ops/reshape.js";
export { slice } from "./ops/slice.js";
export { argSort, sort } from "./ops/sort.js";
export { split } from "./ops/split.js";
export { take, takeAlongAxis } from "./ops/take.js";

export * from "./ops/ravel-tree.js";
export * from "./ops/partition.js";
export * from "./ops/tree-map.js";

export { explainCompilation } from "./compile/explain-compilation.js";
export { explainRetrace } from "./compile/explain-retrace.js";
export { jit } from "./compile/jit.js";
export { checkpoint } from "./transforms/checkpoint.js";
export { customJvp } from "./transforms/custom-jvp.js";
export { customVjp } from "./transforms/custom-vjp.js";
export { cond, switchCase } from "./transforms/cond.js";
export { grad, valueAndGrad } from "./transforms/grad.js";
export { hessian, hvp, jacfwd, jacrev } from "./transforms/jacobian.js";
export { jvp } from "./transforms/jvp.js";
export { linearTranspose } from "./transforms/linear-transpose.js";
export { linearize, vjp } from "./transforms/linearize.js";
export { foriLoop, map, scan } from "./transforms/scan.js";
export { evalShape, stage, type ShapeAndDType, type ShapesOf } from "./transforms/stage.js";
export { vmap } from "./transforms/vmap.js";
export { whileLoop } from "./transforms/while-loop.js";

export { checkKeys } from "./random/check-keys.js";
export type { Key } from "./random/key.js";
