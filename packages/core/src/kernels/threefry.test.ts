import { describe, expect, it } from "vitest";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { encryptCounters, encryptPairs } from "./threefry.js";

const pair = (...words: readonly number[]) =>
  contiguousTensor(Uint32Array.from(words), [words.length / 2, 2], "uint32");

describe("threefry", () => {
  // The known answers of the reference implementation, Random123 (kat_vectors, threefry2x32 20).
  it.each([
    { key: [0, 0], counter: [0, 0], words: [0x6b200159, 0x99ba4efe] },
    {
      key: [0xffffffff, 0xffffffff],
      counter: [0xffffffff, 0xffffffff],
      words: [0x1cb996fc, 0xbb002be7],
    },
    {
      key: [0x13198a2e, 0x03707344],
      counter: [0x243f6a88, 0x85a308d3],
      words: [0xc4923a9c, 0x483df7a0],
    },
  ])("is the published cipher of $counter under $key", ({ key, counter, words }) => {
    expect([...encryptPairs(pair(...key), pair(...counter)).data]).toEqual(words);
  });

  it("enciphers the counters from 0 under each key", () => {
    const keys = pair(1, 2, 3, 4);
    const pairs = encryptCounters(keys, 3, "pair", [2, 3, 2]);
    expect(pairs.data).toEqual(
      encryptPairs(pair(1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4), pair(0, 0, 0, 1, 0, 2, 0, 0, 0, 1, 0, 2)).data,
    );
    const words = encryptCounters(keys, 3, "word", [2, 3]);
    expect([...words.data]).toEqual(
      [0, 1, 2, 3, 4, 5].map(
        (index) => ((pairs.data[2 * index] ?? 0) ^ (pairs.data[2 * index + 1] ?? 0)) >>> 0,
      ),
    );
  });

  it("makes the mantissa of a float64 of the first bits of a pair", () => {
    const [keys, count] = [pair(1, 2, 3, 4), 5];
    const words = encryptCounters(keys, count, "pair", [2, count, 2]).data;
    const expected = Array.from({ length: 2 * count }, (_, index) => {
      const view = new DataView(new ArrayBuffer(8));
      const bits = (BigInt(words[2 * index] ?? 0) << 32n) | BigInt(words[2 * index + 1] ?? 0);
      view.setBigUint64(0, (1023n << 52n) | (bits >> 12n)); // in [1, 2)
      return view.getFloat64(0) - 1;
    });
    expect([...encryptCounters(keys, count, "fraction", [2, count]).data]).toEqual(expected);
  });

  it("gives nothing for no keys and for no counters", () => {
    expect(encryptCounters(pair(), 3, "word", [0, 3]).data).toHaveLength(0);
    expect(encryptCounters(pair(1, 2), 0, "pair", [1, 0, 2]).data).toHaveLength(0);
    expect(encryptCounters(pair(1, 2), 0, "fraction", [1, 0]).data).toHaveLength(0);
  });
});
