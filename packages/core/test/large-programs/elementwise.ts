/** Operations that work element by element. */

import { negative, plus, sub } from "../../src/primitives/additive.js";
import { bitwiseNot, bitwiseOr, bitwiseXor, shiftLeft, shiftRight } from "../../src/primitives/bitwise.js";
import {
  equal,
  less,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
} from "../../src/primitives/comparison.js";
import { reverse } from "../../src/primitives/concatenate-flip.js";
import { convertTo } from "../../src/primitives/convert.js";
import { fill } from "../../src/primitives/define.js";
import { log1p, sigmoid } from "../../src/primitives/exponential.js";
import { maximum, minimum } from "../../src/primitives/extremum.js";
import { times } from "../../src/primitives/multiplicative.js";
import { hypot } from "../../src/primitives/powers.js";
import { square } from "../../src/primitives/quotient.js";
import { abs, floorDivide, round, sign } from "../../src/primitives/rounding.js";
import { choose } from "../../src/primitives/select.js";
import { sin, tanh } from "../../src/primitives/trigonometry.js";
import type { Value } from "../../src/tensor/value.js";
import { fitted, inDType, inShape, like, lowBits, onValues } from "./fitted.js";
import {
  type Family,
  axesUpTo,
  bell,
  binary,
  bounded,
  chosenDType,
  isLess,
  logarithm,
  onePlus,
  quotient,
  remainder,
  root,
  squared,
  unary,
} from "./operation.js";

/** Of two numbers. */
export const arithmetic: Family = {
  quotient: ["floats", (x, y) => quotient(x, onePlus(squared(fitted(y, x))))],
  hypot: ["floats", binary(hypot)],
  plus: ["numbers", binary(plus)],
  sub: ["numbers", binary(sub)],
  times: ["numbers", binary((a: Value, b: Value) => bounded(times(a, b)))],
  maximum: ["numbers", binary(maximum)],
  minimum: ["numbers", binary(minimum)],
  smallerOf: ["numbers", (x, y) => choose(isLess(x, fitted(y, x)), x, fitted(y, x))],
};

/** Of one number. */
export const functions: Family = {
  tanh: ["floats", unary(tanh)],
  sin: ["floats", unary(sin)],
  sigmoid: ["floats", unary(sigmoid)],
  bell: ["floats", bell],
  logarithm: ["floats", (x) => logarithm(onePlus(squared(x)))],
  log1p: ["floats", (x) => onValues(log1p)(squared(x))],
  root: ["floats", (x) => root(onePlus(squared(x)))],
  round: ["floats", (x) => onValues(round)(plus(times(x, like(x, 4)), like(x, 0.137)))],
  negative: ["numbers", negative],
  abs: ["numbers", unary(abs)],
  sign: ["numbers", unary(sign)],
  square: ["numbers", (x) => bounded(onValues(square)(x))],
  constant: ["numbers", (x, _y, choice) => times(x, like(x, [0, 1, 2, 0.5, -1][choice % 5] ?? 1))],
};

/** Of whole numbers and bools, and between dtypes. */
export const bits: Family = {
  less: ["floats", (x, y) => isLess(x, plus(fitted(y, x), like(x, 0.00137)))],
  lessOrNot: ["integers", binary(less)],
  equal: ["integers", binary(equal)],
  bitwiseOr: ["integers", binary(bitwiseOr)],
  bitwiseXor: ["integers", binary(bitwiseXor)],
  bitwiseNot: ["integers", unary(bitwiseNot)],
  shiftLeft: ["integers", (x, y) => onValues(shiftLeft)(lowBits(x, 7), lowBits(fitted(y, x), 3))],
  shiftRight: ["integers", (x, y) => onValues(shiftRight)(x, lowBits(fitted(y, x), 3))],
  mod: ["integers", (x, y) => remainder(x, onePlus(lowBits(fitted(y, x), 7)))],
  floorDivide: ["integers", (x, y) => onValues(floorDivide)(x, onePlus(lowBits(fitted(y, x), 7)))],
  logicalAnd: ["bools", binary(logicalAnd)],
  logicalOr: ["bools", binary(logicalOr)],
  logicalXor: ["bools", binary(logicalXor)],
  logicalNot: ["bools", unary(logicalNot)],
  where: ["bools", (x, y) => choose(x, inShape(y, x.shape), fill(1, { shape: x.shape, dtype: y.dtype }))],
  chosen: ["all", (x, y) => choose(fitted(y, { shape: x.shape, dtype: "bool" }), x, reverse(x, axesUpTo(x)))],
  convert: ["integers", (x, _y, choice) => convertTo(lowBits(x, 15), chosenDType(choice))],
  converted: ["all", (x, _y, choice) => inDType(x, chosenDType(choice))],
};
