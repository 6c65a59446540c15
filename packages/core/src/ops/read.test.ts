import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  additiveMonoid,
  arange,
  dtypeOf,
  eye,
  fromBytes,
  fromTransferable,
  fromTypedArray,
  full,
  grad,
  isTensor,
  item,
  jvp,
  linspace,
  ones,
  print,
  rankOf,
  reshape,
  scalar,
  shapeOf,
  sizeOf,
  sum,
  tensor,
  tensorEq,
  tensorShow,
  toArray,
  toTransferable,
  toTypedArray,
  transpose,
  zeros,
  zerosLike,
  type Tensor,
} from "@cotangent/core";

describe("makers", () => {
  it("copy what they are given", () => {
    const data = Float32Array.of(1, 2);
    const x = fromTypedArray(data, [2]);
    data[0] = 9;
    expect(toArray(x)).toEqual([1, 2]);
    toTypedArray(x)[0] = 9;
    expect(toArray(x)).toEqual([1, 2]);
  });

  it("store bytes as bools", () => {
    const bytes = Uint8Array.of(0, 1, 255, 0);
    expect([...toTypedArray(fromTypedArray(bytes, [4]))]).toEqual([0, 1, 1, 0]);
    expect([...bytes]).toEqual([0, 1, 255, 0]);
  });

  it("make every dtype", () => {
    expect(dtypeOf(tensor([true, false]))).toBe("bool");
    expect(toArray(tensor([true, false]))).toEqual([true, false]);
    expect(toTypedArray(tensor([1], { dtype: "float64" }))).toEqual(Float64Array.of(1));
    expect(toTypedArray(full([2], 7, { dtype: "uint32" }))).toEqual(Uint32Array.of(7, 7));
    expect(shapeOf(tensor([]))).toEqual([0]);
    expect(shapeOf(tensor([[], []]))).toEqual([2, 0]);
    expect(shapeOf(scalar(1))).toEqual([]);
    expect(toArray(zerosLike(ones([2, 1])))).toEqual([[0], [0]]);
    expect(toArray(fromBytes(Uint8Array.of(0, 0, 128, 63), []))).toBe(1);
  });

  it("count and space as NumPy", () => {
    expect(toArray(arange(3))).toEqual([0, 1, 2]);
    expect(toArray(arange(1, 3, { dtype: "int32" }))).toEqual([1, 2]);
    expect(toArray(arange(5, 0, -2))).toEqual([5, 3, 1]);
    expect(toArray(arange(2, 1))).toEqual([]);
    expect(toArray(linspace(0, 1, 3))).toEqual([0, 0.5, 1]);
    expect(toArray(linspace(2, 3, 1))).toEqual([2]);
    expect(toArray(eye(2, { m: 3, k: 1 }))).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });
});

describe("reading", () => {
  it("tells shape, dtype, size and rank", () => {
    const x = zeros([2, 3], { dtype: "int32" });
    expect([shapeOf(x), dtypeOf(x), sizeOf(x), rankOf(x), isTensor(x), isTensor(1)]).toEqual([
      [2, 3],
      "int32",
      6,
      2,
      true,
      false,
    ]);
    expect(item(reshape(scalar(2), [1, 1]))).toBe(2);
    expect(item(tensor([true]))).toBe(true);
  });

  it("reads the primal of a tracer, so that a host `if` works", () => {
    const absolute = (x: Tensor<[]>): Tensor<[]> => (item(x) < 0 ? sum(x) : x);
    expect(item(grad(absolute)(scalar(-2)))).toBe(1);
    expect(
      toArray(jvp((x: Tensor<[2]>) => tensor(toArray(x)), [tensor([1, 2])], [tensor([1, 1])])[1]),
    ).toEqual([0, 0]);
  });

  it("prints", () => {
    const x = tensor([
      [1, 2],
      [3, 4.5],
    ]);
    expect(String(x)).toBe("[[1.  2. ]\n [3.  4.5]]");
    expect(inspect(x)).toBe("Tensor([[1.  2. ]\n        [3.  4.5]], float32)");
    expect(print(scalar(1 / 3), { precision: 3 })).toBe("0.333");
    expect(tensorShow.show(tensor([1]))).toBe("[1.]");
  });
});

describe("equality", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);

  it("compares views by value under tensorEq", () => {
    expect(tensorEq.equals(transpose(transpose(x)), x)).toBe(true);
    expect(
      tensorEq.equals(
        transpose(x),
        tensor([
          [1, 3],
          [2, 4],
        ]),
      ),
    ).toBe(true);
    expect(tensorEq.equals(x, tensor([1, 2, 3, 4]))).toBe(false);
    expect(tensorEq.equals(scalar(NaN), scalar(NaN))).toBe(true);
    expect(tensorEq.equals(scalar(1), scalar(1, { dtype: "float64" }))).toBe(false);
  });

  it("never finds two different tensors equal", () => {
    deepStrictEqual(x, tensor(toArray(x)));
    for (const other of [
      transpose(x),
      reshape(x, [4]),
      tensor([
        [1, 2],
        [3, 5],
      ]),
      tensor(
        [
          [1, 2],
          [3, 4],
        ],
        { dtype: "float64" },
      ),
    ]) {
      notDeepStrictEqual(x, other);
      expect(x).not.toEqual(other);
    }
  });

  it("adds up in a monoid", () => {
    const monoid = additiveMonoid([2]);
    expect([tensor([1, 2]), tensor([3, 4])].reduce(monoid.concat, monoid.empty)).toEqual(tensor([4, 6]));
  });

  it("crosses threads", () => {
    const message = structuredClone(toTransferable(transpose(x)));
    expect(tensorEq.equals(fromTransferable(message), transpose(x))).toBe(true);
    expect(() => fromTransferable({ ...message, shape: [3] })).toThrow("4 elements");
    expect(() => fromTransferable({} as never)).toThrow("not a tensor");
  });
});
