import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  grad,
  median,
  quantile,
  scalar,
  shapeOf,
  sum,
  tensor,
  toArray,
  vmap,
  zeros,
  type Tensor,
} from "../index.js";

const naive = (data: readonly number[], q: number): number => {
  const sorted = [...data].sort((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const [low = NaN, high = NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
};

const data = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 9 });

describe("quantile", () => {
  it("interpolates, at numbers and at tensors of levels", () => {
    fc.assert(
      fc.property(data, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, q) => {
        const x = tensor(numbers, { dtype: "float64" });
        expect(toArray(quantile(x, q))).toBeCloseTo(naive(numbers, q), 9);
        expect(toArray(quantile(x, scalar(q, { dtype: "float64" })))).toBeCloseTo(naive(numbers, q), 9);
      }),
    );
  });

  it("puts the axes of the levels first", () => {
    const x = zeros([2, 3, 4]);
    expect(shapeOf(quantile(x, [0, 1], { axis: [0, 2], keepDims: true }))).toEqual([2, 1, 3, 1]);
    expect(shapeOf(quantile(x, zeros([5, 6]), { axis: 1 }))).toEqual([5, 6, 2, 4]);
    expect(shapeOf(quantile(x, []))).toEqual([0]);
  });

  it("has a derivative in the level", () => {
    const x = tensor([0, 10, 30]);
    expect(toArray(grad((q: Tensor<[]>) => quantile(x, q))(scalar(0.25)))).toBe(20);
    expect(toArray(vmap((q: Tensor<[]>) => quantile(x, q))(tensor([0, 0.75, 1])))).toEqual([0, 20, 30]);
  });

  it("is NaN with NaN, and of nothing; infinite neighbours of no weight do no harm", () => {
    expect(
      toArray(
        quantile(
          tensor([
            [1, NaN],
            [2, 3],
          ]),
          0,
          { axis: 1 },
        ),
      ),
    ).toEqual([NaN, 2]);
    expect(toArray(quantile(zeros([0, 2]), 0.5, { axis: 0 }))).toEqual([NaN, NaN]);
    expect(toArray(median(tensor([Infinity, Infinity, 1])))).toBe(Infinity);
    expect(toArray(median(tensor([-Infinity, 1])))).toBe(-Infinity);
  });

  it("refuses levels that are none", () => {
    const x = tensor([1, 2, 3]);
    expect(() => quantile(x, 1.5)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: quantile: a level must be a number from 0 to 1.
        got   1.5
        fix   divide a percentage by 100]
    `);
    expect(() => quantile(x, [0.5, NaN])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: quantile: a level must be a number from 0 to 1.
        got   NaN
        fix   divide a percentage by 100]
    `);
    expect(() => quantile(x, "0.5" as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: quantile: a level must be a number from 0 to 1.
        got   the string "0.5"
        fix   divide a percentage by 100]
    `);
    expect(() => quantile(x, scalar(0.5, { dtype: "float64" }))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: quantile: dtypes float32 and float64 differ.
        left    float32
        right   float64
        fix     convert one operand: convert(x, "float32")]
    `);
    expect(() => quantile(x, scalar(-0.5))).toThrow("out of range");
    expect(() => quantile(x, scalar(1.5))).toThrow("out of range");
    expect(() => median(tensor([1], { dtype: "int32" }) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: median: dtype int32 is not supported.
        expected   float32, float64
        got        int32
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});

describe("median", () => {
  it("shares the gradient between the two in the middle", () => {
    expect(
      toArray(
        grad((v: Tensor<[2, 2]>) => sum(median(v, { axis: 1 })))(
          tensor([
            [3, 1],
            [2, 2],
          ]),
        ),
      ),
    ).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });
});
