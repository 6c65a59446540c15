import { describe, expect, it } from "vitest";
import {
  arange,
  flip,
  reshape,
  roll,
  rot90,
  scalar,
  shapeOf,
  toArray,
  zeros,
  type Tensor,
} from "../index.js";

const x = reshape(arange(6), [2, 3]);

describe("flip", () => {
  it("leaves scalars and empty tensors", () => {
    expect(toArray(flip(scalar(3)))).toBe(3);
    expect(shapeOf(flip(zeros([0, 2])))).toEqual([0, 2]);
  });
});

describe("roll", () => {
  it("goes around as often as it takes", () => {
    expect(toArray(roll(arange(4), -9))).toEqual([1, 2, 3, 0]);
    expect(toArray(roll(arange(4), 8))).toEqual([0, 1, 2, 3]);
    expect(shapeOf(roll(zeros([0]), 3))).toEqual([0]);
    expect(toArray(roll(scalar(1), 3))).toBe(1);
  });

  it("adds up for an axis that is named twice", () => {
    expect(toArray(roll(x, [1, 1], { axis: [1, 1] }))).toEqual(toArray(roll(x, 2, { axis: 1 })));
    expect(toArray(roll(x, 1, { axis: [0, 1] }))).toEqual([
      [5, 3, 4],
      [2, 0, 1],
    ]);
  });

  it("refuses shifts that are none", () => {
    expect(() => roll(x, 0.5)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: roll: shift must be an integer.
        got   0.5
        fix   round it: Math.round(shift)]
    `);
    expect(() => roll(x, [1, 2], { axis: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: roll: there must be one shift for each axis.
        shift   [1, 2]
        axis    [0]
        fix     give lists of one length, or one number to shift all axes by]
    `);
    expect(() => roll(x as Tensor, 1, { axis: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: roll: axis 2 is out of range for rank 2.
        expected   an integer from -2 to 1
        got        2
        fix        count axes from 0, or from -1 at the end]
    `);
  });
});

describe("rot90", () => {
  it("is the identity after four turns, and backwards", () => {
    expect(toArray(rot90(rot90(rot90(rot90(x)))))).toEqual(toArray(x));
    expect(toArray(rot90(rot90(x), { k: -1 }))).toEqual(toArray(x));
    expect(toArray(rot90(x, { k: 5 }))).toEqual(toArray(rot90(x)));
    expect(toArray(rot90(x, { k: 1, axes: [1, 0] }))).toEqual(toArray(rot90(x, { k: 3 })));
  });

  it("refuses a plane without two axes", () => {
    expect(() => rot90(x as Tensor, { axes: [1, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: rot90: axis 1 is named twice.
        got   [1, 1]
        fix   name each axis once]
    `);
    expect(() => rot90(x, { axes: [0] as never })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: rot90: a plane has two axes.
        axes   [0]
        fix    write { axes: [0, 1] }]
    `);
    expect(() => rot90(x, { k: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: rot90: k must be an integer.
        got   0.5
        fix   round it: Math.round(k)]
    `);
    expect(() => rot90(arange(3) as Tensor)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: rot90: axis 1 is out of range for rank 1.
        expected   an integer from -1 to 0
        got        1
        fix        count axes from 0, or from -1 at the end]
    `);
  });
});
