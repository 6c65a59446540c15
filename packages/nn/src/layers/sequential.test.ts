import {
  add,
  grad,
  isTensor,
  mul,
  ones,
  shapeOf,
  sum,
  tensor,
  toArray,
  treeLeaves,
  zeros,
} from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import { relu } from "../activations/relu.js";
import { softmax } from "../activations/softmax.js";
import { lengthsOf } from "../given.js";
import type { NoisyLayer, Params, State, StatefulLayer } from "../layer/layer.js";
import type { SameShape } from "../layer/shape-map.js";
import { flatten } from "./flatten.js";
import { linear } from "./linear.js";
import { sequential } from "./sequential.js";

/** Adds uniform noise when it trains. */
const shake: NoisyLayer<{ readonly size: Tensor<readonly []> }, undefined, undefined, SameShape> = {
  kind: "noisy",
  name: "shake",
  inputs: undefined,
  outputs: undefined,
  init: () => ({ size: ones([]) }),
  apply: ({ size }, x, noise) => {
    const given: unknown = x;
    const shaken =
      noise.mode === "train" && isTensor(given)
        ? add(given, mul(size, random.uniform(noise.key, lengthsOf(given))))
        : given;
    return shaken as never;
  },
};

/** Counts how often it was applied when it trained. */
const counter: StatefulLayer<
  Record<string, never>,
  { readonly count: Tensor<readonly []> },
  3,
  3,
  SameShape
> = {
  kind: "stateful",
  name: "counter",
  inputs: 3,
  outputs: 3,
  init: () => ({ params: {}, state: { count: zeros([]) } }),
  apply: (_params, x, { state, mode }) => [
    x as never,
    { count: mode === "train" ? add(state.count, 1) : state.count },
  ],
};

describe("pure layers", () => {
  const model = sequential(linear(4, 3), relu, linear(3, 2));
  const params = model.init(random.key(0));

  it("has a tuple of parameters, {} for a function", () => {
    expect(params.map((part) => Object.keys(part))).toEqual([["weight", "bias"], [], ["weight", "bias"]]);
    expect(treeLeaves(params).map((leaf) => shapeOf(leaf) as unknown)).toEqual([[3], [3, 4], [2], [2, 3]]);
    expectTypeOf<Params<typeof model>[2]>().toEqualTypeOf<Params<ReturnType<typeof linear<3, 2>>>>();
  });

  it("is the composition", () => {
    const [first, , third] = params;
    const x = tensor([
      [1, 2, 3, 4],
      [-1, 0, 1, 0],
    ]);
    const by = linear(3, 2).apply(third, relu(linear(4, 3).apply(first, x)));
    expect(toArray(model.apply(params, x))).toEqual(toArray(by));
  });

  it("gives each layer a key of its own", () => {
    const [first, second] = sequential(linear(2, 2), linear(2, 2)).init(random.key(0));
    expect(toArray(first.weight)).not.toEqual(toArray(second.weight));
  });

  it("nests, and may be empty", () => {
    const nested = sequential(sequential(linear(4, 3), relu), linear(3, 2));
    const own = nested.init(random.key(0));
    expect(own.length).toBe(2);
    expect(shapeOf(nested.apply(own, zeros([5, 4])))).toEqual([5, 2]);
    const empty = sequential();
    expect(empty.init(random.key(0))).toEqual([]);
    expect(toArray(empty.apply([], ones([2])))).toEqual([1, 1]);
  });

  it("differentiates to a tree of the same outline", () => {
    const gradient = grad((p: Params<typeof model>) => sum(model.apply(p, ones([1, 4]))))(params);
    expect(gradient.map((part) => Object.keys(part))).toEqual([["bias", "weight"], [], ["bias", "weight"]]);
    expect(toArray(gradient[2].bias)).toEqual([1, 1]);
  });

  it("has types that follow shapes", () => {
    const image = sequential(flatten(), linear(784, 10), (x) => softmax(x));
    const known = sequential(flatten(), linear(784, 10), relu);
    const start = known.init(random.key(0));
    expectTypeOf(known.apply(start, zeros([5, 28, 28]))).toEqualTypeOf<Tensor<readonly [5, 10]>>();
    expectTypeOf(image.apply(start, zeros([5, 28, 28]))).toEqualTypeOf<Tensor>();
    expectTypeOf(model.inputs).toEqualTypeOf<4>();
    expectTypeOf(model.outputs).toEqualTypeOf<2>();
    // @ts-expect-error linear: this layer takes 784 features, not 729
    expect(() => known.apply(start, zeros([5, 27, 27]))).toThrow();
    // @ts-expect-error sequential: this layer takes 9 features, the one before gives 3
    expect(() => sequential(linear(4, 3), linear(9, 2))).toThrow();
    // @ts-expect-error sequential: this layer takes 9 features, the one before gives 3; at run time it shows when applied
    sequential(linear(4, 3), relu, linear(9, 2));
  });
});

