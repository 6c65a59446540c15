import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  programToString,
  scalar,
  shapeOf,
  stage,
  tensor,
  toArray,
  toTypedArray,
  vmap,
  zeros,
} from "../index.js";
import type { AnyTensor } from "../types/tensor.js";
import type { Key } from "./index.js";
import * as random from "./index.js";

const samplers = (key: Key, shape: readonly number[]): Readonly<Record<string, () => AnyTensor>> => ({
  bits: () => random.bits(key, shape),
  uniform: () => random.uniform(key, shape),
  "uniform between ends": () => random.uniform(key, shape, { minval: -2, maxval: scalar(5) }),
  "float64 uniform": () => random.uniform(key, shape, { dtype: "float64" }),
  normal: () => random.normal(key, shape),
  "float64 normal": () => random.normal(key, shape, { dtype: "float64" }),
  truncatedNormal: () => random.truncatedNormal(key, -1, 3, shape),
  bernoulli: () => random.bernoulli(key, 0.3, shape),
  randint: () => random.randint(key, shape, -3, 9),
  "unsigned randint": () => random.randint(key, shape, 1, 2 ** 32, { dtype: "uint32" }),
  gumbel: () => random.gumbel(key, shape),
  exponential: () => random.exponential(key, shape),
  laplace: () => random.laplace(key, shape),
  categorical: () => random.categorical(key, tensor([0, 1, 2]), { shape }),
  choice: () =>
    random.choice(
      key,
      tensor([
        [1, 2],
        [3, 4],
      ]),
      shape,
      { axis: 1 },
    ),
  "weighted choice": () => random.choice(key, 4, shape, { p: tensor([0.1, 0.2, 0.3, 0.4]) }),
  permutation: () => random.permutation(key, zeros(shape.length === 0 ? [1] : shape)),
  "independent permutation": () => random.permutation(key, zeros([3, 2]), { axis: 1, independent: true }),
});

const names = Object.keys(samplers(random.key(0), [1]));
const sampled = (name: string, key: Key, shape: readonly number[]): AnyTensor =>
  samplers(key, shape)[name]?.() ?? scalar(NaN);
const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });

describe.each(names)("%s", (name) => {
  it("is a pure function of its key", () => {
    fc.assert(
      fc.property(fc.integer(), shapes, (seed, shape) => {
        const [a, b] = [0, 1].map(() => sampled(name, random.key(seed), shape));
        expect(a).toEqual(b);
      }),
      { numRuns: 10 },
    );
  });

  it("has the shape that is asked for", () => {
    const front: Readonly<Record<string, readonly number[]>> = {
      choice: [2, 2, 0, 3],
      "independent permutation": [3, 2],
    };
    expect(shapeOf(sampled(name, random.key(1), [2, 0, 3]))).toEqual(front[name] ?? [2, 0, 3]);
  });

  it("under vmap is the stacked loop", () => {
    const keys = random.split(random.key(5), 3);
    const rows = keys.map((key) => [...toTypedArray(sampled(name, key, [2, 2]))]);
    const stacked = tensor(
      keys.map((key) => toArray(key)),
      { dtype: "uint32" },
    );
    expect([...toTypedArray(vmap((key: Key) => sampled(name, key, [2, 2]))(stacked))]).toEqual(rows.flat());
  });

  it("is staged without being computed", () => {
    expect(programToString(stage((key: Key) => sampled(name, key, [2]))(random.key(0)))).toContain(
      "randomBits",
    );
  });
});
