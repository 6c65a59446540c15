/** Sums and extrema under a sliding window. */

import type { DType } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { meanWhereReached, shareWhereReached } from "../kernels/reduce-window-extremum.js";
import { reduceWindows } from "../kernels/reduce-window.js";
import { foldOf, maxFold, sumFold, type Fold } from "../kernels/reduce.js";
import { noRule, type Primitive } from "../program/primitive.js";
import { floating, numeric, type Samples } from "../program/samples.js";
import { isZero, zero } from "../program/symbolic-zero.js";
import { isFloating } from "../tensor/dtype.js";
import { sameShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { adjointWindow } from "./convolution-window.js";
import { apply, linear, primitive } from "./define.js";
import { extremumCases, meanCases, shareCases, sumCases } from "./reduce-window-samples.js";
import {
  behind,
  misfit,
  outputShape,
  windowAxes,
  windowShape,
  type WindowSumParams,
} from "./reduce-window-shape.js";
import { batchFront } from "./sum-broadcast.js";

/** A window, and which extremum under it. */
export interface WindowExtremumParams extends WindowSumParams {
  readonly reducer: "max" | "min";
}

/** y[i] = Σ x[i · stride + k · dilation - low] over the taps k. */
export const windowSumPrimitive: Primitive<WindowSumParams> = /* @__PURE__ */ linear({
  name: "windowSum",
  shape: ([x], params) => windowShape(x, params),
  evaluate: ([x], params, output) => reduceWindows(x, windowAxes(x, params), output, sumFold),
  transpose: (cotangent, [x], _linear, params) => [
    windowSum(cotangent, {
      window: params.window,
      ...adjointWindow(x.shape, params.window, cotangent.shape, params),
    }),
  ],
  batch: ([x], _batched, _size, params) => windowSum(x, behind(params)),
  lower: { kind: "window", of: "sum" },
  get samples() {
    return { operands: [{ min: -3, max: 3 }], dtypes: numeric, cases: sumCases() };
  },
});

/** The sum under each place of a window. */
export const windowSum = (x: Value, params: WindowSumParams): Value => apply(windowSumPrimitive, [x], params);

const minFold: Fold = /* @__PURE__ */ foldOf(Infinity, Math.min);

/** What no element changes: infinite, or the end of the integers. */
const ends: Readonly<Record<WindowExtremumParams["reducer"], Readonly<Record<DType, number>>>> = {
  max: { float32: -Infinity, float64: -Infinity, int32: -(2 ** 31), uint32: 0, bool: 0 },
  min: { float32: Infinity, float64: Infinity, int32: 2 ** 31 - 1, uint32: 2 ** 32 - 1, bool: 1 },
};

const foldFor = (reducer: WindowExtremumParams["reducer"], dtype: DType): Fold => ({
  ...(reducer === "max" ? maxFold : minFold),
  start: ends[reducer][dtype],
});

/**
 * The largest or smallest element under each place of a window; of no elements, what every element would replace. Ties
 * share evenly: the tangent is the mean of the tangents at the places where the extremum is reached.
 */
export const windowExtremumPrimitive: Primitive<WindowExtremumParams> = /* @__PURE__ */ primitive({
  name: "windowExtremum",
  shape: ([x], params) => windowShape(x, params),
  evaluate: ([x], params, output) =>
    reduceWindows(x, windowAxes(x, params), output, foldFor(params.reducer, x.dtype)),
  jvp: ([x], [dx], params) => [
    windowExtremum(x, params),
    isZero(dx) ? zero : apply(windowMeanPrimitive, [x, dx], params),
  ],
  transpose: noRule("an extremum is not linear"),
  batch: ([x], _batched, _size, params) => windowExtremum(x, behind(params)),
  lower: { kind: "window", of: "extremum" },
  get samples() {
    return {
      operands: [{ min: -3, max: 3, points: [0, 0, NaN, Infinity] }],
      dtypes: numeric,
      cases: extremumCases(),
      apart: 0.05,
    };
  },
});

/** The largest or smallest element under each place of a window. */
export const windowExtremum = (x: Value, params: WindowExtremumParams): Value =>
  apply(windowExtremumPrimitive, [x], params);

const sharing: Omit<Samples<WindowExtremumParams>, "cases"> = {
  operands: [
    { min: -3, max: 3, points: [0, 0, 1] },
    { min: -3, max: 3, points: [1, -2] },
  ],
  dtypes: floating,
  apart: 0.05,
};

/** For each window the mean of dx where x reaches the extremum: linear in dx, and constant in x between ties. */
export const windowMeanPrimitive: Primitive<WindowExtremumParams> = /* @__PURE__ */ linear({
  name: "windowMean",
  linearIn: [false, true],
  shape: ([x, dx], params) =>
    sameShape(x.shape, dx.shape) && x.dtype === dx.dtype && isFloating(x.dtype)
      ? windowShape(x, params)
      : left(misfit([x, dx])),
  evaluate: ([x, dx], params, output) =>
    meanWhereReached(x, dx, windowAxes(x, params), output, foldFor(params.reducer, x.dtype)),
  transpose: (cotangent, [x], _linear, params) => [zero, apply(windowSharePrimitive, [x, cotangent], params)],
  batch: ([x, dx], [xIsBatched, dxIsBatched], size, params) =>
    apply(
      windowMeanPrimitive,
      [batchFront(x, xIsBatched, size), batchFront(dx, dxIsBatched, size)],
      behind(params),
    ),
  lower: { kind: "window", of: "mean" },
  get samples() {
    return { ...sharing, cases: meanCases() };
  },
});

/** The cotangent of each window in even shares where x reaches the extremum: the adjoint of the mean. */
export const windowSharePrimitive: Primitive<WindowExtremumParams> = /* @__PURE__ */ linear({
  name: "windowShare",
  linearIn: [false, true],
  shape: ([x, cotangent], params) =>
    sameShape(cotangent.shape, outputShape(x, params)) && x.dtype === cotangent.dtype && isFloating(x.dtype)
      ? right(x)
      : left(misfit([x, cotangent])),
  evaluate: ([x, cotangent], params) =>
    shareWhereReached(x, cotangent, windowAxes(x, params), foldFor(params.reducer, x.dtype)),
  transpose: (tangent, [x], _linear, params) => [zero, apply(windowMeanPrimitive, [x, tangent], params)],
  batch: ([x, cotangent], [xIsBatched, isBatched], size, params) =>
    apply(
      windowSharePrimitive,
      [batchFront(x, xIsBatched, size), batchFront(cotangent, isBatched, size)],
      behind(params),
    ),
  lower: { kind: "window", of: "share" },
  get samples() {
    return { ...sharing, cases: shareCases() };
  },
});
