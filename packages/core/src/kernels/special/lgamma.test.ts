import { describe, expect, it } from "vitest";

import { lgamma } from "./lgamma.js";
import { ulps } from "./ulps.js";

describe("lgamma", () => {
  it.each(POSITIVE)("is within 3 ulp at %d", (x, exact) => {
    expect(ulps(lgamma(x), exact)).toBeLessThan(3.5);
  });

  it.each(NEGATIVE)("is within 6 epsilon of max(1, |value|) at %d", (x, exact) => {
    expect(Math.abs(lgamma(x) - exact)).toBeLessThan(6 * Number.EPSILON * Math.max(1, Math.abs(exact)));
  });

  it.each([
    [0, Infinity],
    [-0, Infinity],
    [-1, Infinity],
    [-2, Infinity],
    [-1e17, Infinity],
    [1, 0],
    [2, 0],
    [3e305, Infinity],
    [Infinity, Infinity],
    [-Infinity, Infinity],
    [NaN, NaN],
  ])("of %d is %d, as JAX's", (x, value) => {
    expect(lgamma(x)).toBe(value);
  });

  it("obeys Γ(x + 1) = x Γ(x) across all its formulas", () => {
    for (let i = 1; i <= 400; i += 1) {
      const x = i / 32;
      const error = Math.abs(lgamma(x + 1) - (lgamma(x) + Math.log(x)));
      expect(error).toBeLessThan(8 * Number.EPSILON * Math.max(1, Math.abs(lgamma(x + 1))));
    }
  });
});

/**
 * [x, exact value]. Made with mpmath 1.4.1 in Python, mp.dps = 60, as [x, float(log(abs(gamma(mpf(x)))))], each x a float64.
 */
const POSITIVE: readonly (readonly [x: number, exact: number])[] = [
  [1e-300, 690.7755278982137],
  [1e-17, 39.14394658089878],
  [1e-16, 36.841361487904734],
  [0.001, 6.907178885383853],
  [0.1, 2.252712651734206],
  [0.25, 1.2880225246980774],
  [0.4999, 0.5725613186041184],
  [0.5, 0.5723649429247001],
  [0.75, 0.20328095143129538],
  [0.9999, 5.7729791561193866e-5],
  [1, 0],
  [1.000000001, -5.772157118381039e-10],
  [1.1, -0.049872441259839764],
  [1.24999, -0.0982695618266127],
  [1.25, -0.09827183642181316],
  [1.2930931297354444, -0.10697910924723421],
  [1.5, -0.12078223763524522],
  [1.7, -0.09580769740706588],
  [1.999, -0.0004224618006921073],
  [2, 0],
  [2.0000001, 4.227843666532498e-8],
  [2.3, 0.15418945495963046],
  [2.5, 0.2846828704729192],
  [3, 0.6931471805599453],
  [3.7, 1.428072326665388],
  [5, 3.1780538303479458],
  [6.5, 5.662562059857142],
  [7.9999, 8.524959797583307],
  [8, 8.525161361065415],
  [11.273117453480578, 15.750236293874728],
  [20, 39.339884187199495],
  [57.3, 173.5638682796914],
  [150, 600.0094705553274],
  [100000, 1051287.7089736569],
  [1000000000000000, 3.3538776394910668e16],
  [1e100, 2.2925850929940456e102],
  [2.5e305, 1.7555118602376452e308],
];

/**
 * [x, exact value]. Made with mpmath 1.4.1 in Python, mp.dps = 60, as [x, float(log(abs(pi / sinpi(mpf(x)))) - loggamma(1 - mpf(x)))], each x a float64.
 */
const NEGATIVE: readonly (readonly [x: number, exact: number])[] = [
  [-1e-300, 690.7755278982137],
  [-1e-16, 36.841361487904734],
  [-0.1, 2.3689613327287886],
  [-0.5, 1.2655121234846454],
  [-0.75, 1.5757045971498584],
  [-1.0001, 9.210298106767521],
  [-1.5, 0.860047015376481],
  [-2.457263967891088, -0.00036229928668490933],
  [-2.7, -0.07140708531564569],
  [-2.747653072242266, -5.66075467082702e-5],
  [-3.5, -1.309006684993042],
  [-7.049013447287593, -5.6044991042557015],
  [-20.3, -41.887292480135244],
  [-100.5, -364.90096830942736],
  [-1234.56, -7556.933852037494],
];
