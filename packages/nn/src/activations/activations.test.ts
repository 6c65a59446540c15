import { grad, hessian, sum, tensor, toArray, zeros } from "@cotangent/core";
import { allClose, arbitraries, checkGradients } from "@cotangent/core/testing";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Tensor } from "@cotangent/core";
import { messageOf } from "../../../core/test/message-of.js";
import { relu } from "./relu.js";
import { logSoftmax, softmax } from "./softmax.js";

describe("relu", () => {
  it("has the derivative 0 at 0, and keeps NaN", () => {
    const x = tensor([-1, -0, 0, 2, NaN, Infinity, -Infinity]);
    expect(toArray(relu(x))).toEqual([0, 0, 0, 2, NaN, Infinity, 0]);
    expect(toArray(grad((y: Tensor) => sum(relu(y)))(tensor([-1, -0, 0, 2])))).toEqual([0, 0, 0, 1]);
  });

  it("takes numbers, and refuses integers", () => {
    expect(toArray(relu(3))).toBe(3);
    expect(messageOf(() => relu(tensor([1], { dtype: "bool" }) as never))).toMatchSnapshot();
  });
});

describe("softmax", () => {
  const rows = arbitraries.tensor({ shape: [3, 4], dtype: "float64", min: -50, max: 50 });

  it("gives positive numbers that sum to 1, whatever is added to all", () => {
    fc.assert(
      fc.property(rows, (x) => {
        const p = softmax(x);
        expect(allClose(sum(p, { axis: 1 }), tensor([1, 1, 1], { dtype: "float64" }))).toBe(true);
      }),
    );
  });

  it("has the logarithm logSoftmax, far out too", () => {
    expect(toArray(softmax(tensor([1000, 1000])))).toEqual([0.5, 0.5]);
    expect(toArray(logSoftmax(tensor([0, 1000, -1000])))).toEqual([-1000, 0, -2000]);
    expect(toArray(softmax(tensor([-Infinity, 0])))).toEqual([0, 1]);
    expect(toArray(logSoftmax(tensor([-Infinity, 0])))).toEqual([-Infinity, 0]);
    expect(toArray(softmax(zeros([0, 3])))).toEqual([]);
  });

  it("has its derivatives, along every axis", () => {
    const x = tensor([
      [1, 2, 0.5],
      [-1, 0, 3],
    ]);
    for (const axis of [0, 1, -1, [0, 1]]) {
      checkGradients((y: Tensor) => softmax(y, { axis }), [x]);
      checkGradients((y: Tensor) => logSoftmax(y, { axis }), [x]);
    }
    const curvature = toArray(hessian((y: Tensor<[2]>) => sum(logSoftmax(y)))(tensor([0, 0])));
    expect(curvature).toEqual([
      [-0.5, 0.5],
      [0.5, -0.5],
    ]);
  });

  it("has a type that refuses an axis that is not there", () => {
    expectTypeOf(softmax(zeros([2, 3]))).toEqualTypeOf<Tensor<readonly [2, 3]>>();
    expect(
      [
        // @ts-expect-error softmax: axis 2 is out of range for shape [2, 3]
        () => softmax(zeros([2, 3]), { axis: 2 }),
        () => softmax(zeros([2], { dtype: "int32" }) as never),
        () => softmax(zeros([2]), { dim: 0 } as never),
        () => softmax([1, 2] as never),
      ]
        .map(messageOf)
        .join("\n\n"),
    ).toMatchSnapshot();
  });
});
