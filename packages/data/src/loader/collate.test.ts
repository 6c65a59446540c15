import { dtypeOf, tensor, toArray, type Tensor } from "@cotangent/core";
import { expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import { collate } from "./collate.js";

it("stacks tensors, makes vectors of numbers and booleans, lists of strings", () => {
  const batch = collate([
    { image: tensor([1, 2]), label: 3, good: true, name: "a", parts: [tensor(1), null] as const },
    { image: tensor([4, 5]), label: 6, good: false, name: "b", parts: [tensor(2), null] as const },
  ]);
  expect(toArray(batch.image)).toEqual([
    [1, 2],
    [4, 5],
  ]);
  expect(toArray(batch.label)).toEqual([3, 6]);
  expect([toArray(batch.good), dtypeOf(batch.good)]).toEqual([[true, false], "bool"]);
  expect(batch.name).toEqual(["a", "b"]);
  expect([toArray(batch.parts[0]), batch.parts[1]]).toEqual([[1, 2], null]);
  expectTypeOf(batch.image).toEqualTypeOf<Tensor<readonly [number, 2]>>();
  expectTypeOf(batch.label).toEqualTypeOf<Tensor<readonly [number]>>();
  expect(toArray(collate([1]))).toEqual([1]);
});

it("says what is wrong", () => {
  expect(
    [
      () => collate([]),
      () => collate([{ x: tensor([1]) }, { x: tensor([1, 2]) }] as readonly { x: Tensor }[]),
      () => collate([{ x: 1 }, { y: 1 }] as readonly object[]),
      () => collate([{ x: [1] }, { x: [1, 2] }]),
      () => collate([{ x: new Map() }]),
      () => collate([{ x: { y: [1, undefined] } }]),
      () => collate([1, tensor(1)] as readonly unknown[]),
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
