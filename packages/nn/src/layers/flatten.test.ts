import { shapeOf, tensor, toArray, zeros, type Tensor } from "@cotangent/core";
import { expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import { flatten } from "./flatten.js";

it("keeps the batch, and merges the rest in row-major order", () => {
  const x = tensor([
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ]);
  expect(toArray(flatten().apply({}, x))).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  expectTypeOf(flatten().apply({}, zeros([100, 28, 28]))).toEqualTypeOf<Tensor<readonly [100, 784]>>();
});

it("merges the axes that it is told, and takes every dtype", () => {
  const x = zeros([2, 3, 4, 5], { dtype: "int32" });
  expect(shapeOf(flatten({ startDim: 1, endDim: 2 }).apply({}, x))).toEqual([2, 12, 5]);
  expect(shapeOf(flatten({ startDim: 0 }).apply({}, x))).toEqual([120]);
  expect(shapeOf(flatten({ startDim: -2, endDim: -1 }).apply({}, x))).toEqual([2, 3, 20]);
  expect(shapeOf(flatten({ startDim: 2, endDim: 2 }).apply({}, x))).toEqual([2, 3, 4, 5]);
  expect(shapeOf(flatten({ startDim: 0 }).apply({}, zeros([])))).toEqual([1]);
  expect(shapeOf(flatten().apply({}, zeros([0, 2, 3])))).toEqual([0, 6]);
});

it("says what is wrong", () => {
  expect(
    [
      () => flatten().apply({}, zeros([3])),
      () => flatten({ startDim: 1, endDim: 3 }).apply({}, zeros([2, 3])),
      () => flatten({ startDim: 2, endDim: 1 }).apply({}, zeros([2, 3, 4])),
      () => flatten({ start: 1 } as never),
      () => flatten().apply({}, [1] as never),
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
