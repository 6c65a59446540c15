/** Values of any shape and dtype made operands beside any others: by views, conversions, and rows again and again. */

import { plus } from "../../src/primitives/additive.js";
import { bitwiseAnd } from "../../src/primitives/bitwise.js";
import { equal, less } from "../../src/primitives/comparison.js";
import { joinAlong } from "../../src/primitives/concatenate-flip.js";
import { convertTo } from "../../src/primitives/convert.js";
import { fill } from "../../src/primitives/define.js";
import { times } from "../../src/primitives/multiplicative.js";
import { permute, reshape } from "../../src/primitives/reshape.js";
import { floor } from "../../src/primitives/rounding.js";
import { sliceAlong } from "../../src/primitives/slice-pad.js";
import { broadcast } from "../../src/primitives/sum-broadcast.js";
import { isFloating } from "../../src/tensor/dtype.js";
import { sameShape, sizeOfShape, type Aval } from "../../src/tensor/shape.js";
import type { Value } from "../../src/tensor/value.js";
import { asTensor } from "../../src/trace/operands.js";
import type { DType, Shape } from "../../src/types/tensor.js";

/** An operation typed by phantom shapes, as one of values. */
export const onValues =
  (f: (...operands: never[]) => unknown): ((...operands: readonly Value[]) => Value) =>
  (...operands) =>
    asTensor("onValues", f(...(operands as never[])));

const isLess = onValues(less);
const isEqual = onValues(equal);
const and = onValues(bitwiseAnd);
const whole = onValues(floor);

/** A number beside a value, in its dtype. */
export const like = (x: Value, number: number): Value => fill(number, x);

/** The low bits of whole numbers. */
export const lowBits = (x: Value, most: number): Value => and(x, like(x, most));

/**
 * The elements in another dtype: floats are sixteenths of whole numbers, and stay below 1. Where floats become something else,
 * the limits are none of the numbers that calculations give exactly: rounding would decide there.
 */
export const inDType = (x: Value, dtype: DType): Value => {
  if (x.dtype === dtype) return x;
  const isFloat = isFloating(x.dtype);
  if (dtype === "bool" && x.dtype !== "bool")
    return isFloat ? isLess(like(x, 0.137), x) : isEqual(lowBits(x, 1), like(x, 1));
  if (x.dtype === "bool" || isFloat === isFloating(dtype)) return convertTo(x, dtype);
  if (isFloat) return convertTo(whole(plus(times(x, like(x, 8)), like(x, 0.137))), dtype);
  const converted = convertTo(lowBits(x, 15), dtype);
  return times(converted, like(converted, 1 / 16));
};

/** The elements in another shape: turned, repeated, one row of many, or cut and repeated in their order. */
export const inShape = (x: Value, shape: Shape): Value => {
  if (sameShape(x.shape, shape)) return x;
  if (sameShape([...x.shape].reverse(), shape)) return permute(x, x.shape.map((_, axis) => axis).reverse());
  if (sizeOfShape(x.shape) === sizeOfShape(shape)) return reshape(x, shape);
  if (x.shape.length === 0) return broadcast(x, shape, []);
  const [length = 1] = x.shape;
  const along = shape.lastIndexOf(length);
  if (x.shape.length === 1 && along >= 0) return broadcast(x, shape, [along]);
  const axis = shape.length === 1 ? x.shape.lastIndexOf(shape[0] ?? -1) : -1;
  if (x.shape.length === 2 && axis >= 0) {
    const place = Math.min(5, (x.shape[1 - axis] ?? 1) - 1);
    return reshape(sliceAlong(x, 1 - axis, place, place + 1), shape);
  }
  const [has, wanted] = [sizeOfShape(x.shape), sizeOfShape(shape)];
  const flat = reshape(x, [has]);
  const enough =
    has < wanted
      ? joinAlong(
          Array.from({ length: Math.ceil(wanted / has) }, () => flat),
          0,
        )
      : flat;
  return reshape(sliceAlong(enough, 0, 0, wanted), shape);
};

/** The elements in another shape and dtype. */
export const fitted = (x: Value, { shape, dtype }: Aval): Value => inShape(inDType(x, dtype), shape);
