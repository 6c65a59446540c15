import { describe, expect, it } from "vitest";
import { arange, scalar, slice, toArray, zeros, type Tensor } from "../index.js";

const x: Tensor = arange(6);

/** A function as plain JavaScript sees it. */
const loose = (f: unknown): ((...args: readonly unknown[]) => unknown) => f as never;

describe("slice", () => {
  it("counts from the end, and may be empty", () => {
    expect(toArray(slice(x, [-3], [-1]))).toEqual([3, 4]);
    expect(toArray(slice(x, [-6], [6], [4]))).toEqual([0, 4]);
    expect(toArray(slice(x, [6], [6]))).toEqual([]);
    expect(toArray(slice(scalar(1), [], []))).toBe(1);
  });

  it("clamps nothing", () => {
    expect(() => slice(x, [0], [7])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: slice: the slice does not lie inside axis 0, which has length 6.
        shape    [6]
        starts   [0]
        stops    [7]
        steps    [1]
        fix      start and stop lie between 0 and the length, or count from the end as negative numbers, and start <= stop]
    `);
    expect(() => slice(x, [-7], [2])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: slice: the slice does not lie inside axis 0, which has length 6.
        shape    [6]
        starts   [-7]
        stops    [2]
        steps    [1]
        fix      start and stop lie between 0 and the length, or count from the end as negative numbers, and start <= stop]
    `);
    expect(() => slice(x, [3], [2])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: slice: the slice does not lie inside axis 0, which has length 6.
        shape    [6]
        starts   [3]
        stops    [2]
        steps    [1]
        fix      start and stop lie between 0 and the length, or count from the end as negative numbers, and start <= stop]
    `);
    expect(() => slice(x, [0], [NaN])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: slice: the slice does not lie inside axis 0, which has length 6.
        shape    [6]
        starts   [0]
        stops    [NaN]
        steps    [1]
        fix      start and stop lie between 0 and the length, or count from the end as negative numbers, and start <= stop]
    `);
    expect(() => slice(x, [0], [6], [0])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: slice: a step must be an integer from 1 on.
        shape    [6]
        starts   [0]
        stops    [6]
        steps    [0]
        fix      reverse an axis with flip]
    `);
    expect(() => slice(zeros([2, 3]) as Tensor, [0], [1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: slice: starts must have one entry for each axis.
        shape    [2, 3]   rank 2
        starts   [0]   1 entries
        fix      write slice(x, [0, 0], [2, 3]) for two axes]
    `);
    expect(() => loose(slice)(x, 0, [1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: slice: starts must have one entry for each axis.
        shape    [6]   rank 1
        starts   0
        fix      write slice(x, [0, 0], [2, 3]) for two axes]
    `);
  });
});
