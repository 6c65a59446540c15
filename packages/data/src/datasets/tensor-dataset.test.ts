import { shapeOf, tensor, toArray, zeros, type Tensor } from "@cotangent/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import { tensorDataset } from "./tensor-dataset.js";

const x = tensor([
  [1, 10],
  [2, 20],
  [3, 30],
]);
const y = tensor([1, 2, 3], { dtype: "int32" });

describe("tensorDataset", () => {
  it("has rows like what it is given: a record, a tuple", () => {
    const named = tensorDataset({ x, y });
    expect(named.length).toBe(3);
    expect(toArray(named.get(1).x)).toEqual([2, 20]);
    expect(toArray(named.get(2).y)).toBe(3);
    expectTypeOf(named.get(0).x).toEqualTypeOf<Tensor<readonly [2]>>();
    const listed = tensorDataset(x, y);
    const [first, second] = listed.get(0);
    expect([toArray(first), toArray(second)]).toEqual([[1, 10], 1]);
    expectTypeOf(second).toEqualTypeOf<Tensor<readonly [], "int32">>();
    expect(toArray(tensorDataset(y).get(2)[0])).toBe(3);
  });

  it("gathers batches in any order, and takes neighbours as they stand", () => {
    const { batch } = tensorDataset({ x, y });
    const gathered = batch?.(Int32Array.of(2, 0, 2));
    if (gathered === undefined) throw new Error("there is no batch");
    expect(toArray(gathered.y)).toEqual([3, 1, 3]);
    expect(toArray(gathered.x)).toEqual([
      [3, 30],
      [1, 10],
      [3, 30],
    ]);
    expectTypeOf(gathered.x).toEqualTypeOf<Tensor<readonly [number, 2]>>();
    expect(toArray(batch?.(Int32Array.of(1, 2)).x ?? x)).toEqual([
      [2, 20],
      [3, 30],
    ]);
    expect(shapeOf(batch?.(Int32Array.of()).x ?? x)).toEqual([0, 2]);
  });

  it("takes interfaces, nested trees and tensors of unknown shape", () => {
    interface Rows {
      readonly inputs: { readonly a: Tensor<[3, 2]> };
      readonly targets: Tensor;
    }
    const rows: Rows = { inputs: { a: x }, targets: zeros([3, 5]) };
    const row = tensorDataset(rows).get(0);
    expect([shapeOf(row.inputs.a), shapeOf(row.targets) as unknown]).toEqual([[2], [5]]);
  });

  it("says what is wrong", () => {
    expect(
      [
        () => tensorDataset({ x, y: tensor([1, 2]) }),
        () => tensorDataset(x, tensor(1)),
        () => tensorDataset({}),
        () => tensorDataset(),
        () => tensorDataset([1, 2]),
        () => tensorDataset({ x }).get(3),
        () => tensorDataset({ x }).batch?.(Int32Array.of(2, 3)),
        () => tensorDataset({ x }).batch?.(Int32Array.of(0, 3)),
      ]
        .map(messageOf)
        .join("\n\n"),
    ).toMatchSnapshot();
  });
});
