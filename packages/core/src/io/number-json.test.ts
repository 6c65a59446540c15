import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { throughText } from "../../test/through-json.js";
import { shortestDecimal } from "../tensor/print-decimal.js";
import { decodeNumber, encodeNumber } from "./number-json.js";

const float32 = fc.float({ noNaN: false });

describe("a number in JSON", () => {
  it("reads back as the same float32, with its sign", () => {
    fc.assert(
      fc.property(float32, (x) => {
        expect(decodeNumber(throughText(encodeNumber(x, "float32")), "float32")).toBe(x);
      }),
      { numRuns: 5000 },
    );
  });

  it("reads back as the same float64, with its sign", () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(decodeNumber(throughText(encodeNumber(x, "float64")), "float64")).toBe(x);
      }),
    );
  });

  it("is the shortest decimal of a float32", () => {
    fc.assert(
      fc.property(fc.float({ noDefaultInfinity: true, noNaN: true }), (x) => {
        fc.pre(x !== 0);
        const { digits } = shortestDecimal(Math.abs(x), "float32");
        const [mantissa = ""] = Number(encodeNumber(x, "float32")).toExponential().split("e");
        expect(mantissa.replace(/\D/g, "")).toHaveLength(digits.length);
      }),
      { numRuns: 2000 },
    );
    const powers = Array.from({ length: 277 }, (_, index) => 2 ** (index - 149));
    powers.forEach((power) => {
      expect(decodeNumber(encodeNumber(power, "float32"), "float32")).toBe(power);
    });
    expect(powers.slice(0, 4).map((power) => encodeNumber(power, "float32"))).toEqual([
      1e-45, 3e-45, 6e-45, 1.1e-44,
    ]);
    expect(encodeNumber(Math.fround(0.1), "float32")).toBe(0.1);
  });

  it("stands as a string where JSON has no number", () => {
    expect([NaN, Infinity, -Infinity, -0, 0].map((x) => encodeNumber(x, "float32"))).toEqual([
      "NaN",
      "Infinity",
      "-Infinity",
      "-0",
      0,
    ]);
  });

  it("is refused where it is none of the dtype", () => {
    expect([1e39, -1e39, "nan", "1", null, true].map((json) => decodeNumber(json, "float32"))).toEqual(
      Array.from({ length: 6 }),
    );
    expect(decodeNumber(Infinity, "float64")).toBeUndefined();
  });
});
