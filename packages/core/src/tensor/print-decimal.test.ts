import { describe, expect, it } from "vitest";

import { filledDecimal, limitedDecimal, shortestDecimal } from "./print-decimal.js";

describe("shortestDecimal", () => {
  it("has no more digits than tell the number from its neighbours in its dtype", () => {
    expect(shortestDecimal(0.1, "float64")).toEqual({ digits: "1", exponent: -1 });
    expect(shortestDecimal(Math.fround(0.1), "float32")).toEqual({ digits: "1", exponent: -1 });
    expect(shortestDecimal(Math.fround(0.1), "float64")).toEqual({
      digits: "10000000149011612",
      exponent: -1,
    });
    expect(shortestDecimal(0, "float32")).toEqual({ digits: "0", exponent: 0 });
    expect(shortestDecimal(1e23, "float64")).toEqual({ digits: "1", exponent: 23 });
  });

  it("of a power of two may be the farther of two neighbours, the only one that reads back", () => {
    const x = 2 ** -96;
    const { digits, exponent } = shortestDecimal(x, "float32");
    expect(Math.fround(Number(`${digits}e${String(exponent - digits.length + 1)}`))).toBe(x);
    expect(digits).toBe("12621775");
  });

  it("reads back, for float32 numbers of every size", () => {
    for (let exponent = -149; exponent < 128; exponent += 1)
      for (const factor of [1, 1.1, 1.37, 1.9999999]) {
        const x = Math.fround(factor * 2 ** exponent);
        const { digits, exponent: power } = shortestDecimal(x, "float32");
        expect(digits.length).toBeLessThanOrEqual(9);
        expect(Math.fround(Number(`${digits}e${String(power - digits.length + 1)}`))).toBe(x);
      }
  });
});

describe("limitedDecimal", () => {
  it("rounds the exact value, a tie to even", () => {
    expect(limitedDecimal(0.001953125, "float64", 8, "fixed")).toEqual({ digits: "195312", exponent: -3 });
    expect(limitedDecimal(0.005859375, "float64", 8, "fixed")).toEqual({ digits: "585938", exponent: -3 });
    expect(limitedDecimal(2.5, "float64", 0, "significant")).toEqual({ digits: "2", exponent: 0 });
    expect(limitedDecimal(999.96, "float64", 1, "fixed")).toEqual({ digits: "1", exponent: 3 });
    expect(limitedDecimal(1e-9, "float64", 8, "fixed")).toEqual({ digits: "0", exponent: 0 });
  });

  it("leaves shorter numbers as they are", () => {
    expect(limitedDecimal(0.25, "float64", 8, "fixed")).toEqual({ digits: "25", exponent: -1 });
    expect(limitedDecimal(1e300, "float64", 8, "significant")).toEqual({ digits: "1", exponent: 300 });
  });
});

describe("filledDecimal", () => {
  it("goes on with the digits of the exact value", () => {
    expect(filledDecimal(8589934592, "float32", 7)).toEqual({ digits: "85899346", exponent: 9 });
    expect(filledDecimal(0.5, "float64", 3)).toEqual({ digits: "5000", exponent: -1 });
    expect(filledDecimal(0, "float64", 2)).toEqual({ digits: "000", exponent: 0 });
  });

  it("of a number just below a power of ten begins where the number does", () => {
    expect(filledDecimal(1e23, "float64", 15)).toEqual({ digits: "9999999999999999", exponent: 22 });
    expect(filledDecimal(1e23, "float64", 8)).toEqual({ digits: "100000000", exponent: 23 });
  });
});
