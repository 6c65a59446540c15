import { describe, expect, it } from "vitest";

import { nextAfter32, nextAfter64 } from "./next-after.js";

describe("nextAfter64", () => {
  it.each([
    [1, 2, 1.0000000000000002],
    [1, 0, 0.9999999999999999],
    [-1, Infinity, -0.9999999999999999],
    [5, 5, 5],
    [Infinity, 0, Number.MAX_VALUE],
    [NaN, 1, NaN],
    [2, NaN, NaN],
    [0, 1, 5e-324],
    [-0, 1, 5e-324],
    [0, -1, -5e-324],
    [-0, 0, 0],
    [0, -0, -0],
    [5e-324, 0, 0],
    [-5e-324, 0, -0],
    [Number.MAX_VALUE, Infinity, Infinity],
    [-Infinity, 0, -Number.MAX_VALUE],
    [-Infinity, -Infinity, -Infinity],
  ])("of %d toward %d is %d, as JAX's", (x, toward, next) => {
    expect(nextAfter64(x, toward)).toBe(next);
  });

  it("is the number whose bits are one apart, in every binade, at its ends and inside", () => {
    const word = new BigUint64Array(1);
    const value = new Float64Array(word.buffer);
    const at = (bits: bigint): number => {
      word[0] = bits;
      return value[0] ?? NaN;
    };
    const offsets = [0n, 1n, 2n, 0x5555555555555n, 0xffffffffffffen, 0xfffffffffffffn];
    for (let exponent = 0n; exponent < 2047n; exponent += 1n)
      for (const offset of offsets) {
        const low = at((exponent << 52n) | offset);
        const high = at(((exponent << 52n) | offset) + 1n);
        const found = [nextAfter64(low, Infinity), nextAfter64(high, 0), nextAfter64(-high, Infinity)];
        expect(found).toEqual([high, low, -low]);
      }
  });
});

describe("nextAfter32", () => {
  it.each([
    [1, 2, 1 + 2 ** -23],
    [1, 0, 1 - 2 ** -24],
    [0, 1, 2 ** -149],
    [-0, -1, -(2 ** -149)],
    [0, -0, -0],
    [Math.fround(0.1), Infinity, Math.fround(0.10000001)],
    [Infinity, 0, 3.4028234663852886e38],
    [3.4028234663852886e38, Infinity, Infinity],
    [NaN, 0, NaN],
    [0, NaN, NaN],
  ])("of %d toward %d is %d", (x, toward, next) => {
    expect(nextAfter32(x, toward)).toBe(next);
  });

  it("is the number whose bits are one apart, in every binade, at its ends and inside", () => {
    const word = new Uint32Array(1);
    const value = new Float32Array(word.buffer);
    const at = (bits: number): number => {
      word[0] = bits;
      return value[0] ?? NaN;
    };
    for (let exponent = 0; exponent < 255; exponent += 1)
      for (const offset of [0, 1, 2, 0x2aaaaa, 0x7ffffe, 0x7fffff]) {
        const low = at(exponent * 2 ** 23 + offset);
        const high = at(exponent * 2 ** 23 + offset + 1);
        const found = [nextAfter32(low, Infinity), nextAfter32(high, 0), nextAfter32(-high, Infinity)];
        expect(found).toEqual([high, low, -low]);
      }
  });
});
