/** Compiled sums and extrema under windows, and their gradients: of few taps and of many, with padding, gaps and strides. */

import { describe, expect, it } from "vitest";
import { add } from "../src/primitives/additive.js";
import { mul } from "../src/primitives/multiplicative.js";
import { windowedShape, type WindowParams } from "../src/primitives/convolution-window.js";
import { apply } from "../src/primitives/define.js";
import {
  windowExtremum,
  windowMeanPrimitive,
  windowSharePrimitive,
  windowSum,
} from "../src/primitives/reduce-window.js";
import { reduceWindow } from "../src/ops/reduce-window.js";
import { sum } from "../src/ops/reduce.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { allocate } from "../src/tensor/dtype.js";
import { grad } from "../src/transforms/grad.js";
import { vmap } from "../src/transforms/vmap.js";
import type { DType, Shape } from "../src/types/tensor.js";
import { expectEmitted, expectSameBits } from "./emitted.js";
import { filledBy, unlike } from "./filled.js";

/** Whole and small, so that sums are exact, with ties among neighbours. */
const tied = (shape: Shape, dtype: DType, seed = 0): ArrayTensor =>
  filledBy(shape, dtype, (place) => (unlike(place + seed) % 7) + (dtype === "uint32" ? 0 : -3));

const params = (shape: Shape, window: readonly number[], given: Partial<WindowParams>) => {
  const ones = shape.map(() => 1);
  return {
    window,
    strides: ones,
    padding: shape.map(() => [0, 0] as const),
    dilation: ones,
    inputDilation: ones,
    ...given,
  };
};

type Case = readonly [Shape, readonly number[], Partial<WindowParams>];

