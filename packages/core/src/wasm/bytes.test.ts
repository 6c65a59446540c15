import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameBytes, section, signed, signedLong, unsigned } from "./bytes.js";

describe("LEB128", () => {
  it.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("writes %d unsigned", (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
  });

  it.each([
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
  ])("writes %d signed", (value, bytes) => {
    expect(signed(value)).toEqual(bytes);
    expect(signedLong(BigInt(value))).toEqual(bytes);
  });

  it("can be read again", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const bytes = signedLong(value);
        const bits = bytes.reduce(
          (total, byte, index) => total | (BigInt(byte & 0x7f) << BigInt(7 * index)),
          0n,
        );
        expect(BigInt.asIntN(7 * bytes.length, bits)).toBe(value);
        const low = BigInt.asIntN(32, value);
        expect(signed(Number(low))).toEqual(signedLong(low));
        expect(bytes.slice(0, -1).every((byte) => byte >= 0x80)).toBe(true);
        expect(bytes.at(-1)).toBeLessThan(0x80);
      }),
    );
  });
});

describe("a section", () => {
  it("stands behind its number and its length", () => {
    expect([...section(7, [nameBytes("ab"), [5]])]).toEqual([7, 5, 2, 2, 97, 98, 5]);
  });

  it("is left out if empty", () => {
    expect([...section(7, [])]).toEqual([]);
  });
});
