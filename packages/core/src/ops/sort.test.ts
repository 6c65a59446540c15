import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  argSort,
  scalar,
  shapeOf,
  sort,
  takeAlongAxis,
  tensor,
  toArray,
  zeros,
  type Tensor,
} from "../index.js";

/** Numbers in order, NaN last. */
const inOrder = (numbers: readonly number[]): readonly number[] =>
  [...numbers].sort((a, b) => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b));

const numbers = fc.array(
  fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity)),
  { minLength: 1 },
);

describe("sort", () => {
  it("puts NaN last, or first if the largest come first", () => {
    fc.assert(
      fc.property(numbers, (data) => {
        const x = tensor(data);
        expect(toArray(sort(x))).toEqual(inOrder(data));
        expect(toArray(sort(x, { descending: true }))).toEqual([...inOrder(data)].reverse());
      }),
    );
  });

  it("sorts along any axis, in any dtype", () => {
    expect(
      toArray(
        sort(
          tensor(
            [
              [2, 1],
              [1, 3],
            ],
            { dtype: "int32" },
          ),
          { axis: 0 },
        ),
      ),
    ).toEqual([
      [1, 1],
      [2, 3],
    ]);
    expect(toArray(sort(tensor([true, false])))).toEqual([false, true]);
    expect(shapeOf(sort(zeros([2, 0])))).toEqual([2, 0]);
  });

  it("refuses an axis that is not there", () => {
    expect(() => sort(zeros([2]) as Tensor, { axis: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: sort: axis 1 is out of range for rank 1.
        expected   an integer from -1 to 0
        got        1
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => argSort(scalar(1) as Tensor)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: argSort: axis -1 is out of range for rank 0.
        expected   no axis: the tensor is a scalar
        got        -1
        fix        leave \`axis\` out]
    `);
  });
});

describe("argSort", () => {
  it("is stable both ways", () => {
    const x = tensor([1, 0, 1, 0, NaN]);
    expect(toArray(argSort(x))).toEqual([1, 3, 0, 2, 4]);
    expect(toArray(argSort(x, { descending: true }))).toEqual([4, 0, 2, 1, 3]);
  });

  it("is what takeAlongAxis needs", () => {
    const x = tensor([
      [3, 1, 2],
      [0, 5, 4],
    ]);
    expect(toArray(takeAlongAxis(x, argSort(x, { axis: 0 }), { axis: 0 }))).toEqual(
      toArray(sort(x, { axis: 0 })),
    );
  });
});
