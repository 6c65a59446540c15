/** Compiled running sums, along rows and along other axes, in both directions. */

import { describe, expect, it } from "vitest";
import { cumSumAlong } from "../src/primitives/cumulative.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { allocate } from "../src/tensor/dtype.js";
import { cumSum } from "../src/ops/cumulative.js";
import { zeros } from "../src/ops/make.js";
import { mul } from "../src/primitives/multiplicative.js";
import { sum } from "../src/ops/reduce.js";
import { grad } from "../src/transforms/grad.js";
import { scan } from "../src/transforms/scan.js";
import { vmap } from "../src/transforms/vmap.js";
import type { DType, Shape } from "../src/types/tensor.js";
import { expectEmitted, expectSameBits } from "./emitted.js";
import { filledBy } from "./filled.js";

/** Integers so large that their sums wrap around. */
const scattered = (shape: Shape, dtype: DType): ArrayTensor =>
  filledBy(shape, dtype, (place) =>
    dtype.startsWith("float") ? Math.sin(place * place) : Math.imul(place + 1, 0x9e3779b1) >>> 8,
  );

const shapes: readonly (readonly [Shape, number])[] = [
  ...[1, 2, 3, 4, 5, 7, 8, 19, 1000].map((length) => [[length], 0] as const),
  [[5, 23], 1],
  [[300, 3], 1],
  [[3, 0], 1],
  [[0, 3], 1],
  [[3, 0], 0],
  [[17, 1], 0],
  [[17, 1], 1],
  ...[2, 3, 4, 7, 16, 21, 39, 64].map((inner) => [[9, inner], 0] as const),
  [[2, 40, 5, 6], 1],
  [[3, 4, 130, 2], 2],
];

describe.each(["float32", "float64", "int32", "uint32"] as const)("running sums of %s", (dtype) => {
  it.each(shapes)("over %j along axis %i", (shape, axis) => {
    for (const reverse of [false, true]) {
      const expectRight = dtype === "float32" ? expectEmitted : expectSameBits;
      expectRight((x) => [cumSumAlong(x, axis, reverse)], [scattered(shape, dtype)]);
    }
  });
});

it("of many float32 are as exact as the interpreter's", () => {
  const ones = contiguousTensor(new Float32Array(100_000).fill(0.1), [100_000], "float32");
  for (const [shape, axis] of [
    [[100_000], 0],
    [[25_000, 4], 0],
  ] as const)
    expectSameBits((x) => [cumSumAlong(x, axis, false)], [contiguousTensor(ones.data, shape, "float32")]);
});

it("infinities, NaN and zeros", () => {
  const special = [-0, -0, 1, Infinity, 2, 3, -Infinity, 4, 5, NaN, 1, 2, 3, 4];
  for (const dtype of ["float32", "float64"] as const)
    for (const repeated of [1, 5])
      for (const reverse of [false, true]) {
        const data = allocate(dtype, special.length * repeated);
        data.set(special.flatMap((x) => new Array<number>(repeated).fill(x)));
        const x = contiguousTensor(data, [special.length, repeated], dtype);
        expectSameBits((all) => [cumSumAlong(all, 0, reverse)], [x]);
      }
});

it("transformed, and in the step of a scan", () => {
  const x = scattered([6, 33], "float32");
  const weighted = (y: unknown): unknown => sum(mul(cumSum(y as never), y as never));
  expectEmitted((y) => [grad(weighted as never)(y as never)], [x]);
  expectEmitted((y) => [vmap(grad(weighted as never) as never)(y as never)], [x]);
  expectEmitted(
    (y) => [
      scan(
        ((carry: unknown) => [cumSum(carry as never), sum(carry as never)]) as never,
        y as never,
        zeros([3]) as never,
      )[1],
    ],
    [scattered([40], "float32")],
  );
});

it("is code of its own", () => {
  expect(expectEmitted((x) => [cumSumAlong(x, 0, false)], [scattered([20], "float32")]))
    .toMatchInlineSnapshot(`
    "code: cumSum → float32[20]
    scratch: 16 bytes"
  `);
});
