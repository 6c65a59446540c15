import { describe, expect, it } from "vitest";
import {
  abs,
  ceil,
  copySign,
  floor,
  floorDivide,
  grad,
  mod,
  nextAfter,
  round,
  scalar,
  sign,
  sum,
  tensor,
  toArray,
  trunc,
} from "../index.js";
import type { Tensor } from "../index.js";

type Vector = Tensor<readonly [number], "float64">;
const vector = (...x: number[]): Vector => tensor(x, { dtype: "float64" });
const slope = (f: (x: Vector) => Vector, x: Vector) =>
  toArray(grad((z: Vector) => sum(f(z)))(x)).map((d) => d + 0); // -0 is 0

describe("at kinks", () => {
  it("abs has derivative 0 at 0, and sign everywhere", () => {
    expect(slope(abs, vector(-2, 0, 3))).toEqual([-1, 0, 1]);
    expect(slope(sign, vector(-2, 0, 3))).toEqual([0, 0, 0]);
  });

  it("rounding has derivative 0", () => {
    for (const f of [floor, ceil, trunc, round])
      expect(slope(f, vector(-1.5, 0, 0.5, 2))).toEqual([0, 0, 0, 0]);
  });

  it("mod has derivative 1 in the dividend, minus the quotient in the divisor", () => {
    expect(slope((x) => mod(x, 2), vector(-3, 4, 5.5))).toEqual([1, 1, 1]);
    expect(slope((x) => mod(vector(-3, 4, 5.5), x), vector(2, 2, 2))).toEqual([2, -2, -2]);
    expect(slope((x) => floorDivide(x, 2), vector(-3, 4))).toEqual([0, 0]);
  });

  it("copySign has the sign of both, and 0 at 0", () => {
    expect(slope((x) => copySign(x, -1), vector(-2, 0, 3))).toEqual([1, 0, -1]);
    expect(slope((x) => copySign(2, x), vector(-2, 3))).toEqual([0, 0]);
  });
});

describe("values", () => {
  it("round takes halves to the even number", () => {
    expect(toArray(round(vector(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)))).toEqual([-2, -2, -0, 0, 2, 2]);
  });

  it("mod has the sign of the divisor, floorDivide rounds down, also of integers", () => {
    const a = [7, -7, 7, -7];
    const b = [2, 2, -2, -2];
    for (const dtype of ["float32", "int32"] as const) {
      expect(toArray(mod(tensor(a, { dtype }), tensor(b, { dtype })))).toEqual([1, 1, -1, -1]);
      expect(toArray(floorDivide(tensor(a, { dtype }), tensor(b, { dtype })))).toEqual([3, -4, -4, 3]);
    }
  });

  it("keep the sign of zero where IEEE 754 has one", () => {
    expect([
      ...[floor, ceil, trunc, round, sign, abs].map((f) => toArray(f(scalar(-0, { dtype: "float64" })))),
    ]).toEqual([-0, -0, -0, -0, -0, 0]);
    expect(toArray(copySign(vector(1, 0), vector(-0, -0)))).toEqual([-1, -0]);
  });

  it("nextAfter steps by one unit of its own dtype", () => {
    expect(toArray(nextAfter(tensor([1, 1, 0]), tensor([2, 0, 1])))).toEqual([
      1 + 2 ** -23,
      1 - 2 ** -24,
      2 ** -149,
    ]);
    expect(toArray(nextAfter(vector(1), vector(2)))).toEqual([1 + 2 ** -52]);
  });
});
