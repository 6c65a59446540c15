import { describe, expect, it } from "vitest";

import { logAddExp } from "./log-add-exp.js";
import { ulps } from "./ulps.js";

describe("logAddExp", () => {
  // Made with mpmath in Python, mp.dps = 60, as float(log(exp(mpf(a)) + exp(mpf(b)))).
  it.each([
    [0, 0, 0.6931471805599453],
    [1, -3, 1.0181499279178097],
    [-1.995, -0.6853, -0.44636104387045217],
    [2.5, 40.25, 40.25],
    [-700, -710.5, -699.9999724639298],
    [1000, 1000, 1000.6931471805599],
    [1000, 999, 1000.3132616875182],
    [0.3, -1e-9, 0.8543552440429696],
  ])("of %d and %d is %d", (a, b, exact) => {
    expect(ulps(logAddExp(a, b), exact)).toBeLessThan(2);
    expect(logAddExp(b, a)).toBe(logAddExp(a, b));
  });

  it.each([
    [-Infinity, -Infinity, -Infinity],
    [0, -Infinity, 0],
    [Infinity, 0, Infinity],
    [-Infinity, 2, 2],
    [Infinity, Infinity, Infinity],
    [Infinity, -Infinity, Infinity],
    [NaN, 1, NaN],
    [Infinity, NaN, NaN],
    [-Infinity, NaN, NaN],
    [NaN, NaN, NaN],
  ])("of %d and %d is %d, as JAX's", (a, b, value) => {
    expect(logAddExp(a, b)).toBe(value);
    expect(logAddExp(b, a)).toBe(value);
  });
});
