/** Arbitrary elements of a dtype. */

import * as fc from "fast-check";
import type { DType } from "../../types/tensor.js";
import { isFloating } from "../../tensor/dtype.js";
import { optionsOf } from "../../trace/options.js";

/** The options of `arbitraries.element`, and of the tensors that have such elements. */
export interface ElementOptions {
  /** The range; from -10 to 10 if left out, for bool from 0 to 1, for uint32 from 0. */
  readonly min?: number;
  readonly max?: number;
  /** Also NaN, the infinities, -0, the least and greatest numbers of the dtype, whatever the range. */
  readonly special?: boolean;
}

/** Their names. */
export const elementOptions = ["min", "max", "special"] as const;

const specials: Readonly<Record<DType, readonly number[]>> = {
  float32: [NaN, Infinity, -Infinity, -0, 2 ** -149, -(2 ** -126), (2 - 2 ** -23) * 2 ** 127],
  float64: [NaN, Infinity, -Infinity, -0, Number.MIN_VALUE, -(2 ** -1022), Number.MAX_VALUE],
  int32: [-(2 ** 31), 2 ** 31 - 1, -1],
  uint32: [2 ** 32 - 1, 2 ** 31],
  bool: [],
};

/** Floats are on this grid as often as not: exact in float32, and short. */
const grid = 1 / 16;

/** Numbers that a dtype holds, in a range; they shrink to short ones near 0. */
export const element = (dtype: DType, options?: ElementOptions): fc.Arbitrary<number> => {
  const { min, max, special = false } = optionsOf("element", options, elementOptions);
  const least = Math.max(min ?? -10, dtype === "int32" ? -(2 ** 31) : isFloating(dtype) ? -Infinity : 0);
  const greatest = Math.min(
    max ?? 10,
    dtype === "int32" ? 2 ** 31 - 1 : dtype === "uint32" ? 2 ** 32 - 1 : dtype === "bool" ? 1 : Infinity,
  );
  const inside = isFloating(dtype)
    ? floats(dtype, least, greatest)
    : fc.integer({ min: Math.ceil(least), max: Math.floor(greatest) });
  return special && specials[dtype].length > 0
    ? fc.oneof(
        { withCrossShrink: true },
        { arbitrary: inside, weight: 3 },
        { arbitrary: fc.constantFrom(...specials[dtype]), weight: 1 },
      )
    : inside;
};

const floats = (dtype: "float32" | "float64", min: number, max: number): fc.Arbitrary<number> => {
  const round = (x: number): number => (dtype === "float32" ? Math.fround(x) : x) + 0; // never -0
  const any = fc
    .double({ min, max, noNaN: true, noDefaultInfinity: true })
    .map(round)
    .filter((x) => x >= min && x <= max);
  const [first, last] = [Math.ceil(min / grid), Math.floor(max / grid)];
  if (!(first <= last) || Math.abs(first) > 2 ** 20 || Math.abs(last) > 2 ** 20) return any;
  return fc.oneof(
    { withCrossShrink: true },
    fc.integer({ min: first, max: last }).map((place) => place * grid),
    any,
  );
};
