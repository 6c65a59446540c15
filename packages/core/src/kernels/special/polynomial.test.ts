import { describe, expect, it } from "vitest";

import { polynomial } from "./polynomial.js";

describe("polynomial", () => {
  it("takes the highest power first, for any number of coefficients", () => {
    expect(polynomial([], 3)).toBe(0);
    expect(polynomial([5], 3)).toBe(5);
    expect(polynomial([2, 5], 3)).toBe(11);
    expect(polynomial([1, 2, 5], 3)).toBe(20);
    expect(polynomial([4, 0, -1, 2], -2)).toBe(-28);
    expect(polynomial([1, 1, 1, 1, 1], 10)).toBe(11111);
  });
});
