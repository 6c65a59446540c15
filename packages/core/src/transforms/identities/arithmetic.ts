/** Identities of arithmetic that hold bit for bit, with -0, infinities and NaN, and for integers that wrap. */

import { add, addPrimitive, negative, negPrimitive, sub, subPrimitive } from "../../primitives/additive.js";
import { fill } from "../../primitives/define.js";
import { mulPrimitive, times } from "../../primitives/multiplicative.js";
import { div } from "../../primitives/quotient.js";
import { where } from "../../primitives/select.js";
import { isFloating, isInteger } from "../../tensor/dtype.js";
import type { Value } from "../../tensor/value.js";
import { asTensor } from "../../trace/operands.js";
import type { Primitive } from "../../program/primitive.js";
import { identity, type Identity, type Surroundings } from "../rewrite.js";
import { isNeverNegativeZero, isSplat, primitiveOf, splatOf } from "./splat.js";

const difference = (a: Value, b: Value): Value => asTensor("sub", sub(a, b));
const total = (a: Value, b: Value): Value => asTensor("add", add(a, b));

/** Whether x + zero is x: -0 always is neutral, +0 where x is never -0. */
const isNeutral = (zero: Value | undefined, x: Value | undefined, around: Surroundings): boolean =>
  isSplat(zero, -0) || (isSplat(zero, 0) && isNeverNegativeZero(x, around));

/** 1 / x where that is exact, so that dividing by x is multiplying by it: a power of two whose reciprocal is normal. */
const exactReciprocal = (x: number): number | undefined => {
  const magnitude = Math.abs(x);
  const isPower =
    magnitude >= 2 ** -100 &&
    magnitude <= 2 ** 100 &&
    Number.isInteger(Math.log2(magnitude)) &&
    2 ** Math.log2(magnitude) === magnitude;
  return isPower ? 1 / x : undefined;
};

const ofDivision = /* @__PURE__ */ primitiveOf(div) as Primitive; // every elementwise operation carries its record
const ofSelection = /* @__PURE__ */ primitiveOf(where) as Primitive;

export const arithmetic = (): readonly Identity[] => [
  // a + 0 = a, a + (-b) = a - b, (-a) + b = b - a
  identity(addPrimitive, ([a, b], _params, around) => {
    if (a === undefined || b === undefined) return undefined;
    if (isNeutral(b, a, around)) return a;
    if (isNeutral(a, b, around)) return b;
    const [right] = around.givenBy(negPrimitive, b)?.inputs ?? [];
    if (right !== undefined) return difference(a, right);
    const [left] = around.givenBy(negPrimitive, a)?.inputs ?? [];
    return left === undefined ? undefined : difference(b, left);
  }),
  // a - 0 = a, 0 - b = -b, a - (-b) = a + b; of integers a - a = 0
  identity(subPrimitive, ([a, b], _params, around) => {
    if (a === undefined || b === undefined) return undefined;
    if (isSplat(b, 0) || (isSplat(b, -0) && isNeverNegativeZero(a, around))) return a;
    if (isSplat(a, isFloating(a.dtype) ? -0 : 0)) return negative(b);
    if (a === b && !isFloating(a.dtype)) return fill(0, a);
    const [right] = around.givenBy(negPrimitive, b)?.inputs ?? [];
    return right === undefined ? undefined : total(a, right);
  }),
  // -(-x) = x, -(c x) = (-c) x; of integers -(a - b) = b - a
  identity(negPrimitive, ([x], _params, around) => {
    const [inner] = around.givenBy(negPrimitive, x)?.inputs ?? [];
    if (inner !== undefined) return inner;
    const [a, b] = around.givenBy(mulPrimitive, x)?.inputs ?? [];
    if (a !== undefined && b !== undefined) {
      const [c, d] = [splatOf(a), splatOf(b)];
      if (d !== undefined) return times(a, fill(-d, b));
      if (c !== undefined) return times(fill(-c, a), b);
    }
    const [left, right] = around.givenBy(subPrimitive, x)?.inputs ?? [];
    return left !== undefined && right !== undefined && isInteger(left.dtype)
      ? difference(right, left)
      : undefined;
  }),
  // 1 x = x, (-1) x = -x, (-a)(-b) = a b, c (-x) = (-c) x; of integers 0 x = 0
  identity(mulPrimitive, ([a, b], _params, around) => {
    if (a === undefined || b === undefined) return undefined;
    if (isSplat(b, 1)) return a;
    if (isSplat(a, 1)) return b;
    const minusOne = a.dtype === "uint32" ? 2 ** 32 - 1 : -1;
    if (isSplat(b, minusOne)) return negative(a);
    if (isSplat(a, minusOne)) return negative(b);
    if (isInteger(a.dtype) && (isSplat(a, 0) || isSplat(b, 0))) return fill(0, a);
    const [left] = around.givenBy(negPrimitive, a)?.inputs ?? [];
    const [right] = around.givenBy(negPrimitive, b)?.inputs ?? [];
    if (left !== undefined && right !== undefined) return times(left, right);
    const [c, d] = [splatOf(a), splatOf(b)];
    if (left !== undefined && d !== undefined) return times(left, fill(-d, b));
    return right !== undefined && c !== undefined ? times(fill(-c, a), right) : undefined;
  }),
  // x / 1 = x, x / (-1) = -x, (-a) / (-b) = a / b, x / 2ⁿ = 2⁻ⁿ x
  identity(ofDivision, ([a, b], _params, around) => {
    if (a === undefined || b === undefined) return undefined;
    if (isSplat(b, 1)) return a;
    if (isSplat(b, -1)) return negative(a);
    const reciprocal = exactReciprocal(splatOf(b) ?? NaN);
    if (reciprocal !== undefined) return times(a, fill(reciprocal, b));
    const [left] = around.givenBy(negPrimitive, a)?.inputs ?? [];
    const [right] = around.givenBy(negPrimitive, b)?.inputs ?? [];
    return left !== undefined && right !== undefined ? asTensor("div", div(left, right)) : undefined;
  }),
  // a where the condition is true throughout, or both are one
  identity(ofSelection, ([condition, a, b]) => {
    const test = splatOf(condition);
    return test === 1 || a === b ? a : test === 0 ? b : undefined;
  }),
];
