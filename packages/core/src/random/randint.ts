/** Whole numbers of a range. */

import type { Integer, Operand, Shape, Tensor } from "../types/tensor.js";
import { add, sub } from "../primitives/additive.js";
import { equal, greater } from "../primitives/comparison.js";
import { convertTo } from "../primitives/convert.js";
import { mul } from "../primitives/multiplicative.js";
import { mod } from "../primitives/rounding.js";
import { where } from "../primitives/select.js";
import { randomBits } from "../primitives/threefry.js";
import { scalarTensor } from "../tensor/array-tensor.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { asDType, asParameter, asShape, stretch } from "./arguments.js";
import { checkEnds } from "./known-values.js";
import { asKey, splitKey, type Key } from "./key.js";

/** The option of `randint`. */
export interface IntegerOptions<D> {
  /** What is drawn; int32 if left out. */
  readonly dtype?: D | undefined;
}

const integerDTypes: readonly Integer[] = ["int32", "uint32"];

/** One more than the largest number: as an upper end, it lets all numbers be drawn. */
const limits = { int32: 2 ** 31, uint32: 2 ** 32 } as const;

/**
 * Whole numbers from `minval` to below `maxval`, all (nearly) equally likely; `minval` where the two are equal.
 *
 * The ends are numbers, or tensors that broadcast to the shape. As in JAX, two words make one number where the range is
 * below 2¹⁶, one where it is larger; the odds differ by at most the range over 2⁴⁸ and 2³².
 *
 * Out: the shape, int32 or what `dtype` says.
 *
 * @throws TensorError when it is not given a key, the shape is none, the dtype is no integer's, an end does not fit shape
 * and dtype, or `minval` is above `maxval`; ends whose values are not known are not compared, and give `minval`.
 * @see `jax.random.randint`.
 * @example
 * ```ts
 * import { toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 *
 * toArray(random.randint(random.key(0), [5], 1, 7)); // five throws of a die
 * ```
 */
export const randint = <const S extends Shape, D extends Integer = "int32">(
  key: Key,
  shape: S,
  minval: Operand,
  maxval: Operand,
  options?: IntegerOptions<D>,
): Tensor<S, NoInfer<D>> => {
  const operation = "random.randint";
  const lengths = asShape(operation, shape);
  const dtype = asDType(operation, optionsOf(operation, options, ["dtype"]).dtype ?? "int32", integerDTypes);
  return drawIntegers("randint", asKey(operation, key), lengths, dtype, minval, maxval);
};

/** The whole numbers of a sampler. */
export const drawIntegers = (
  by: string,
  key: Value,
  shape: Shape,
  dtype: Integer,
  minval: unknown,
  maxval: unknown,
): Value => {
  const operation = `random.${by}`;
  const limit = limits[dtype];
  const isOpen = maxval === limit;
  const low = asParameter(operation, "minval", minval, dtype);
  const high = isOpen ? scalarTensor(limit - 1, dtype) : asParameter(operation, "maxval", maxval, dtype);
  if (!isOpen) checkEnds(operation, { names: ["minval", "maxval"], low, high, mayBeEqual: true });
  const start = stretch(operation, "minval", low, shape);
  const difference = add(convertTo(sub(high, low), "uint32"), isOpen ? 1 : 0);
  const span = asTensor(operation, where(asTensor(operation, greater(high, low)), difference, 1));
  const [forHigh, forLow] = splitKey(by, key, 2) as [Value, Value]; // two, as asked
  const words = [forHigh, forLow].map((half) => randomBits(half, shape, "word", by)) as [Value, Value];
  const offset = remainder(words, span, (x) => stretch(operation, "maxval", x, shape));
  // A span of 2³² is stored as 0: every word is a number of the range.
  const drawn = isOpen ? asTensor(operation, where(equal(span, 0), words[1], offset)) : offset;
  return add(convertTo(drawn, dtype), start);
};

/**
 * The remainder of a number of 64 bits: (2³² mod span) · (high mod span) + (low mod span), modulo span. 2³² is made as the
 * square of 2¹⁶, which is 0 in 32 bits where the span is larger than 2¹⁶.
 */
const remainder = (
  [high, low]: readonly [Value, Value],
  span: Value,
  stretched: (x: Value) => Value,
): Value => {
  const root = mod(2 ** 16, span);
  const multiplier = stretched(mod(mul(root, root), span));
  const divisor = stretched(span);
  return mod(add(mul(mod(high, divisor), multiplier), mod(low, divisor)), divisor);
};
