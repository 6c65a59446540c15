import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteReader } from "./byte-reader.js";
import { nameBytes, signed, signedLong, unsigned, vector } from "./bytes.js";

describe("byteReader", () => {
  it("reads what was written, one behind the other", () => {
    const anyInteger = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const name = fc.string({ unit: "grapheme-ascii", maxLength: 200 });
    const numbers = fc.array(fc.nat(), { maxLength: 9 });
    fc.assert(
      fc.property(fc.nat(), fc.integer(), anyInteger, name, numbers, (count, integer, long, text, list) => {
        const bytes = [...unsigned(2 * count), ...signed(integer), ...signedLong(long), ...nameBytes(text)];
        const reader = byteReader(Uint8Array.from([7, ...bytes, ...vector(list.map(unsigned))]), 1);
        expect(reader.unsigned()).toBe(2 * count);
        expect(reader.signed()).toBe(BigInt(integer));
        expect(reader.signed()).toBe(long);
        expect(reader.name()).toBe(text);
        expect(reader.place()).toBe(1 + bytes.length);
        expect(reader.list(reader.unsigned)).toEqual(list);
      }),
    );
  });

  it("reads zeros behind the end", () => {
    const reader = byteReader(Uint8Array.of(0x85));
    expect([reader.unsigned(), reader.byte(), reader.take(2).length]).toEqual([5, 0, 0]);
  });
});
