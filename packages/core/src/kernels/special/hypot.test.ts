import { describe, expect, it } from "vitest";

import { hypot } from "./hypot.js";
import { ulps } from "./ulps.js";

describe("hypot", () => {
  // Made with mpmath in Python, mp.dps = 60, as float(sqrt(mpf(a)**2 + mpf(b)**2)).
  it.each([
    [3, 4, 5],
    [1.2246, -0.5279, 1.3335379897100794],
    [1e200, 3e200, 3.1622776601683794e200],
    [3e-200, 1e-200, 3.1622776601683794e-200],
    [3e-160, 4e-160, 5e-160],
    [1e-310, 2e-310, 2.2360679774998e-310],
    [1.2e308, 1.2e308, 1.697056274847714e308],
    [1, 1e-9, 1],
    [-2.2446, -2.2567, 3.1829112538680686],
    [5e-324, 0, 5e-324],
    [1e300, 1e-300, 1e300],
  ])("of %d and %d is within 1 ulp of %d", (a, b, exact) => {
    expect(ulps(hypot(a, b), exact)).toBeLessThan(1.5);
    expect(hypot(b, a)).toBe(hypot(a, b));
  });

  it.each([
    [0, 0, 0],
    [-0, -0, 0],
    [Infinity, 1, Infinity],
    [-Infinity, NaN, Infinity],
    [NaN, Infinity, Infinity],
    [NaN, 1, NaN],
    [0, NaN, NaN],
    [1.7e308, 1.7e308, Infinity],
  ])("of %d and %d is %d, as JAX's", (a, b, value) => {
    expect(hypot(a, b)).toBe(value);
  });
});
