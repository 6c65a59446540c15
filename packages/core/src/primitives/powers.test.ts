import { describe, expect, it } from "vitest";
import {
  cbrt,
  grad,
  hessian,
  hypot,
  item,
  log,
  pow,
  prod,
  scalar,
  square,
  sum,
  tensor,
  toArray,
  xlogy,
} from "../index.js";
import type { Tensor } from "../index.js";
import { checkGradients } from "../testing/check-gradients.js";

type Scalar = Tensor<readonly [], "float64">;
const number = (x: number): Scalar => scalar(x, { dtype: "float64" });

describe("pow", () => {
  it("has derivative 0 in x where y is 0, whatever x is", () => {
    for (const x of [0, 2, -2, Infinity, NaN])
      expect(Math.abs(item(grad((z: Scalar) => pow(z, 0))(number(x))))).toBe(0);
  });

  it("keeps the second derivative across y = 0: ∂²xʸ/∂x∂y = 1/x there", () => {
    const mixed = grad((y: Scalar) => grad((x: Scalar, w: Scalar) => pow(x, w))(number(4), y))(number(0));
    expect(item(mixed)).toBe(0.25);
    const other = grad((x: Scalar) => grad((y: Scalar, z: Scalar) => pow(z, y))(number(0), x))(number(4));
    expect(item(other)).toBe(0.25);
  });

  it("has every derivative of a polynomial at 0", () => {
    let f = (x: Scalar): Scalar => pow(x, 3);
    const at0: number[] = [];
    for (let order = 0; order <= 5; order++) {
      at0.push(item(f(number(0))));
      const before = f;
      f = (x) => grad(before)(x);
    }
    expect(at0).toEqual([0, 0, 0, 6, 0, 0]);
  });

  it("has derivative 0 in y where x is 0", () => {
    expect(item(grad((y: Scalar) => pow(0, y))(number(2)))).toBe(0);
  });

  it("of negative numbers to whole powers is differentiable in x", () => {
    expect(() =>
      checkGradients(
        (x: Tensor<[3], "float64">) => pow(x, 3),
        [tensor([-2, -0.5, 1.5], { dtype: "float64" })],
      ),
    ).not.toThrow();
    expect(item(pow(number(-8), number(1 / 3)))).toBeNaN();
  });

  it("is IEEE 754's at 1 and the infinities", () => {
    expect(
      [pow(1, number(NaN)), pow(number(NaN), 0), pow(-1, number(Infinity)), pow(number(-0), -1)].map(item),
    ).toEqual([1, 1, 1, -Infinity]);
  });

  it("of integers wraps around, and is 0 to a negative power", () => {
    const whole = (...elements: number[]) => tensor(elements, { dtype: "int32" });
    expect(toArray(pow(whole(3, 2, -2, 2, 1, -1), whole(4, 31, 3, -1, -5, -5)))).toEqual([
      81,
      -(2 ** 31),
      -8,
      0,
      1,
      -1,
    ]);
    expect(toArray(pow(tensor([7], { dtype: "uint32" }), tensor([30], { dtype: "uint32" })))).toEqual([
      Number(7n ** 30n % 2n ** 32n),
    ]);
  });
});

describe("functions with a point of their own", () => {
  it("hypot has gradient 0 at the origin", () => {
    expect(
      toArray(grad((x: Tensor<[2], "float64">) => sum(hypot(x, 0)))(tensor([0, -3], { dtype: "float64" }))),
    ).toEqual([0, -1]);
  });

  it("xlogy is 0 at 0, and keeps NaN", () => {
    expect([xlogy(0, number(0)), xlogy(0, number(NaN)), xlogy(number(2), number(1))].map(item)).toEqual([
      0,
      NaN,
      0,
    ]);
    expect(item(grad((x: Scalar) => xlogy(x, 3))(number(0)))).toBe(Math.log(3));
  });

  it("cbrt has an infinite derivative at 0, and log one of ∞", () => {
    expect([
      item(grad((x: Scalar) => cbrt(x))(number(0))),
      item(grad((x: Scalar) => log(x))(number(0))),
    ]).toEqual([Infinity, Infinity]);
  });

  it("square has a Hessian of 2", () => {
    expect(
      toArray(hessian((x: Tensor<[2], "float64">) => sum(square(x)))(tensor([1, 2], { dtype: "float64" }))),
    ).toEqual([
      [2, 0],
      [0, 2],
    ]);
  });
});

describe("prod", () => {
  it.each([
    [
      [2, 3, 4],
      [12, 8, 6],
    ],
    [
      [0, 3, 4],
      [12, 0, 0],
    ],
    [
      [0, 3, 0],
      [0, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [[5], [1]],
  ])("of %j has gradient %j", (x, expected) => {
    expect(
      toArray(grad((z: Tensor<[number], "float64">) => prod(z))(tensor(x, { dtype: "float64" }))),
    ).toEqual(expected);
  });

  it("has second derivatives with zeros among its factors", () => {
    expect(
      toArray(hessian((z: Tensor<[3], "float64">) => prod(z))(tensor([0, 3, 0], { dtype: "float64" }))),
    ).toEqual([
      [0, 0, 3],
      [0, 0, 0],
      [3, 0, 0],
    ]);
  });

  it("of nothing is 1, with an empty gradient", () => {
    const nothing = tensor([], { dtype: "float64" });
    expect(item(prod(nothing))).toBe(1);
    expect(toArray(grad((z: Tensor<[0], "float64">) => prod(z))(nothing))).toEqual([]);
  });

  it("of integers wraps around", () => {
    expect(item(prod(tensor([65537, 65537], { dtype: "int32" })))).toBe(131073);
    expect(item(prod(tensor([65537, 65535, 3], { dtype: "uint32" })))).toBe(
      Number((65537n * 65535n * 3n) % 2n ** 32n),
    );
  });
});
