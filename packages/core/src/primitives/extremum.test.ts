import { describe, expect, it } from "vitest";
import { grad, jvp, max, maximum, min, minimum, ones, sum, tensor, toArray, vjp } from "../index.js";
import type { Tensor } from "../index.js";

const a = tensor([1, 5, 3, NaN]);
const b = tensor([2, 4, 3, 0]);

describe("maximum and minimum", () => {
  it("share the gradient evenly where they tie", () => {
    const [, back] = vjp(maximum<Tensor<readonly [4]>, Tensor<readonly [4]>>, [a, b]);
    const [ofA, ofB] = back(ones([4]));
    expect([toArray(ofA), toArray(ofB)]).toEqual([
      [0, 1, 0.5, 0],
      [1, 0, 0.5, 0],
    ]);
    expect(
      toArray(jvp(minimum<Tensor<readonly [4]>, Tensor<readonly [4]>>, [b, b], [ones([4]), ones([4])])[1]),
    ).toEqual([1, 1, 1, 1]);
  });

  it("of a constant at its own value: half", () => {
    expect(toArray(grad((x: Tensor<[3]>) => sum(maximum(x, 0)))(tensor([-1, 0, 1])))).toEqual([0, 0.5, 1]);
    expect(toArray(grad((x: Tensor<[3]>) => sum(minimum(0, x)))(tensor([-1, 0, 1])))).toEqual([1, 0.5, 0]);
  });

  it("give NaN where either is NaN", () => {
    expect(toArray(maximum(a, b))).toEqual([2, 5, 3, NaN]);
    expect(toArray(minimum(b, a))).toEqual([1, 4, 3, NaN]);
  });

  it("have no gradient to give to integers", () => {
    expect(toArray(maximum(tensor([1, -2], { dtype: "int32" }), 0))).toEqual([1, 0]);
    expect(toArray(maximum(tensor([4e9, 1], { dtype: "uint32" }), 2))).toEqual([4e9, 2]);
  });
});

describe("max and min", () => {
  it("share the gradient evenly among all that reach it", () => {
    const x = tensor([
      [3, 1, 3],
      [2, 2, 2],
    ]);
    const [, back] = vjp((z: Tensor<[2, 3]>) => max(z, { axis: 1 }), [x]);
    expect(toArray(back(tensor([1, 6]))[0])).toEqual([
      [0.5, 0, 0.5],
      [2, 2, 2],
    ]);
    expect(toArray(grad((z: Tensor<[2, 3]>) => min(z))(x))).toEqual([
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  it("give NaN if any is NaN, and are right at the infinities", () => {
    expect([toArray(max(a)), toArray(min(a))]).toEqual([NaN, NaN]);
    expect(toArray(max(tensor([-Infinity, -Infinity])))).toBe(-Infinity);
    expect(toArray(grad((z: Tensor<[3]>) => max(z))(tensor([1, Infinity, 2])))).toEqual([0, 1, 0]);
  });

  it("of the least and the greatest integers", () => {
    expect(toArray(max(tensor([-(2 ** 31), -(2 ** 31)], { dtype: "int32" })))).toBe(-(2 ** 31));
    expect(toArray(min(tensor([2 ** 32 - 1], { dtype: "uint32" })))).toBe(2 ** 32 - 1);
  });
});
