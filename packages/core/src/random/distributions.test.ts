import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, scalar, tensor, toArray, toTypedArray } from "../index.js";
import type { AnyTensor } from "../types/tensor.js";
import * as random from "./index.js";

const momentsOf = (x: AnyTensor) => {
  const values = [...toTypedArray(x)];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

describe("distributions", () => {
  const n = 40_000;
  const key = random.key(11);
  const euler = 0.5772156649015329;
  it.each([
    { name: "uniform", draw: random.uniform(key, [n]), mean: 0.5, variance: 1 / 12 },
    {
      name: "float64 uniform",
      draw: random.uniform(key, [n], { dtype: "float64" }),
      mean: 0.5,
      variance: 1 / 12,
    },
    {
      name: "uniform between ends",
      draw: random.uniform(key, [n], { minval: -2, maxval: scalar(5) }),
      mean: 1.5,
      variance: 49 / 12,
    },
    { name: "normal", draw: random.normal(key, [n]), mean: 0, variance: 1 },
    { name: "float64 normal", draw: random.normal(key, [n], { dtype: "float64" }), mean: 0, variance: 1 },
    { name: "bernoulli", draw: random.bernoulli(key, 0.3, [n]), mean: 0.3, variance: 0.21 },
    { name: "randint", draw: random.randint(key, [n], -3, 9), mean: 2.5, variance: 143 / 12 },
    { name: "gumbel", draw: random.gumbel(key, [n]), mean: euler, variance: Math.PI ** 2 / 6 },
    { name: "exponential", draw: random.exponential(key, [n]), mean: 1, variance: 1 },
    { name: "laplace", draw: random.laplace(key, [n]), mean: 0, variance: 2 },
    {
      name: "weighted choice",
      draw: random.choice(key, 4, [n], { p: tensor([0.1, 0.2, 0.3, 0.4]) }),
      mean: 2,
      variance: 1,
    },
  ])("$name has its mean and variance", ({ draw, mean, variance }) => {
    const moments = momentsOf(draw);
    expect(Math.abs(moments.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(moments.variance / variance - 1)).toBeLessThan(0.05);
  });

  it("uniform stays between its ends", () => {
    const values = toArray(random.uniform(random.key(2), [n], { minval: 3, maxval: 3.0000005 }));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...values)).toBeLessThanOrEqual(Math.fround(3.0000005));
  });

  it("truncatedNormal stays strictly between its bounds", () => {
    const values = toArray(random.truncatedNormal(random.key(2), 4, 4.001, [n]));
    expect(Math.min(...values)).toBeGreaterThan(4);
    expect(Math.max(...values)).toBeLessThan(Math.fround(4.001));
  });

  it("randint reaches both ends of its dtype", () => {
    const all = random.randint(random.key(0), [n], -(2 ** 31), 2 ** 31);
    const { mean } = momentsOf(all);
    expect(Math.abs(mean)).toBeLessThan((5 * 2 ** 32) / Math.sqrt(12 * n));
    expect(new Set(toArray(random.randint(random.key(0), [100], 2 ** 31 - 2, 2 ** 31)))).toEqual(
      new Set([2 ** 31 - 2, 2 ** 31 - 1]),
    );
    expect(toArray(random.randint(random.key(0), [3], 7, 7))).toEqual([7, 7, 7]);
  });

  it("randint takes ends that are tensors", () => {
    const low = tensor([0, 10, 100], { dtype: "int32" });
    const drawn = toArray(random.randint(random.key(4), [50, 3], low, add(low, 2)));
    [0, 10, 100].forEach((start, column) => {
      expect(new Set(drawn.map((row) => row[column]))).toEqual(new Set([start, start + 1]));
    });
  });

  it("permutation permutes, and reaches every order", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 40 }), (seed, length) => {
        const order = toArray(random.permutation(random.key(seed), length));
        expect([...order].sort((a, b) => a - b)).toEqual(order.map((_, index) => index));
      }),
    );
    const orders = random
      .split(random.key(0), 200)
      .map((key) => toArray(random.permutation(key, 3)).join(""));
    expect(new Set(orders).size).toBe(6);
  });

  it("permutation moves rows whole, and lines each for itself if asked", () => {
    const x = tensor([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    const columns = toArray(random.permutation(random.key(4), x, { axis: -1 }));
    expect(columns[1]?.map((value) => value - 4)).toEqual(columns[0]);
    const lines = toArray(random.permutation(random.key(4), x, { axis: -1, independent: true }));
    expect(lines.map((line) => [...line].sort())).toEqual(toArray(x));
  });

  it("choice without replacement draws no part twice", () => {
    const p = tensor([0.1, 0.2, 0.3, 0.4]);
    random.split(random.key(0), 20).forEach((key) => {
      expect(new Set(toArray(random.choice(key, 4, [4], { replace: false }))).size).toBe(4);
      expect(new Set(toArray(random.choice(key, 4, [4], { replace: false, p }))).size).toBe(4);
    });
  });

  it("weighted choice finds every part of any number of parts, and none of weight 0", () => {
    [1, 2, 3, 5, 8, 13].forEach((count) => {
      const weights = Array.from({ length: count }, (_, index) => (index === 1 ? 0 : 1));
      const drawn = new Set(toArray(random.choice(random.key(count), count, [300], { p: tensor(weights) })));
      expect([...drawn].sort((a, b) => a - b)).toEqual(
        weights.flatMap((weight, index) => (weight === 0 ? [] : [index])),
      );
    });
  });

  it("categorical follows its probabilities", () => {
    const drawn = toArray(
      random.categorical(
        random.key(3),
        tensor([
          [0, -Infinity],
          [Math.log(3), 0],
        ]),
        { axis: 0, shape: [n, 2] },
      ),
    );
    const share = drawn.filter(([first]) => first === 1).length / n;
    expect(Math.abs(share - 0.75)).toBeLessThan(0.02);
    expect(drawn.every(([, second]) => second === 1)).toBe(true);
  });
});
