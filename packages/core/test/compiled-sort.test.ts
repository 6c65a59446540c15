/** Compiled orders of rows: the interpreter's, also among equal elements. */

import { describe, it } from "vitest";
import { argSortLast } from "../src/primitives/order.js";
import { sort } from "../src/ops/sort.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { dtypes } from "../src/tensor/dtype.js";
import { grad } from "../src/transforms/grad.js";
import { scan } from "../src/transforms/scan.js";
import { vmap } from "../src/transforms/vmap.js";
import { mul } from "../src/primitives/multiplicative.js";
import { sum } from "../src/ops/reduce.js";
import { zeros } from "../src/ops/make.js";
import type { DType, Shape } from "../src/types/tensor.js";
import { expectSameBits } from "./emitted.js";
import { filledBy } from "./filled.js";

const ends: Readonly<Record<DType, readonly number[]>> = {
  float32: [NaN, -0, 0, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38],
  float64: [NaN, -0, 0, Infinity, -Infinity, 5e-324, -5e-324, 1e308],
  int32: [-(2 ** 31), 2 ** 31 - 1, 0, -1],
  uint32: [0, 2 ** 31, 2 ** 32 - 1, 1],
  bool: [],
};

/** Many of them equal, some of them at the ends of what there is. */
const mixed = (shape: Shape, dtype: DType): ArrayTensor =>
  filledBy(shape, dtype, (place) => {
    const whole = Math.imul(place + 1, 0x9e3779b1) >>> 27;
    return ends[dtype][whole] ?? (dtype === "bool" ? whole % 2 : dtype === "uint32" ? whole : whole - 16);
  });

describe.each(dtypes)("orders of %s", (dtype) => {
  const lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 100, 1000, 1023, 1024, 1025];
  it.each<[Shape]>([
    ...lengths.map((length): [Shape] => [[length]]),
    [[40, 7]],
    [[3, 5, 12]],
    [[30, 1]],
    [[0]],
    [[3, 0]],
    [[0, 3]],
    [[]],
  ])("of %j", (shape) => {
    for (const descending of [false, true])
      expectSameBits((x) => [argSortLast(x, descending)], [mixed(shape, dtype)]);
  });

  it("of rows in order, and in the opposite one", () => {
    for (const direction of [1, -1]) {
      const x = mixed([300], dtype);
      x.data.forEach((_, i) => (x.data[i] = direction * i + (direction < 0 ? 300 : 0)));
      for (const descending of [false, true]) expectSameBits((y) => [argSortLast(y, descending)], [x]);
    }
  });

  it("mapped, in the step of a scan, and along another axis", () => {
    const x = mixed([6, 21], dtype);
    expectSameBits((y) => [vmap((row: never) => argSortLast(row, true) as never)(y as never)], [x]);
    expectSameBits((y) => [sort(y as never, { axis: 0 })], [x]);
    const step = ((carry: never) => [carry, argSortLast(carry, false)]) as never;
    expectSameBits((y) => [scan(step, y as never, zeros([3]) as never)[1]], [x]);
  });
});

it("the gradient goes back to where elements stood", () => {
  const weights = mixed([50], "float32").data.map((_, i) => i);
  const w = contiguousTensor(weights, [50], "float32");
  const x = contiguousTensor(
    Float32Array.from({ length: 50 }, (_, i) => Math.sin(i * i)),
    [50],
    "float32",
  );
  const loss = (y: never, v: never): never => sum(mul(sort(y), v)) as never;
  expectSameBits((y, v) => [grad(loss)(y as never, v as never)], [x, w]);
});
