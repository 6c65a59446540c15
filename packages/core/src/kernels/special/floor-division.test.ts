import { describe, expect, it } from "vitest";

import { floorDivide, floorMod } from "./floor-division.js";

describe("floorDivide and floorMod", () => {
  it.each(NUMPY)("of %d and %d are %d and %d, as NumPy's", (a, b, quotient, remainder) => {
    expect(floorDivide(a, b)).toBe(quotient);
    expect(floorMod(a, b)).toBe(remainder);
  });

  it("give back what they divided, for whole numbers", () => {
    for (let a = -30; a <= 30; a += 1)
      for (const b of [-7, -3, -1, 1, 2, 5, 64]) {
        expect(floorDivide(a, b) * b + floorMod(a, b)).toBe(a);
        expect(Math.abs(floorMod(a, b))).toBeLessThan(Math.abs(b));
      }
  });
});

/** [a, b, numpy.floor_divide(a, b), numpy.mod(a, b)] of NumPy 2.4.6, in float64. */
const NUMPY: readonly (readonly [a: number, b: number, quotient: number, remainder: number])[] = [
  [7, 3, 2, 1],
  [4465.3, 2.566666666666667, 1739, 1.8666666666664882],
  [-7, 3, -3, 2],
  [7, -3, -3, -2],
  [-7, -3, 2, -1],
  [7.5, -2, -4, -0.5],
  [-7.5, 2, -4, 0.5],
  [3.5758, 4.3202, 0, 3.5758],
  [2.4145, 2.0212, 1, 0.3933],
  [1, 0.1, 9, 0.09999999999999995],
  [6, 0.3, 20, 2.220446049250313e-16],
  [-2.5, -1.5, 1, -1],
  [-1e-20, 3, -1, 3],
  [1e300, 0.1, 1e301, 0.00011215964963492975],
  [9007199254740992, 3, 3002399751580330, 2],
  [4294967295, 7, 613566756, 3],
  [0, 2, 0, 0],
  [-0, 2, -0, 0],
  [0, -1.5, -0, -0],
  [4, -2, -2, -0],
  [-4, 2, -2, 0],
  [1, 0, Infinity, NaN],
  [-1, 0, -Infinity, NaN],
  [0, 0, NaN, NaN],
  [-2.5, -0, Infinity, NaN],
  [1, Infinity, 0, 1],
  [-1, Infinity, -1, Infinity],
  [1, -Infinity, -1, -Infinity],
  [0, Infinity, 0, 0],
  [0, -Infinity, -0, -0],
  [Infinity, 1, NaN, NaN],
  [-Infinity, 2, NaN, NaN],
  [Infinity, Infinity, NaN, NaN],
  [NaN, 1, NaN, NaN],
  [1, NaN, NaN, NaN],
  [Infinity, 0, Infinity, NaN],
  [NaN, 0, NaN, NaN],
];
