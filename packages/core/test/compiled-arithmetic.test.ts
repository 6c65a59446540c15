/** Compiled places of extrema, quotients of integers and signs: the very numbers of the interpreter, without a call to the host. */

import { describe, expect, it } from "vitest";
import { argMaxAlong, argMinAlong } from "../src/primitives/order.js";
import { copySign, floorDivide, mod } from "../src/primitives/rounding.js";
import * as random from "../src/random/index.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { dtypes } from "../src/tensor/dtype.js";
import { scan } from "../src/transforms/scan.js";
import { vmap } from "../src/transforms/vmap.js";
import { zeros } from "../src/ops/make.js";
import { lessEqual, maximum, minimum, where } from "../src/ops/on-values.js";
import type { DType, Shape } from "../src/types/tensor.js";
import { expectSameBits } from "./emitted.js";
import { filledBy, unlike } from "./filled.js";

/** Numbers of both signs, unlike their neighbours, and some special ones among them. */
const mixed = (shape: Shape, dtype: DType, special: readonly number[] = []): ArrayTensor =>
  filledBy(shape, dtype, (place) => {
    const whole = unlike(place);
    return special[whole] ?? (dtype === "bool" ? whole % 2 : whole - (dtype === "uint32" ? 0 : 11));
  });

/** Each number with each, as two vectors. */
const pairsOf = (numbers: readonly number[], dtype: DType): readonly [ArrayTensor, ArrayTensor] => {
  const vector = (placeOf: (index: number) => number): ArrayTensor =>
    filledBy([numbers.length ** 2], dtype, (place) => numbers[placeOf(place)] ?? 0);
  return [vector((index) => index % numbers.length), vector((index) => Math.floor(index / numbers.length))];
};

describe.each(dtypes)("places of extrema of %s", (dtype) => {
  it.each<[Shape, number]>([
    [[1], 0],
    [[5], 0],
    [[16], 0],
    [[1001], 0],
    [[7, 33], 1],
    [[33, 7], 0],
    [[4, 5, 6], 1],
    [[30, 1, 4], 1],
    [[0, 3], 1],
    [[3, 0], 0],
  ])("of %j along axis %i", (shape, axis) => {
    const find = (x: never): readonly unknown[] => [argMaxAlong(x, axis), argMinAlong(x, axis)];
    expectSameBits((x) => find(x as never), [mixed(shape, dtype)]);
    const least = dtype === "int32" ? -(2 ** 31) : 0;
    const most = dtype === "int32" ? 2 ** 31 - 1 : 2 ** 32 - 1;
    const ends = dtype.startsWith("float")
      ? [NaN, -0, 0, Infinity, -Infinity]
      : dtype === "bool"
        ? []
        : [least, most];
    expectSameBits((x) => find(x as never), [mixed(shape, dtype, ends)]);
    if (dtype.startsWith("float"))
      for (const same of [NaN, -Infinity, Infinity, 0]) {
        const x = mixed(shape, dtype);
        x.data.fill(same);
        expectSameBits((y) => find(y as never), [x]);
      }
  });

  it("mapped, and in the step of a scan", () => {
    const x = mixed([6, 20], dtype);
    expectSameBits((y) => [vmap((row: never) => argMaxAlong(row, 0) as never)(y as never)], [x]);
    expectSameBits(
      (y) => [
        scan(((carry: never) => [carry, argMinAlong(carry, 0)]) as never, y as never, zeros([3]) as never)[1],
      ],
      [x],
    );
  });
});

describe("quotients and remainders of integers", () => {
  const ends = {
    int32: [-(2 ** 31), 2 ** 31 - 1, -1, 0, 1, 5, -5, 7],
    uint32: [0, 1, 2, 7, 2 ** 31, 2 ** 32 - 1],
  };
  it.each(["int32", "uint32"] as const)("of %s, by one another and by constants", (dtype) => {
    const numbers = ends[dtype];
    const [all, others] = pairsOf(numbers, dtype);
    const both = (a: never, b: never): readonly unknown[] => [floorDivide(a, b), mod(a, b)];
    expectSameBits((a, b) => both(a as never, b as never), [all, others]);
    for (const by of [3, 1, 0]) expectSameBits((a) => both(a as never, by as never), [all]);
    const few = contiguousTensor(all.data.slice(0, 5), [5], dtype);
    expectSameBits((a) => both(a as never, a as never), [few]);
  });

  it("make random integers", () => {
    const key = random.key(3) as unknown as ArrayTensor;
    for (const length of [5, 101]) expectSameBits((k) => [random.randint(k, [length], -4, 10)], [key]);
  });
});

it.each(["float32", "float64"] as const)("signs of zeros, infinities and NaN of %s", (dtype) => {
  const numbers = [0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, -1e-45];
  const [all, others] = pairsOf(numbers, dtype);
  const plan = expectSameBits((a, b) => [copySign(a as never, b as never)], [all, others]);
  expect(plan).toContain("loop over [81]");
});

describe("what has a constant on one side", () => {
  const specials = [NaN, -0, 0, 1e-45, -1e-45, 1, -1, 3.5, Infinity, -Infinity];
  const numbers = filledBy([3, 35], "float32", (place) => specials[unlike(place)] ?? unlike(place) - 11);

  it.each(specials)("extrema with %d on either side", (constant) => {
    expectSameBits(
      (x) => [maximum(x, constant), maximum(constant, x), minimum(x, constant), minimum(constant, x)],
      [numbers],
    );
  });

  it.each(dtypes)("choices of %s with 0, -0 and 1 on either side", (dtype) => {
    const constants = [0, -0, 1].map((value) => filledBy([], dtype, () => value));
    expectSameBits(
      (condition, x) =>
        constants.flatMap((constant) => [
          where(lessEqual(condition, 2), constant, x),
          where(lessEqual(condition, 2), x, constant),
        ]),
      [numbers, mixed([3, 35], dtype, dtype.startsWith("float") ? specials : [])],
    );
  });
});
