/** Operations of random large programs, and what they are made with. Floats stay near 1, whole numbers are small. */

import { negative, plus } from "../../src/primitives/additive.js";
import { less } from "../../src/primitives/comparison.js";
import { exp, log } from "../../src/primitives/exponential.js";
import { times } from "../../src/primitives/multiplicative.js";
import { sqrt } from "../../src/primitives/powers.js";
import { div } from "../../src/primitives/quotient.js";
import { mod } from "../../src/primitives/rounding.js";
import { dtypes, isFloating } from "../../src/tensor/dtype.js";
import type { Value } from "../../src/tensor/value.js";
import { fitted, like, lowBits, onValues } from "./fitted.js";

/** Which dtypes an operation takes: its first operand is converted to one of them. */
export type Takes = "floats" | "numbers" | "integers" | "bools" | "all";

/** Of two values, the second of any shape and dtype, and a number that decides what is left to decide. */
export type Gives = (x: Value, y: Value, choice: number) => Value;

/** Operations by name. */
export type Family = Readonly<Record<string, readonly [takes: Takes, gives: Gives]>>;

/** Of the first value alone. */
export const unary = (f: (x: never) => unknown): Gives => {
  const of = onValues(f);
  return (x) => of(x);
};

/** The second is made to fit the first; the choice swaps them. */
export const binary = (f: (a: never, b: never) => unknown): Gives => {
  const of = onValues(f);
  return (x, y, choice) => (choice % 2 === 0 ? of(x, fitted(y, x)) : of(fitted(y, x), x));
};

/** e to the power of a value. */
export const exponential = onValues(exp);
/** The natural logarithm. */
export const logarithm = onValues(log);
/** The square root. */
export const root = onValues(sqrt);
/** The first by the second. */
export const quotient = onValues(div);
/** Of the first by the second, with the sign of the second. */
export const remainder = onValues(mod);
/** Where the first is less than the second. */
export const isLess = onValues(less);

/** 1 more. */
export const onePlus = (x: Value): Value => plus(x, like(x, 1));
/** A value times itself. */
export const squared = (x: Value): Value => times(x, x);
/** A number from 0 to 1. */
export const bell = (x: Value): Value => exponential(negative(squared(x)));
/** What adds up or multiplies, as large as one again. */
export const small = (x: Value): Value => (isFloating(x.dtype) ? times(x, like(x, 1 / 16)) : lowBits(x, 31));
/** Bounded whole numbers, and floats as they are. */
export const bounded = (x: Value): Value => (isFloating(x.dtype) ? x : lowBits(x, 31));

/** All axes of a value. */
export const axesUpTo = ({ shape }: Value): readonly number[] => shape.map((_, axis) => axis);
/** One of all dtypes. */
export const chosenDType = (choice: number): (typeof dtypes)[number] =>
  dtypes[choice % dtypes.length] ?? "float32";

/** Of values that have an axis; others stay as they are. */
export const along =
  (f: (x: Value, axis: number, y: Value, choice: number) => Value): Gives =>
  (x, y, choice) =>
    x.shape.length === 0 ? x : f(x, choice % x.shape.length, y, choice);

/** The last axis, the first, or all. */
export const axesOf = (x: Value, choice: number): readonly number[] => {
  const all = axesUpTo(x);
  return [all.slice(-1), all.slice(0, 1), all][choice % 3] ?? all;
};
