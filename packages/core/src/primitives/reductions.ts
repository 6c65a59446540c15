/** Reductions that are not linear: extrema, products, logic. */

import type { DType } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { foldOf, maxFold, reduceAxes, type Fold } from "../kernels/reduce.js";
import { noRule, type Primitive } from "../program/primitive.js";
import { anyDType, numeric, type Samples } from "../program/samples.js";
import { isZero, zero } from "../program/symbolic-zero.js";
import { isFloating, isInteger } from "../tensor/dtype.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { plus } from "./additive.js";
import { equal } from "./comparison.js";
import { convertTo } from "./convert.js";
import { apply, discrete, primitive } from "./define.js";
import { times } from "./multiplicative.js";
import { div } from "./quotient.js";
import { dropAxes, nonEmptyReductionCases, reductionCases, type ReduceParams } from "./reduction-shape.js";
import { permute, reshape } from "./reshape.js";
import { pad, sliceAlong } from "./slice-pad.js";
import { broadcast, keptAxes, reduceSum } from "./sum-broadcast.js";
import { asTensor } from "../trace/operands.js";

const extremum = (
  name: "max" | "min",
  fold: Fold,
  startOf: (dtype: DType) => number,
): Primitive<ReduceParams> => {
  const self: Primitive<ReduceParams> = primitive({
    name,
    shape: ([x], { axes }) => {
      const shape = dropAxes(x.shape, axes);
      return axes.some((axis) => x.shape[axis] === 0) && !shape.includes(0)
        ? left(
            tensorError({
              kind: "InvalidArgument",
              operation: name,
              problem: `the ${name} of no elements is not defined`,
              found: [["got", `${showShape(x.shape)}   reduced over axes ${showShape(axes)}`]],
              fix: "reduce an axis that is not empty, or join a starting value to it with concatenate",
            }),
          )
        : right({ shape, dtype: x.dtype });
    },
    evaluate: ([x], { axes }, output) =>
      reduceAxes(x, axes, output, isFloating(x.dtype) ? fold : { ...fold, start: startOf(x.dtype) }),
    // Ties share evenly: the mean of the tangents at the places where the extremum is reached.
    jvp: ([x], [dx], { axes }) => {
      const y = apply(self, [x], { axes });
      if (isZero(dx)) return [y, zero];
      const reached = asTensor(name, equal(x, broadcast(y, x.shape, keptAxes(x.shape, axes))));
      const weights = convertTo(reached, x.dtype);
      return [y, asTensor(name, div(reduceSum(times(dx, weights), axes), reduceSum(weights, axes)))];
    },
    transpose: noRule(`${name} is not linear`),
    batch: ([x], _batched, _size, { axes }) => apply(self, [x], { axes: axes.map((axis) => axis + 1) }),
    lower: { kind: "reduce", fold: name, axes: ({ axes }) => axes },
    samples,
  });
  return self;
};

const samples: Samples<ReduceParams> = {
  operands: [{ min: -3, max: 3, points: [0, 0, NaN, Infinity] }],
  dtypes: numeric,
  cases: nonEmptyReductionCases,
  apart: 0.05,
};

/** y = max x over some axes, NaN if there is one; dy is the mean of dx over the places where x = y. */
export const maxPrimitive = /* @__PURE__ */ extremum("max", maxFold, (dtype) =>
  dtype === "int32" ? -(2 ** 31) : 0,
);
/** y = min x over some axes, NaN if there is one; dy is the mean of dx over the places where x = y. */
export const minPrimitive = /* @__PURE__ */ extremum("min", foldOf(Infinity, Math.min), (dtype) =>
  dtype === "int32" ? 2 ** 31 - 1 : 2 ** 32 - 1,
);