describe("layers with noise", () => {
  const model = sequential(linear(4, 3), shake, shake);
  const params = model.init(random.key(0));
  const x = ones([2, 4]);
  const run = (seed: number) => toArray(model.apply(params, x, { mode: "train", key: random.key(seed) }));

  it("makes the whole take a mode and a key, of which each gets its own", () => {
    expect(model.kind).toBe("noisy");
    expect(run(0)).toEqual(run(0));
    expect(run(0)).not.toEqual(run(1));
    const still = model.apply(params, x, { mode: "eval" });
    expect(toArray(still)).toEqual(toArray(linear(4, 3).apply(params[0], x)));
    const once = sequential(linear(4, 3), shake);
    const single = toArray(once.apply([params[0], params[1]], x, { mode: "train", key: random.key(0) }));
    expect(single).not.toEqual(run(0));
  });

  it("cannot be applied without", () => {
    // @ts-expect-error three arguments are expected
    const forgetful = () => model.apply(params, x);
    // @ts-expect-error a key is expected
    const keyless = () => model.apply(params, x, { mode: "train" });
    expect([forgetful, keyless].map(messageOf).join("\n\n")).toMatchSnapshot();
  });
});

describe("layers with a state", () => {
  const model = sequential(linear(4, 3), counter, relu, shake, counter);
  const { params, state } = model.init(random.key(0));
  const x = ones([2, 4]);

  it("makes the whole give the state back", () => {
    expect(model.kind).toBe("stateful");
    expectTypeOf<State<typeof model>[1]>().toEqualTypeOf<{ readonly count: Tensor<readonly []> }>();
    const [y, next] = model.apply(params, x, { state, mode: "train", key: random.key(0) });
    expect(shapeOf(y)).toEqual([2, 3]);
    expect([next[1], next[4]].map(({ count }) => toArray(count))).toEqual([1, 1]);
    expect([next[0], next[2], next[3]]).toEqual([{}, {}, {}]);
    const [, same] = model.apply(params, x, { state: next, mode: "eval" });
    expect(toArray(same[4].count)).toBe(1);
  });

  it("nests", () => {
    const nested = sequential(model, linear(3, 1));
    const begun = nested.init(random.key(0));
    const [y, next] = nested.apply(begun.params, x, { state: begun.state, mode: "eval" });
    expect(shapeOf(y)).toEqual([2, 1]);
    expect(next[0].length).toBe(5);
  });

  it("needs the state", () => {
    // @ts-expect-error three arguments are expected
    const forgetful = () => model.apply(params, x);
    const wrong = () => model.apply(params, x, { state: [] as never, mode: "eval" });
    const keyless = () => model.apply(params, x, { state, mode: "train" });
    expect([forgetful, wrong, keyless].map(messageOf).join("\n\n")).toMatchSnapshot();
  });
});

it("says what is wrong", () => {
  const model = sequential(linear(4, 3), relu, sequential(linear(3, 2), relu));
  const params = model.init(random.key(0));
  const narrow: Tensor = zeros([5, 3]);
  const late = sequential(linear(4, 3), (x) => x, linear(9, 2));
  expect(
    [
      () => model.apply(params, narrow),
      () => model.apply([params[0], params[1], [{} as never, {}]], zeros([5, 4])),
      () => model.apply([] as never, zeros([5, 4])),
      () => model.apply(params[0] as never, zeros([5, 4])),
      () => late.apply(late.init(random.key(0)), zeros([5, 4])),
      () => sequential(linear(4, 3), linear(2, 2) as never),
      () => sequential([linear(4, 3)] as never),
      () => sequential("relu" as never),
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
