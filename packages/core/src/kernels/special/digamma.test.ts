import { describe, expect, it } from "vitest";

import { digamma } from "./digamma.js";
import { lgamma } from "./lgamma.js";

describe("digamma", () => {
  it.each(POSITIVE)("is within 2 epsilon of max(1, |value|) at %d", (x, exact) => {
    expect(Math.abs(digamma(x) - exact)).toBeLessThan(2 * Number.EPSILON * Math.max(1, Math.abs(exact)));
  });

  it.each(NEGATIVE)("is within 8 epsilon of max(1, |value|) at %d", (x, exact) => {
    expect(Math.abs(digamma(x) - exact)).toBeLessThan(8 * Number.EPSILON * Math.max(1, Math.abs(exact)));
  });

  it.each([
    [0, NaN],
    [-0, NaN],
    [-1, NaN],
    [-2, NaN],
    [-1e20, NaN],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [NaN, NaN],
  ])("of %d is %d, as JAX's", (x, value) => {
    expect(digamma(x)).toBe(value);
  });

  it("is the slope of lgamma", () => {
    for (const x of [-3.4, -0.6, 0.3, 1, 1.4, 2, 3.3, 7.9, 8.2, 40]) {
      const slope = (lgamma(x + 1e-5) - lgamma(x - 1e-5)) / 2e-5;
      expect(digamma(x)).toBeCloseTo(slope, 7);
    }
  });
});

/**
 * [x, exact value]. Made with mpmath 1.4.1 in Python, mp.dps = 60, as [x, float(digamma(mpf(x)))], each x a float64.
 */
const POSITIVE: readonly (readonly [x: number, exact: number])[] = [
  [1e-300, -9.999999999999999e299],
  [1e-8, -100000000.57721564],
  [0.001, -1000.5755719318103],
  [0.1, -10.423754940411076],
  [0.3, -3.502524222200133],
  [0.5, -1.9635100260214235],
  [0.7, -1.2200235536979347],
  [1, -0.5772156649015329],
  [1.2, -0.2890398965921884],
  [1.4616321449683622, -9.241265521729427e-17],
  [1.4999, 0.03639648961430398],
  [1.5, 0.03648997397857652],
  [1.8, 0.28499143329386156],
  [2, 0.42278433509846713],
  [2.2, 0.5442934367411452],
  [2.5, 0.7031566406452432],
  [3, 0.9227843350984671],
  [4.4, 1.3636854834260885],
  [6, 1.7061176684318005],
  [7.5753, 1.957439302462979],
  [7.9999, 2.015628164165642],
  [8, 2.01564147795561],
  [10, 2.251752589066721],
  [33.3, 3.490467238520243],
  [150, 5.007298257075679],
  [1000000, 13.815510057964191],
  [1e100, 230.25850929940458],
];

/**
 * [x, exact value]. Made with mpmath 1.4.1 in Python, mp.dps = 60, as [x, float(digamma(1 - mpf(x)) - pi * cospi(mpf(x)) / sinpi(mpf(x)))], each x a float64.
 */
const NEGATIVE: readonly (readonly [x: number, exact: number])[] = [
  [-1e-300, 9.999999999999999e299],
  [-1e-8, 99999999.42278431],
  [-0.25, 2.9141391202135276],
  [-0.5, 0.03648997397857652],
  [-0.5041109505309938, -0.000249798866745491],
  [-0.75, -2.894120200042932],
  [-1.3, 2.8825405488661673],
  [-2.7, -1.1153471291406896],
  [-4.65, 0.039836131442818716],
  [-12.719377223747939, -0.006693137334423567],
  [-85.80371051889341, 0.026115652970708204],
];