const cases: readonly Case[] = [
  [[], [], {}],
  [[37], [3], {}],
  [[37], [5], { strides: [2], padding: [[2, 3]] }],
  [[37], [4], { dilation: [3], padding: [[-2, -1]] }],
  [[37], [3], { strides: [5] }],
  [[2, 3, 14, 14], [1, 1, 2, 2], { strides: [1, 1, 2, 2] }],
  [
    [2, 3, 11, 9],
    [1, 1, 3, 3],
    {
      padding: [
        [0, 0],
        [0, 0],
        [1, 1],
        [1, 1],
      ],
    },
  ],
  [
    [2, 9, 9, 3],
    [1, 3, 3, 1],
    {
      strides: [1, 2, 2, 1],
      padding: [
        [0, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    },
  ],
  [
    [3, 20],
    [2, 4],
    {
      padding: [
        [3, 0],
        [-1, 6],
      ],
      dilation: [1, 2],
    },
  ],
  // Along one axis after the other, and more taps than are written out.
  [
    [2, 20, 21],
    [1, 5, 5],
    {
      padding: [
        [0, 0],
        [2, 2],
        [2, 2],
      ],
    },
  ],
  [[20, 21], [7, 9], { strides: [2, 1] }],
  [
    [20, 21],
    [9, 8],
    {
      strides: [3, 2],
      dilation: [2, 1],
      padding: [
        [4, 4],
        [-1, 9],
      ],
    },
  ],
  [[200], [40], {}],
  [[200], [70], { padding: [[69, 0]] }],
  [[300], [100], { strides: [100] }],
  // Windows of nothing, and nothing under windows.
  [[3], [2], { padding: [[4, 3]] }],
  [[0, 3], [1, 2], {}],
  [[0], [2], { padding: [[1, 2]] }],
  [[2], [3], {}],
];

describe.each(["float32", "float64", "int32", "uint32"] as const)("totals of %s", (dtype) => {
  it.each(cases)("over %j, window %j, %j", (shape, window, given) => {
    const all = params(shape, window, given);
    expectSameBits((x) => [windowSum(x, all)], [tied(shape, dtype)]);
    for (const reducer of ["max", "min"] as const)
      expectSameBits((x) => [windowExtremum(x, { ...all, reducer })], [tied(shape, dtype)]);
  });

  it("between which there are gaps", () => {
    const dilated = params([2, 7], [2, 4], {
      inputDilation: [2, 3],
      strides: [1, 2],
      padding: [
        [1, 1],
        [-2, 3],
      ],
    });
    expectSameBits((x) => [windowSum(x, dilated)], [tied([2, 7], dtype)]);
  });
});

describe.each(["float32", "float64"] as const)("where extrema of %s are reached", (dtype) => {
  it.each(cases)("over %j, window %j, %j", (shape, window, given) => {
    const all = params(shape, window, given);
    const outputs = windowedShape(shape, window, all);
    for (const reducer of ["max", "min"] as const) {
      const both = { ...all, reducer };
      expectEmitted(
        (x, dx) => [apply(windowMeanPrimitive, [x, dx], both)],
        [tied(shape, dtype), tied(shape, dtype, 5)],
      );
      expectEmitted(
        (x, share) => [apply(windowSharePrimitive, [x, share], both)],
        [tied(shape, dtype), tied(outputs, dtype, 5)],
      );
    }
  });

  it("infinities beside what is beyond, NaN under some windows", () => {
    const special = [
      NaN,
      1,
      1,
      -Infinity,
      -Infinity,
      -Infinity,
      2,
      Infinity,
      Infinity,
      3,
      3,
      3,
      0,
      -0,
      5,
      -Infinity,
    ];
    for (const values of [special, [...special].reverse(), special.map((x) => -x)])
      for (const taps of [3, 40])
        for (const reducer of ["max", "min"] as const) {
          const data = allocate(dtype, values.length);
          data.set(values);
          const x = contiguousTensor(data, [values.length], dtype);
          const both = { ...params([16], [taps], { padding: [[taps - 1, taps + 1]] }), reducer };
          const [outputs = 0] = windowedShape([16], [taps], both);
          expectSameBits((y) => [windowExtremum(y, both)], [x]);
          expectSameBits((y, dx) => [apply(windowMeanPrimitive, [y, dx], both)], [x, tied([16], dtype)]);
          expectSameBits(
            (y, share) => [apply(windowSharePrimitive, [y, share], both)],
            [x, contiguousTensor(allocate(dtype, outputs).fill(60), [outputs], dtype)],
          );
        }
  });
});

it("sums of many float32 are as exact as the interpreter's", () => {
  const x = tied([5000], "float32");
  x.data.forEach((_, i) => (x.data[i] = Math.sin(i * i) + 2));
  for (const length of [30, 1000]) expectEmitted((y) => [windowSum(y, params([5000], [length], {}))], [x]);
});

it.each(["sum", "max", "min"] as const)("the gradient of %s, mapped and twice", (reducer) => {
  const options = {
    reducer,
    window: [3, 2],
    strides: [2, 1],
    padding: [
      [1, 1],
      [0, 1],
    ],
  };
  const pooled = (x: unknown): unknown => reduceWindow(x as never, options as never);
  const loss = (x: unknown): unknown =>
    sum(mul(mul(pooled(x) as never, pooled(x) as never), pooled(x) as never));
  const x = tied([12, 11], "float32");
  const xs = tied([3, 12, 11], "float32");
  expectEmitted((y) => [grad(loss as never)(y as never)], [x]);
  expectEmitted((y) => [vmap(grad(loss as never) as never)(y as never)], [xs]);
  const slope = (y: unknown): unknown => sum(grad(loss as never)(y as never) as never);
  expectEmitted((y) => [grad(slope as never)(y as never)], [x]);
});

it("in a long program, whose loops are functions", () => {
  const same = params([9, 10], [3, 3], {
    padding: [
      [1, 1],
      [1, 1],
    ],
  });
  const plan = expectEmitted(
    (x) => {
      let y: unknown = x;
      for (let step = 0; step < 30; step++) {
        const total =
          step % 2 === 0
            ? windowSum(y as never, same)
            : windowExtremum(y as never, { ...same, reducer: "max" });
        y = add(mul(total as never, 0.0625 as never), x as never);
      }
      return [y];
    },
    [tied([9, 10], "float32")],
  );
  expect(plan.match(/loop over/g)).toHaveLength(30);
});

it("is code of its own", () => {
  const pool = (x: unknown) =>
    reduceWindow(x as never, { reducer: "max", window: [2, 2], strides: [2, 2] } as never);
  expect(expectEmitted((x) => [pool(x)], [tied([12, 12], "float32")])).toMatchInlineSnapshot(`
    "code: windowExtremum → float32[6, 6]
    scratch: 16 bytes"
  `);
});
