/** How elements become a total: where it begins, and what an element more makes of it. */

import type { FoldName } from "../program/lowering.js";
import { isFloating } from "../tensor/dtype.js";
import type { DType } from "../types/tensor.js";
import type { Expression } from "../wasm/expression.js";
import { f32x4, i32x4 } from "../wasm/simd.js";
import { asVector, type Lane } from "./lanes.js";
import type { ScalarLanes } from "./scalar-lanes.js";
import { VectorLanes } from "./vector-lanes.js";

type Vector = Expression<"v128">;

const extremes: Readonly<Record<DType, readonly [number, number]>> = {
  float32: [-Infinity, Infinity],
  float64: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  bool: [0, 1],
};

/** The total of no elements. */
export const startOf = (fold: FoldName, dtype: DType): number => {
  if (fold === "max") return extremes[dtype][0];
  if (fold === "min") return extremes[dtype][1];
  return fold === "prod" || fold === "all" ? 1 : 0;
};

/** A total with an element more. */
export const step = (emit: ScalarLanes | VectorLanes, fold: FoldName, total: Lane, x: Lane): Lane => {
  switch (fold) {
    case "sum":
      return emit.add(total, x);
    case "prod":
      return emit.mul(total, x);
    case "max":
      return emit.max(total, x);
    case "min":
      return emit.min(total, x);
    case "all":
      return emit.and(total, emit.convert(x, "bool"));
    case "any":
      return emit.or(total, emit.convert(x, "bool"));
  }
};

/** Whether a total is the same in whatever order, and groups, elements are added. */
export const isOrderFree = (fold: FoldName, dtype: DType): boolean =>
  !(isFloating(dtype) && (fold === "sum" || fold === "prod"));

/** A total with an element more, or of two totals. */
export type Step = (total: Lane, x: Lane) => Lane;

/** Joined two and two, so that few wait for each other; of n terms, each is rounded log n times. */
export const inPairs = <T>(join: (a: T, b: T) => T, terms: readonly [T, ...T[]]): T => {
  let rest: readonly T[] = terms;
  while (rest.length > 1) {
    const half = Math.ceil(rest.length / 2);
    rest = rest.slice(0, half).map((term, k) => {
      const other = rest[half + k];
      return other === undefined ? term : join(term, other);
    });
  }
  return rest[0] as T; // one at least is given
};

const extrema = {
  max: [f32x4.pmax, i32x4.maxS, i32x4.maxU],
  min: [f32x4.pmin, i32x4.maxS, i32x4.maxU],
} as const;

/** Whether a total of vectors is made up of several ones. */
export const isInParts = (fold: FoldName, dtype: DType): fold is "max" | "min" =>
  dtype === "float32" && (fold === "max" || fold === "min");

/**
 * What is folded side by side, each from where the fold starts, so that the fold of their totals is that of the elements.
 *
 * For extrema of float32 an engine has one short instruction, which overlooks NaN and takes one zero for another; the exact one is as
 * long as eight. The greatest elements by their bits, signed and unsigned, make up for it: bits of NaN are beyond those of the infinity
 * of its sign, so a positive NaN is the greatest signed number, a negative one the greatest unsigned number. If the maximum is 0, some +0
 * is the greatest signed number; if the minimum is -0, that is the greatest unsigned one. Otherwise they are elements like others.
 */
export const stepsOf = (
  emit: ScalarLanes | VectorLanes,
  fold: FoldName,
  dtype: DType,
): readonly [Step, ...Step[]] => {
  const exact: Step = (total, x) => step(emit, fold, total, x);
  if (!(emit instanceof VectorLanes && isInParts(fold, dtype))) return [exact];
  const short =
    (combine: (a: Vector, b: Vector) => Vector): Step =>
    (total, x) =>
      emit.named({ dtype, value: combine(asVector(total), asVector(x)) });
  const [extremum, signed, unsigned] = extrema[fold];
  return [short(extremum), short(signed), short(unsigned)];
};
