import { describe, expect, it } from "vitest";

import { digamma } from "./digamma.js";
import { polygamma } from "./polygamma.js";
import { ulps } from "./ulps.js";

describe("polygamma", () => {
  it.each(POSITIVE)("of order %d is within 8 ulp at %d", (order, x, exact) => {
    expect(ulps(polygamma(order, x), exact)).toBeLessThan(8);
  });

  // Even orders pass through zero between the poles and lose digits as they near it.
  it.each(NEGATIVE)("of order %d is within 40 ulp at %d", (order, x, exact) => {
    expect(ulps(polygamma(order, x), exact)).toBeLessThan(40);
  });

  it("of order 0 is digamma", () => {
    for (const x of [-1.5, 0.2, 1, 30]) expect(polygamma(0, x)).toBe(digamma(x));
  });

  it.each([
    [1, 0, Infinity],
    [1, -2, Infinity],
    [3, -1, Infinity],
    [2, 0, NaN],
    [2, -3, NaN],
    [1, 1e-200, Infinity],
    [2, 1e-200, -Infinity],
    [2, -1e-200, Infinity],
    [1, Infinity, 0],
    [2, Infinity, -0],
    [1, NaN, NaN],
    [200, 1, -Infinity],
    [-1, 1, NaN],
    [0.5, 1, NaN],
  ])("of order %d at %d is %d", (order, x, value) => {
    expect(polygamma(order, x)).toBe(value);
  });

  it("keeps 12 digits where n! and xⁿ leave the range of float64 and their quotient does not", () => {
    expect(polygamma(200, 50) / -2.58297139307053565e33).toBeCloseTo(1, 12);
    expect(polygamma(200, 20) / -2.45405013879815533e113).toBeCloseTo(1, 12);
    expect(polygamma(1000, 700) / -6.03288957030083746e-281).toBeCloseTo(1, 12);
  });

  it("is the slope of the order below", () => {
    for (const order of [1, 2, 3, 4])
      for (const x of [-2.4, -0.6, 0.9, 2.3, 12]) {
        const slope = (polygamma(order - 1, x + 1e-5) - polygamma(order - 1, x - 1e-5)) / 2e-5;
        expect(polygamma(order, x) / slope).toBeCloseTo(1, 5);
      }
  });
});

/**
 * [n, x, exact value]. Made with mpmath 1.4.1 in Python, mp.dps = 300 (with less, its zeta is wrong for large x), as
 * float(mpf(-1)**(n + 1) * factorial(n) * zeta(n + 1, mpf(x))).
 */
const POSITIVE: readonly (readonly [order: number, x: number, exact: number])[] = [
  [1, 1e-100, 1e200],
  [1, 0.001, 1000001.6425331958],
  [1, 0.4, 7.275356590529597],
  [1, 1, 1.6449340668482264],
  [1, 1.5, 0.9348022005446793],
  [1, 5, 0.22132295573711533],
  [1, 8.46, 0.12546381580540222],
  [5, 11.06, 0.0001807451277190402],
  [20, 20.9, -7.490047175620869e-10],
  [1, 11, 0.09516633568168574],
  [1, 150, 0.006688938271165994],
  [1, 10000000000, 1.00000000005e-10],
  [1, 1e300, 1e-300],
  [2, 0.3, -75.27253658872604],
  [2, 1, -2.4041138063191885],
  [2, 3.3, -0.12375118526494272],
  [2, 40, -0.0006408202718352986],
  [2, 1000000, -1.0000010000005e-12],
  [3, 0.5, 97.40909103400244],
  [3, 2, 0.49393940226682914],
  [3, 9, 0.0032343960459451037],
  [3, 1e20, 2e-60],
  [4, 0.7, -144.70825364302465],
  [4, 2.5, -0.3137559995067314],
  [4, 30, -7.914941340181023e-6],
  [5, 1.2, 41.38967841777252],
  [5, 25, 2.7131757700038325e-6],
  [8, 0.9, -104200.92170841499],
  [8, 12.5, -1.1482523628694959e-5],
  [20, 1.7, -35214661558203.43],
  [20, 33, -6.922650885618965e-14],
  [50, 3, -1.4121832832993648e40],
  [50, 60, -1.1099958252589298e-26],
];

/**
 * The same for x < 0, where zeta(s, x) = zeta(s, x + m) + sum((x + k)**-s for k in range(m)), m = -floor(x).
 */
const NEGATIVE: readonly (readonly [order: number, x: number, exact: number])[] = [
  [1, -1e-100, 1e200],
  [1, -0.001, 1000001.6473414317],
  [1, -0.5, 8.934802200544679],
  [1, -2.7, 14.769375845132314],
  [1, -20.3, 15.03134603262623],
  [2, -0.1, 1996.798202956205],
  [2, -1.5, -0.2362040516417274],
  [2, -2.75, -124.11765305971518],
  [2, -9.99, -1999999.8791476963],
  [3, -0.4, 281.78204104534575],
  [3, -3.6, 283.57410304858166],
  [4, -2.25, 24481.479910902563],
  [5, -1.3, 165659.24299740966],
  [20, -4.6, -5.530669673009725e26],
];
