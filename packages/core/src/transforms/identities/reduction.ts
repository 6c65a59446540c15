/** Identities of reductions: of what is repeated, of axes of length 1, of axes in another order. */

import { apply, fill } from "../../primitives/define.js";
import { plus } from "../../primitives/additive.js";
import { times } from "../../primitives/multiplicative.js";
import {
  allPrimitive,
  anyPrimitive,
  maxPrimitive,
  minPrimitive,
  prodPrimitive,
} from "../../primitives/reductions.js";
import { dropAxes, type ReduceParams } from "../../primitives/reduction-shape.js";
import { permutePrimitive, reshape } from "../../primitives/reshape.js";
import { broadcast, broadcastPrimitive, keptAxes, sumPrimitive } from "../../primitives/sum-broadcast.js";
import type { Primitive } from "../../program/primitive.js";
import { isFloating } from "../../tensor/dtype.js";
import { sameShape, sizeOfShape } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import type { DType } from "../../types/tensor.js";
import { identity, type Identity, type Surroundings } from "../rewrite.js";
import { isNeverNegativeZero, splatOf } from "./splat.js";

/** Where the reduced axes of a value are all repetitions, what is repeated there, with the axes that are left. */
interface Repeated {
  readonly source: Value;
  /** How often each element comes. */
  readonly count: number;
  /** From a value of the source's shape to the result's shape. */
  readonly finish: (value: Value) => Value;
  /** How many equations that is. */
  readonly cost: number;
}

const repeatedAlong = (x: Value, reduced: readonly number[], around: Surroundings): Repeated | undefined => {
  const given = around.givenBy(broadcastPrimitive, x);
  const [source] = given?.inputs ?? [];
  if (given === undefined || source === undefined) return undefined;
  const { shape, axes } = given.params;
  const isRepeated = (axis: number): boolean => {
    const from = axes.indexOf(axis);
    return from < 0 || (source.shape[from] === 1 && shape[axis] !== 1);
  };
  if (reduced.length === 0 || !reduced.every(isRepeated)) return undefined;
  const left = keptAxes(shape, reduced);
  const keptSource = axes.flatMap((axis, index) => (reduced.includes(axis) ? [] : [index]));
  const narrow = keptSource.map((index) => source.shape[index] ?? 1);
  const result = left.map((axis) => shape[axis] ?? 1);
  const placed = keptSource.map((index) => left.indexOf(axes[index] ?? -1));
  return {
    source,
    count: sizeOfShape(reduced.map((axis) => shape[axis] ?? 1)),
    finish: (value) => broadcast(reshape(value, narrow), result, placed),
    cost: (keptSource.length < source.shape.length ? 1 : 0) + (sameShape(result, narrow) ? 0 : 1),
  };
};

/** Whether n x is the sum of n times x, bit for bit: float32 is summed in float64, integers wrap. */
const isExactCount = (count: number, dtype: DType): boolean =>
  dtype === "float64"
    ? count <= 3
    : dtype === "float32"
      ? Math.fround(count) === count && count <= 2 ** 24
      : dtype !== "bool" && count <= 2 ** 20;

/** The total that is n x, but +0 where x is -0: a sum begins with +0. */
const countTimes = (x: Value, count: number, isPlain: boolean): Value => {
  const product = count === 1 ? x : times(x, fill(count, x));
  return isPlain ? product : plus(product, fill(0, x));
};

/** The same reduction of the operand of a transpose, where what is left stands in the same order. */
const beforeTranspose = (
  of: Primitive<ReduceParams>,
  x: Value,
  axes: readonly number[],
  around: Surroundings,
): Value | undefined => {
  const given = around.givenBy(permutePrimitive, x);
  const [source] = given?.inputs ?? [];
  if (given === undefined || source === undefined) return undefined;
  const { permutation } = given.params;
  const left = keptAxes(x.shape, axes).map((axis) => permutation[axis] ?? axis);
  return left.every((axis, index) => index === 0 || axis > (left[index - 1] ?? -1))
    ? apply(of, [source], { axes: axes.map((axis) => permutation[axis] ?? axis).sort((a, b) => a - b) })
    : undefined;
};

const areOnes = (x: Value, axes: readonly number[]): boolean => axes.every((axis) => x.shape[axis] === 1);

/** Reductions whose result does not depend on the order, and of equal elements is that element. */
const orderFree = (of: Primitive<ReduceParams>, keepsOne: boolean): Identity =>
  identity(of, ([x], { axes }, around) => {
    if (x === undefined) return undefined;
    const same = keepsOne || x.dtype === "bool"; // all and any of other dtypes give bools
    if (same && areOnes(x, axes)) return reshape(x, dropAxes(x.shape, axes));
    const repeated = same ? repeatedAlong(x, axes, around) : undefined;
    if (repeated !== undefined && repeated.count > 0 && repeated.cost <= (around.isReadOnce(x) ? 2 : 1))
      return repeated.finish(repeated.source);
    return beforeTranspose(of, x, axes, around);
  });

export const reduction = (): readonly Identity[] => [
  identity(sumPrimitive, ([x], { axes }, around) => {
    if (x === undefined) return undefined;
    if (areOnes(x, axes) && isNeverNegativeZero(x, around)) return reshape(x, dropAxes(x.shape, axes));
    const element = splatOf(x);
    const number = sizeOfShape(axes.map((axis) => x.shape[axis] ?? 1));
    if (element !== undefined && isExactCount(number, x.dtype) && isFloating(x.dtype)) {
      return fill(element * number + 0, { shape: dropAxes(x.shape, axes), dtype: x.dtype });
    }
    const repeated = repeatedAlong(x, axes, around);
    if (repeated !== undefined && isExactCount(repeated.count, x.dtype)) {
      const isPlain = isNeverNegativeZero(repeated.source, around);
      if (repeated.count === 0) return fill(0, { shape: dropAxes(x.shape, axes), dtype: x.dtype });
      const cost = repeated.cost + (isPlain ? 0 : 1) + (repeated.count === 1 ? 0 : 1);
      if (cost <= (around.isReadOnce(x) ? 2 : 1))
        return repeated.finish(countTimes(repeated.source, repeated.count, isPlain));
    }
    return isFloating(x.dtype) ? undefined : beforeTranspose(sumPrimitive, x, axes, around);
  }),
  orderFree(maxPrimitive, true),
  orderFree(minPrimitive, true),
  orderFree(allPrimitive, false),
  orderFree(anyPrimitive, false),
  identity(prodPrimitive, ([x], { axes }) =>
    x !== undefined && areOnes(x, axes) ? reshape(x, dropAxes(x.shape, axes)) : undefined,
  ),
];
