import { describe, expect, it } from "vitest";

import { ulps } from "./ulps.js";

describe("ulps", () => {
  it.each([
    [1, 1, 0],
    [1 + 2 ** -52, 1.5, 2 ** 51 - 1],
    [1.5 + 2 ** -52, 1.5, 1],
    [-1.5 - 2 ** -51, -1.5, 2],
    [1e-323, 5e-324, 1],
    [NaN, NaN, 0],
    [Infinity, Infinity, 0],
    [Infinity, 1, Infinity],
    [1, Infinity, Infinity],
    [NaN, 1, Infinity],
    [1, NaN, Infinity],
    [1e-300, 0, Infinity],
    [-0, 0, 0],
  ])("between %d and %d is %d", (found, exact, distance) => {
    expect(ulps(found, exact)).toBe(distance);
  });
});
