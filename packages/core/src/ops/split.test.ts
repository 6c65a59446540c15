import { describe, expect, it } from "vitest";
import { arange, concatenate, split, toArray, zeros, type Tensor } from "../index.js";

describe("split", () => {
  it("is undone by concatenate", () => {
    const x = arange(7);
    expect(toArray(concatenate(split(x, [0, 3, 3])))).toEqual(toArray(x));
  });

  it("counts positions from the end", () => {
    expect(split(arange(5), [-2]).map((part) => toArray(part))).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  it("gives empty parts of an empty axis, and all of it without positions", () => {
    expect(split(zeros([0]), 2).map((part) => toArray(part))).toEqual([[], []]);
    expect(split(arange(2), []).map((part) => toArray(part))).toEqual([[0, 1]]);
  });

  it("refuses what does not divide", () => {
    const x: Tensor = arange(5);
    expect(() => split(x, 2)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: split: an axis of length 5 does not divide into 2 equal parts.
        remainder   1
        fix         give the positions where parts begin: split(x, [2, 4])]
    `);
    expect(() => split(x, 0)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: split: parts must be an integer from 1 on.
        got   0
        fix   give a whole number for parts]
    `);
    expect(() => split(x, 1.5)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: split: parts must be an integer from 1 on.
        got   1.5
        fix   round it: Math.round(parts)]
    `);
    expect(() => split(x, [3, 1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: split: positions must be integers that increase from 0 to the length.
        positions   [3, 1]
        length      5
        fix         order the positions, and leave out those beyond the length]
    `);
    expect(() => split(x, [6])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: split: positions must be integers that increase from 0 to the length.
        positions   [6]
        length      5
        fix         order the positions, and leave out those beyond the length]
    `);
    expect(() => split(x, 1, { axis: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: split: axis 1 is out of range for rank 1.
        expected   an integer from -1 to 0
        got        1
        fix        count axes from 0, or from -1 at the end]
    `);
  });
});
