/** Places instead of values: the extremum's index, the order of a row. Integers, so no tangents. */

import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { argExtremum, argSortRows } from "../kernels/order.js";
import type { Primitive } from "../program/primitive.js";
import { anyDType, type SampleCase } from "../program/samples.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { apply, discrete } from "./define.js";

/** The axis along which places are looked for. */
export interface AxisParams {
  readonly axis: number;
}

const axisCases: readonly SampleCase<AxisParams>[] = [
  { shapes: [[5]], params: { axis: 0 } },
  { shapes: [[2, 4]], params: { axis: 1 } },
  { shapes: [[3, 2]], params: { axis: 0 } },
  { shapes: [[1, 2]], params: { axis: 0 } },
  { shapes: [[0, 2]], params: { axis: 1 } },
];

const argument = (
  name: string,
  reducer: "max" | "min",
  better: (a: number, b: number) => boolean,
): Primitive<AxisParams> => {
  const self: Primitive<AxisParams> = discrete({
    name,
    shape: ([x], { axis }) => {
      const shape = x.shape.filter((_, index) => index !== axis);
      return x.shape[axis] === 0 && !shape.includes(0)
        ? left(
            tensorError({
              kind: "InvalidArgument",
              operation: name,
              problem: `the ${name} of no elements is not defined`,
              found: [["got", `${showShape(x.shape)}   along axis ${axis}`]],
              fix: "reduce an axis that is not empty",
            }),
          )
        : right({ shape, dtype: "int32" });
    },
    evaluate: ([x], { axis }, output) => argExtremum(x, axis, output, better),
    batch: ([x], _batched, _size, { axis }) => apply(self, [x], { axis: axis + 1 }),
    lower: { kind: "argExtremum", reducer },
    samples: {
      operands: [{ min: -2, max: 2, whole: true, points: [0, NaN, Infinity] }],
      dtypes: anyDType,
      cases: axisCases,
    },
  });
  return self;
};

/** The place of the largest element along an axis, which disappears: int32; the first of equal ones, or of NaN. */
export const argMaxPrimitive = /* @__PURE__ */ argument("argMax", "max", (a, b) => a > b);
/** The place of the smallest element along an axis, which disappears: int32; the first of equal ones, or of NaN. */
export const argMinPrimitive = /* @__PURE__ */ argument("argMin", "min", (a, b) => a < b);

/** The place of the largest element along an axis. */
export const argMaxAlong = (x: Value, axis: number): Value => apply(argMaxPrimitive, [x], { axis });
/** The place of the smallest element along an axis. */
export const argMinAlong = (x: Value, axis: number): Value => apply(argMinPrimitive, [x], { axis });

/** Whether the largest elements come first. */
export interface SortParams {
  readonly descending: boolean;
}

/** The places that put each row of the last axis in order: int32, stable, NaN as the largest. */
export const argSortPrimitive: Primitive<SortParams> = /* @__PURE__ */ discrete({
  name: "argSort",
  shape: ([x]) => right({ shape: x.shape, dtype: "int32" }),
  evaluate: ([x], { descending }) => argSortRows(x, descending),
  batch: ([x], _batched, _size, { descending }) => argSortLast(x, descending),
  lower: { kind: "argSort" },
  samples: {
    operands: [{ min: -2, max: 2, whole: true, points: [0, NaN, 1, -Infinity] }],
    dtypes: anyDType,
    cases: [
      { shapes: [[6]], params: { descending: false } },
      { shapes: [[2, 5]], params: { descending: true } },
      { shapes: [[0]], params: { descending: false } },
      { shapes: [[3, 1]], params: { descending: false } },
    ],
  },
});

/** The stable order of each row of the last axis; NaN counts as the largest. */
export const argSortLast = (x: Value, descending: boolean): Value =>
  apply(argSortPrimitive, [x], { descending });
