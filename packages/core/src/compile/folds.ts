/** How elements become a total: where it begins, and what an element more makes of it. */

import type { FoldName } from "../program/lowering.js";
import { isFloating } from "../tensor/dtype.js";
import type { DType } from "../types/tensor.js";
import type { Expression } from "../wasm/expression.js";
import { i32x4 } from "../wasm/simd.js";
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

/** Whether a total of vectors is made up of several ones. */
export const isInParts = (fold: FoldName, dtype: DType): fold is "max" | "min" =>
  dtype === "float32" && (fold === "max" || fold === "min");

/**
 * What is folded side by side, each from where the fold starts, so that the fold of their totals is that of the elements.
 *
 * The exact extremum of float32 is up to eight instructions of the machine's, those of integers are one. By their bits, as signed
 * integers, positive numbers are in order, and above all negative ones, which are in reverse order; NaN is beyond the infinity of its
 * sign. So among the least and the greatest signed one, and the greatest unsigned one, is the maximum: the greatest signed one if any
 * has no sign bit, else the least. So is the minimum: the greatest unsigned one if any has a sign bit, else the least signed one. A
 * positive NaN is the greatest signed one, a negative NaN the greatest unsigned one. Zeros are in order as well.
 */
export const stepsOf = (
  emit: ScalarLanes | VectorLanes,
  fold: FoldName,
  dtype: DType,
): readonly [Step, ...Step[]] => {
  const exact: Step = (total, x) => step(emit, fold, total, x);
  if (!(emit instanceof VectorLanes && isInParts(fold, dtype))) return [exact];
  const byBits =
    (combine: (a: Vector, b: Vector) => Vector): Step =>
    (total, x) =>
      emit.named({ dtype, value: combine(asVector(total), asVector(x)) });
  return [byBits(i32x4.minS), byBits(i32x4.maxS), byBits(i32x4.maxU)];
};
