import { describe, expect, it } from "vitest";

import { roundHalfEven } from "./round-half-even.js";

describe("roundHalfEven", () => {
  it.each([
    [-1.6329, -2],
    [2.2797, 2],
    [0.5, 0],
    [-0.5, -0],
    [1.5, 2],
    [2.5, 2],
    [-1.5, -2],
    [-2.5, -2],
    [0, 0],
    [-0, -0],
    [1e-20, 0],
    [-1e-20, -0],
    [0.49999999999999994, 0],
    [0.5000000000000001, 1],
    [2 ** 51 + 0.5, 2 ** 51],
    [2 ** 52 - 0.5, 2 ** 52],
    [2 ** 52 + 1, 2 ** 52 + 1],
    [-(2 ** 53), -(2 ** 53)],
    [1e300, 1e300],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
    [NaN, NaN],
  ])("of %d is %d", (x, rounded) => {
    expect(roundHalfEven(x)).toBe(rounded);
  });
});
