import {
  attempt,
  dtypeOf,
  grad,
  shapeOf,
  sum,
  tensor,
  toArray,
  toTypedArray,
  vmap,
  zeros,
} from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import type { Params } from "../layer/layer.js";
import { linear } from "./linear.js";

describe("init", () => {
  const layer = linear(100, 50);
  const params = layer.init(random.key(0));

  it("draws weight and bias from ±1 / √in, each its own", () => {
    expect(shapeOf(params.weight)).toEqual([50, 100]);
    expect(shapeOf(params.bias)).toEqual([50]);
    for (const values of [toTypedArray(params.weight), toTypedArray(params.bias)]) {
      expect(Math.max(...values)).toBeLessThanOrEqual(0.1);
      expect(Math.max(...values)).toBeGreaterThan(0.09);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.1);
      expect(Math.min(...values)).toBeLessThan(-0.09);
    }
    expect(toTypedArray(params.weight).slice(0, 50)).not.toEqual(toTypedArray(params.bias));
  });

  it("is a function of the key", () => {
    expect(toArray(layer.init(random.key(0)).weight)).toEqual(toArray(params.weight));
    expect(toArray(layer.init(random.key(1)).weight)).not.toEqual(toArray(params.weight));
  });

  it("follows the options", () => {
    const plain = linear(3, 2, { bias: false, dtype: "float64" }).init(random.key(0));
    expect(Object.keys(plain)).toEqual(["weight"]);
    expect(dtypeOf(plain.weight)).toBe("float64");
    expectTypeOf<typeof plain>().toEqualTypeOf<{ readonly weight: Tensor<readonly [2, 3], "float64"> }>();
  });

  it("takes no features, as PyTorch does", () => {
    const { weight, bias } = linear(0, 2).init(random.key(0));
    expect(shapeOf(weight)).toEqual([2, 0]);
    expect(toArray(bias)).toEqual([0, 0]);
  });
});

describe("apply", () => {
  const layer = linear(3, 2);
  const params = {
    weight: tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    bias: tensor([10, 20]),
  };

  it("is x Wᵀ + b over the last axis, the others being batch axes", () => {
    expect(toArray(layer.apply(params, tensor([1, 0, 0])))).toEqual([11, 24]);
    expect(shapeOf(layer.apply(params, zeros([7, 5, 3])))).toEqual([7, 5, 2]);
    expect(shapeOf(layer.apply(params, zeros([0, 3])))).toEqual([0, 2]);
    expect(toArray(layer.apply(params, zeros([1, 3])))).toEqual([[10, 20]]);
  });

  it("is linear in the parameters: its gradients are the sums of x and of ones", () => {
    const x = tensor([
      [1, 2, 3],
      [1, 0, -1],
    ]);
    const gradient = grad((p: Params<typeof layer>) => sum(layer.apply(p, x)))(params);
    expect(toArray(gradient.weight)).toEqual([
      [2, 2, 2],
      [2, 2, 2],
    ]);
    expect(toArray(gradient.bias)).toEqual([2, 2]);
  });

  it("runs under vmap, for many models at once", () => {
    const many = vmap((key: random.Key) => layer.init(key))(random.bits(random.key(0), [4, 2]));
    expect(shapeOf(many.weight)).toEqual([4, 2, 3]);
    const x = zeros([3]);
    expect(shapeOf(vmap((p: Params<typeof layer>) => layer.apply(p, x))(many))).toEqual([4, 2]);
  });

  it("has types that follow the features", () => {
    expectTypeOf(layer.apply(params, zeros([7, 3]))).toEqualTypeOf<Tensor<readonly [7, 2]>>();
    const unknown: Tensor = zeros([7, 3]);
    expectTypeOf(layer.apply(params, unknown)).toEqualTypeOf<Tensor>();
    // @ts-expect-error this layer takes 3 features, not 4
    expect(() => layer.apply(params, zeros([7, 4]))).toThrow();
    // @ts-expect-error no float64 in a float32 layer
    expect(() => layer.apply(params, zeros([7, 3], { dtype: "float64" }))).toThrow();
  });
});

it("says what is wrong", () => {
  const layer = linear(784, 10);
  const params = layer.init(random.key(0));
  const image: Tensor = zeros([5, 28, 28]);
  const narrow: Tensor = zeros([5, 3]);
  const lone: Tensor = zeros([]);
  expect(attempt(() => layer.apply(params, image))._tag).toBe("Left");
  expect(
    [
      () => layer.apply(params, image),
      () => layer.apply(params, narrow),
      () => layer.apply(params, lone),
      () => layer.apply({} as never, narrow),
      () => layer.apply({ weight: params.weight } as never, narrow),
      () => layer.apply(params, [[1, 2]] as never),
      () => layer.apply(params, zeros([5, 784], { dtype: "int32" }) as never),
      () => linear(1.5, 2),
      () => linear(3, -1),
      () => linear(3, 2, { biass: false } as never),
      () => linear(3, 2, false as never),
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
