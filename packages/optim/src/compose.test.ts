import { grad, item, scalar, tensor, toArray, zeros, type Tensor } from "@cotangent/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../core/test/message-of.js";
import { adam, type AdamState } from "./adam.js";
import { applyUpdates } from "./apply-updates.js";
import { chain } from "./chain.js";
import { clipByGlobalNorm } from "./clip-by-global-norm.js";
import { globalNorm } from "./global-norm.js";
import { scale } from "./scale.js";
import { sgd } from "./sgd.js";

const params = { a: tensor([0, 0]), b: [scalar(0)] };
const gradients = { a: tensor([2, 3]), b: [scalar(6)] };

describe("globalNorm", () => {
  it("is the length of the tree as one vector", () => {
    expect(item(globalNorm(gradients))).toBe(7);
    expect(item(globalNorm({}))).toBe(0);
    expect(item(globalNorm({ a: null, n: tensor([3, 4], { dtype: "int32" }) }))).toBe(5);
    expect(item(globalNorm([tensor([3], { dtype: "float64" }), tensor([4])]))).toBe(5);
    expect(item(globalNorm(tensor([NaN, 1])))).toBeNaN();
  });

  it("has the gradient 0 at 0", () => {
    const norm = (x: Tensor<[2]>) => globalNorm({ x });
    expect(toArray(grad(norm)(tensor([0, 0])))).toEqual([0, 0]);
    expect(toArray(grad(norm)(tensor([3, 4])))).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
  });
});

describe("clipByGlobalNorm", () => {
  const clip = (maxNorm: number, of: typeof gradients) => {
    const transformation = clipByGlobalNorm({ maxNorm });
    return transformation.update(of, transformation.init(params), params)[0];
  };

  it("shortens all by one factor, and leaves alone what is short", () => {
    expect(item(globalNorm(clip(1, gradients)))).toBeCloseTo(1, 6);
    expect(toArray(clip(3.5, gradients).a)).toEqual([1, 1.5]);
    expect(toArray(clip(7, gradients).a)).toEqual([2, 3]);
    expect(toArray(clip(1, params).a)).toEqual([0, 0]);
  });

  it("keeps each dtype", () => {
    const mixed = { a: tensor([3]), b: tensor([4], { dtype: "float64" }) };
    const [clipped] = clipByGlobalNorm({ maxNorm: 1 }).update(mixed, {}, mixed);
    expectTypeOf(clipped.b).toEqualTypeOf<Tensor<readonly [1], "float64">>();
    expect([toArray(clipped.a), toArray(clipped.b)]).toEqual([
      [expect.closeTo(0.6, 6)],
      [expect.closeTo(0.8, 12)],
    ]);
  });
});

describe("chain", () => {
  it("hands updates on, and keeps a tuple of states", () => {
    const optimizer = chain(
      clipByGlobalNorm({ maxNorm: 3.5 }),
      scale({ factor: 2 }),
      sgd({ learningRate: 0.5 }),
    );
    const state = optimizer.init(params);
    expectTypeOf<(typeof state)["length"]>().toEqualTypeOf<3>();
    const [updates, next] = optimizer.update(gradients, state, params);
    expect(toArray(updates.a)).toEqual([-1, -1.5]);
    expect(item(next[2].step)).toBe(1);
    expect(toArray(applyUpdates(params, updates).a)).toEqual([-1, -1.5]);
  });

  it("nests, and does nothing when empty", () => {
    const nested = chain(chain(scale({ factor: -1 })), adam());
    const state = nested.init(params);
    expectTypeOf(state[1]).toEqualTypeOf<AdamState<typeof params>>();
    const [, next] = nested.update(gradients, state, params);
    expect(item(next[1].step)).toBe(1);
    const [same] = chain().update(gradients, [], params);
    expect(same).toBe(gradients);
  });
});

it("says what is wrong", () => {
  const optimizer = chain(scale({ factor: 1 }), sgd());
  expect(
    [
      () => clipByGlobalNorm({ maxNorm: 0 }),
      () => clipByGlobalNorm({} as never),
      () => clipByGlobalNorm({ maxNorm: 1, normType: 1 } as never),
      () => scale({ factor: Infinity }),
      () => scale({} as never),
      () => optimizer.update(gradients, [{}] as never, params),
      () => optimizer.update(gradients, {} as never, params),
      () => scale({ factor: 1 }).update({ a: zeros([2]) } as never, {}, params),
      () => globalNorm(new Map()),
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
