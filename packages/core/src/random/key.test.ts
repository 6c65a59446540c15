import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageOf } from "../../test/message-of.js";
import { tensor, toArray, vmap, zeros } from "../index.js";
import type { Tensor } from "../types/tensor.js";
import type { Key } from "./index.js";
import * as random from "./index.js";

const seeds = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = (key: Key): string => toArray(key).join();

describe("key", () => {
  it("holds the lower 32 bits of the seed", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(toArray(random.key(seed))).toEqual([0, Number(BigInt.asUintN(32, seed))]);
      }),
    );
  });

  it("takes a number for a bigint", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        expect(text(random.key(seed))).toBe(text(random.key(BigInt(seed))));
      }),
    );
  });

  it("refuses what is no seed", () => {
    expect(
      [0.5, NaN, 2 ** 60, 2n ** 63n, "42" as unknown as number].map((seed) =>
        messageOf(() => random.key(seed)),
      ),
    ).toMatchSnapshot();
  });
});

describe("split and foldIn", () => {
  it("give keys that differ from each other and from their own", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 20 }), (seed, n) => {
        const key = random.key(seed);
        const keys = random.split(key, n);
        const folded = Array.from({ length: 5 }, (_, data) => random.foldIn(key, 1000 + data));
        const words = [key, ...keys, ...folded].map(text);
        expect(new Set(words).size).toBe(words.length);
      }),
    );
  });

  it("give independent numbers: all of them are uncorrelated", () => {
    const rows = random.split(random.key(7), 8).map((key) => toArray(random.normal(key, [2000])));
    rows.forEach((a, i) =>
      rows.slice(0, i).forEach((b) => {
        const product = a.reduce((sum, x, index) => sum + x * (b[index] ?? NaN), 0) / 2000;
        expect(Math.abs(product)).toBeLessThan(5 / Math.sqrt(2000));
      }),
    );
  });

  it("begin alike, however many keys are asked for", () => {
    const key = random.key(3);
    expect(random.split(key, 5).slice(0, 2).map(text)).toEqual(random.split(key).map(text));
  });

  it("are typed: a tuple for a literal, a list for a number", () => {
    const [a, b]: readonly [Key, Key] = random.split(random.key(0));
    const three: readonly [Key, Key, Key] = random.split(a, 3);
    const n: number = three.length;
    const some: readonly Key[] = random.split(b, n);
    expect(some).toHaveLength(3);
  });

  it("fold a number of 32 bits, signed or not, or a scalar", () => {
    const key = random.key(0);
    const words = text(random.foldIn(key, 2 ** 32 - 1));
    expect(text(random.foldIn(key, -1))).toBe(words);
    const scalars = tensor([-1, 5], { dtype: "int32" });
    const folded = toArray(vmap((data: Tensor<[], "int32">) => random.foldIn(key, data))(scalars));
    expect(folded.map((row) => row.join())).toEqual([words, text(random.foldIn(key, 5))]);
  });

  it("work under vmap as in a loop", () => {
    const keys = [0, 1, 2].map((seed) => random.key(seed));
    const stacked = tensor(
      keys.map((key) => toArray(key)),
      { dtype: "uint32" },
    );
    const seconds = vmap((key: Key) => random.split(key)[1])(stacked);
    expect(toArray(seconds)).toEqual(keys.map((key) => toArray(random.split(key)[1])));
  });

  it("refuse what is no key or no number", () => {
    const stack = zeros([3, 2], { dtype: "uint32" });
    const calls = [
      () => random.split(42 as unknown as Key),
      () => random.split(zeros([2]) as unknown as Key),
      () => random.split(stack as unknown as Key),
      () => random.split(random.key(0), 1.5),
      () => random.foldIn(random.key(0), 2 ** 32),
      () => random.foldIn(random.key(0), tensor([1, 2], { dtype: "int32" })),
    ];
    expect(calls.map(messageOf)).toMatchSnapshot();
  });
});
