import { describe, expect, it } from "vitest";
import {
  bitcast,
  convert,
  dtypeOf,
  grad,
  item,
  jvp,
  mul,
  scalar,
  stopGradient,
  sum,
  tensor,
  toArray,
} from "../index.js";
import type { Tensor } from "../index.js";

describe("convert", () => {
  it("truncates floats towards 0 and keeps them in range; NaN is 0", () => {
    const x = tensor([1.7, -1.7, 3e9, -3e9, 5e9, NaN, Infinity, -Infinity], { dtype: "float64" });
    expect(toArray(convert(x, "int32"))).toEqual([
      1,
      -1,
      2 ** 31 - 1,
      -(2 ** 31),
      2 ** 31 - 1,
      0,
      2 ** 31 - 1,
      -(2 ** 31),
    ]);
    expect(toArray(convert(x, "uint32"))).toEqual([1, 0, 3e9, 0, 2 ** 32 - 1, 0, 2 ** 32 - 1, 0]);
  });

  it("keeps the bits of integers among themselves", () => {
    expect(toArray(convert(tensor([-1, 5], { dtype: "int32" }), "uint32"))).toEqual([2 ** 32 - 1, 5]);
    expect(toArray(convert(tensor([2 ** 32 - 1], { dtype: "uint32" }), "int32"))).toEqual([-1]);
  });

  it("to bool is false at 0 alone", () => {
    expect(toArray(convert(tensor([0, -0, NaN, 0.5, -1]), "bool"))).toEqual([false, false, true, true, true]);
    expect(toArray(convert(tensor([true, false]), "float32"))).toEqual([1, 0]);
  });

  it("rounds float64 to float32", () => {
    expect(item(convert(scalar(0.1, { dtype: "float64" }), "float32"))).toBe(Math.fround(0.1));
  });

  it("is linear between floats, and ends the gradient at integers", () => {
    const [, tangent] = jvp((x: Tensor<[2]>) => convert(x, "float64"), [tensor([1, 2])], [tensor([3, 4])]);
    expect([dtypeOf(tangent), toArray(tangent)]).toEqual(["float64", [3, 4]]);
    const gradient = grad((x: Tensor<[2]>) => sum(convert(mul(convert(x, "float64"), 3), "float32")))(
      tensor([1, 2]),
    );
    expect([dtypeOf(gradient), toArray(gradient)]).toEqual(["float32", [3, 3]]);
    expect(
      toArray(grad((x: Tensor<[2]>) => sum(convert(convert(x, "int32"), "float32")))(tensor([1.5, 2]))),
    ).toEqual([0, 0]);
  });
});

describe("bitcast", () => {
  it("reads bits as another dtype of as many", () => {
    expect(item(bitcast(scalar(1), "uint32"))).toBe(0x3f800000);
    expect(item(bitcast(scalar(-1, { dtype: "int32" }), "uint32"))).toBe(2 ** 32 - 1);
    expect(item(bitcast(bitcast(scalar(0.1), "int32"), "float32"))).toBe(Math.fround(0.1));
  });

  it("makes two of a float64, along a last axis, and one of two", () => {
    const words = bitcast(tensor([1, 2], { dtype: "float64" }), "uint32") as unknown as Tensor<
      [2, 2],
      "uint32"
    >;
    expect(toArray(words)).toEqual([
      [0, 0x3ff00000],
      [0, 0x40000000],
    ]);
    expect(toArray(bitcast(words, "float64"))).toEqual([1, 2]);
  });

  it("refuses bits that do not fit", () => {
    expect(() => bitcast(tensor([1, 2, 3]), "float64")).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: bitcast: the bits of float32[3] are not those of a tensor of float64.
        from   float32[3]
        to     float64
        fix    float32, int32 and uint32 have 32 bits; a float64 is two of them along a last axis of length 2]
    `);
    expect(() => bitcast(tensor([true]), "int32")).toThrow(
      "the bits of bool[1] are not those of a tensor of int32",
    );
  });
});

describe("stopGradient", () => {
  it("is the value, as a constant, under every order", () => {
    const f = (x: Tensor<[]>): Tensor<[]> => mul(x, stopGradient(mul(x, x)));
    expect(item(f(scalar(3)))).toBe(27);
    expect(item(grad(f)(scalar(3)))).toBe(9);
    expect(item(grad(grad(f))(scalar(3)))).toBe(0);
  });
});