/** The largest element over some axes, which disappear. */
export const reduceMax = (x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : apply(maxPrimitive, [x], { axes });
/** The smallest element over some axes, which disappear. */
export const reduceMin = (x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : apply(minPrimitive, [x], { axes });

const product = /* @__PURE__ */ foldOf(1, (a, b) => a * b);
const integerProduct = /* @__PURE__ */ foldOf(1, Math.imul);

/** y = Π x over some axes; dy = Σⱼ dxⱼ Π xᵢ over i ≠ j, by a tree of products, without division. Integers wrap around. */
export const prodPrimitive: Primitive<ReduceParams> = /* @__PURE__ */ primitive({
  name: "prod",
  shape: ([x], { axes }) => right({ shape: dropAxes(x.shape, axes), dtype: x.dtype }),
  evaluate: ([x], { axes }, output) =>
    reduceAxes(x, axes, output, isInteger(x.dtype) ? integerProduct : product),
  jvp: ([x], [dx], { axes }) => [reduceProd(x, axes), isZero(dx) ? zero : productTangent(x, dx, axes)],
  transpose: noRule("prod is not linear"),
  batch: ([x], _batched, _size, { axes }) =>
    reduceProd(
      x,
      axes.map((axis) => axis + 1),
    ),
  lower: { kind: "reduce", fold: "prod", axes: ({ axes }) => axes },
  samples: { operands: [{ min: -2, max: 2, points: [0] }], dtypes: numeric, cases: reductionCases },
});

/** The product over some axes, which disappear; 1 of nothing. */
export const reduceProd = (x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : apply(prodPrimitive, [x], { axes });

/** Pairs (x, dx) multiplied in a tree, d(a b) = b da + a db: no division, so it is right with any number of zeros. */
const productTangent = (x: Value, dx: Value, axes: readonly number[]): Value => {
  const kept = keptAxes(x.shape, axes);
  const rest = kept.map((axis) => x.shape[axis]!);
  const inFront = (value: Value): Value =>
    reshape(permute(value, [...axes, ...kept]), [axes.reduce((n, axis) => n * x.shape[axis]!, 1), ...rest]);
  let values = inFront(x);
  let tangents = inFront(dx);
  for (let length = values.shape[0]!; length > 1; length = values.shape[0]!) {
    const half = Math.ceil(length / 2);
    const odd = [
      { low: 0, high: length % 2, interior: 0 },
      ...rest.map(() => ({ low: 0, high: 0, interior: 0 })),
    ];
    const even = length % 2 === 0;
    const padded = even ? values : pad(values, odd, 1);
    const paddedTangents = even ? tangents : pad(tangents, odd, 0);
    const [a, b] = [sliceAlong(padded, 0, 0, half), sliceAlong(padded, 0, half, 2 * half)];
    const [da, db] = [sliceAlong(paddedTangents, 0, 0, half), sliceAlong(paddedTangents, 0, half, 2 * half)];
    values = times(a, b);
    tangents = plus(times(da, b), times(a, db));
  }
  return reduceSum(tangents, [0]);
};

const logical = (name: "all" | "any", fold: Fold): Primitive<ReduceParams> => {
  const self: Primitive<ReduceParams> = discrete({
    name,
    shape: ([x], { axes }) => right({ shape: dropAxes(x.shape, axes), dtype: "bool" }),
    evaluate: ([x], { axes }, output) => reduceAxes(x, axes, output, fold),
    batch: ([x], _batched, _size, { axes }) => apply(self, [x], { axes: axes.map((axis) => axis + 1) }),
    lower: { kind: "reduce", fold: name, axes: ({ axes }) => axes },
    samples: { operands: [{ min: 0, max: 1, whole: true }], dtypes: anyDType, cases: reductionCases },
  });
  return self;
};

/** Whether no element over some axes is 0: bool, true of nothing. */
export const allPrimitive = /* @__PURE__ */ logical(
  "all",
  foldOf(1, (a, b) => (a !== 0 && b !== 0 ? 1 : 0)),
);
/** Whether an element over some axes is not 0: bool, false of nothing. */
export const anyPrimitive = /* @__PURE__ */ logical(
  "any",
  foldOf(0, (a, b) => (a !== 0 || b !== 0 ? 1 : 0)),
);

/** Whether no element over some axes, which disappear, is 0. */
export const reduceAll = (x: Value, axes: readonly number[]): Value => apply(allPrimitive, [x], { axes });
/** Whether an element over some axes, which disappear, is not 0. */
export const reduceAny = (x: Value, axes: readonly number[]): Value => apply(anyPrimitive, [x], { axes });
