import { describe, expect, it } from "vitest";
import { centralDerivative, differences } from "./numeric-derivative.js";

const one = (f: (t: number) => number) => (t: number) => Float64Array.of(f(t));

describe("centralDerivative", () => {
  it.each([
    ["sin at 1", (t: number) => Math.sin(1 + t), Math.cos(1)],
    ["exp at 3", (t: number) => Math.exp(3 + t), Math.exp(3)],
    ["log at 0.2", (t: number) => Math.log(0.2 + t), 5],
    ["a polynomial", (t: number) => (2 + t) ** 5, 80],
    ["a line", (t: number) => 3 * t, 3],
  ])("is right to 1e-10 of %s", (_name, f, expected) => {
    const { value, error } = centralDerivative(one(f), 1 / 64, 4);
    expect(Math.abs((value[0] ?? NaN) - expected)).toBeLessThan(1e-10 * Math.max(1, Math.abs(expected)));
    expect(error[0]).toBeLessThan(1e-8);
  });

  it("knows nothing of what is NaN on one side", () => {
    const { value, error } = centralDerivative(
      one((t) => Math.sqrt(t)),
      1 / 64,
      4,
    );
    expect([value[0], error[0]]).toEqual([NaN, Infinity]);
  });
});

describe("differences", () => {
  it("tells the two sides of a kink apart", () => {
    const { above, below, central } = differences(
      one((t) => Math.max(t, 3 * t)),
      0.01,
      8,
    );
    expect([below.value[0], central.value[0], above.value[0]].map((x) => Number(x?.toFixed(9)))).toEqual([
      1, 2, 3,
    ]);
  });

  it("finds one side where the other is another function nearby", () => {
    const { above, below } = differences(
      one((t) => (t < 0.004 ? Math.sin(t) : 7)),
      0.01,
      10,
    );
    expect(above.value[0]).toBeCloseTo(1, 8);
    expect(below.value[0]).toBeCloseTo(1, 8);
  });

  it("does not settle at a jump", () => {
    const { central } = differences(
      one((t) => (t < 0 ? 0 : 1)),
      0.01,
      8,
    );
    expect(central.error[0]).toBeGreaterThan(1);
  });
});
