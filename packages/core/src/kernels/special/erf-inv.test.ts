import { describe, expect, it } from "vitest";

import { erfInv } from "./erf-inv.js";
import { erf } from "./erf.js";
import { ulps } from "./ulps.js";

describe("erfInv", () => {
  it.each(EXACT)("is within 3 ulp at %d", (x, exact) => {
    expect(ulps(erfInv(x), exact)).toBeLessThan(3.5);
    expect(erfInv(-x)).toBe(-erfInv(x));
  });

  it.each([
    [0, 0],
    [-0, -0],
    [1e-20, 8.86226925452758e-21],
    [5e-324, 5e-324],
    [1, Infinity],
    [-1, -Infinity],
    [1.5, NaN],
    [-30, NaN],
    [Infinity, NaN],
    [NaN, NaN],
  ])("of %d is %d, as JAX's", (x, value) => {
    expect(erfInv(x)).toBe(value);
  });

  it("undoes erf, as well as erf's rounding allows", () => {
    for (let i = -400; i <= 400; i += 1) {
      const y = i / 100;
      // erf rounds by up to 2⁻⁵², which its slope turns into this much in y.
      const allowed = 2 ** -51 * (1 + Math.exp(y * y));
      expect(Math.abs(erfInv(erf(y)) - y)).toBeLessThanOrEqual(allowed);
    }
  });
});

/**
 * [x, exact value]. Made with mpmath 1.4.1 in Python, mp.dps = 60, as [x, float(erfinv(mpf(x)))], each x a float64.
 */
const EXACT: readonly (readonly [x: number, exact: number])[] = [
  [1e-300, 8.86226925452758e-301],
  [1e-8, 8.86226925452758e-9],
  [0.01, 0.008862501280950598],
  [0.1129939, 0.10047532426023002],
  [0.3, 0.2724627147267543],
  [-0.5, -0.4769362762044699],
  [0.7, 0.7328690779592167],
  [0.85, 1.0179024648320276],
  [0.8500001, 1.0179027145953181],
  [0.9, 1.1630871536766743],
  [-0.95, -1.3859038243496777],
  [0.99, 1.8213863677184494],
  [0.9943922000896536, 1.9585966163190511],
  [0.9999, 2.75106390571208],
  [0.99999998, 3.968284135847724],
  [0.9999999999, 4.572824958544925],
  [0.99999999998, 4.741874439502495],
  [0.999999999999, 5.042031898572696],
  [0.99999999999999, 5.4725525174145355],
  [0.9999999999999999, 5.8635847487551676],
];
