import {
  add,
  grad,
  item,
  mean,
  mul,
  pow,
  square,
  sub,
  tensor,
  toArray,
  treeEquals,
  type Tensor,
} from "@cotangent/core";
import { decode, treeJson } from "@cotangent/core/io";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../core/test/message-of.js";
import { adam, adamOptions, type AdamState } from "./adam.js";
import { applyUpdates } from "./apply-updates.js";

const double = { dtype: "float64" } as const;
const params = { layers: [{ weight: tensor([[1, -2]], double) }], bias: tensor([0.5], double) };
type Params = typeof params;
const loss = (p: Params) => {
  const weights = p.layers.map(({ weight }) => mean(square(sub(weight, p.bias))));
  return weights.reduce((total, one) => add(total, one));
};

const after = (steps: number, options: Parameters<typeof adam>[0]) => {
  const optimizer = adam(options);
  let run = { params, state: optimizer.init(params) };
  for (let step = 0; step < steps; step++) {
    const [updates, state] = optimizer.update(grad(loss)(run.params), run.state, run.params);
    run = { params: applyUpdates(run.params, updates), state };
  }
  return run;
};

describe("adam", () => {
  it("begins with steps of the learning rate, whatever the gradient", () => {
    const { bias, layers } = after(1, { learningRate: 0.1 }).params;
    expect(toArray(bias)).toEqual([expect.closeTo(0.4, 6)]);
    expect(layers.map(({ weight }) => toArray(weight))).toEqual([
      [[expect.closeTo(0.9, 6), expect.closeTo(-1.9, 6)]],
    ]);
  });

  it("keeps its state in trees of the parameters' outline", () => {
    const { state } = after(2, {});
    expectTypeOf(state).toEqualTypeOf<AdamState<Params>>();
    expect(Object.keys(state)).toEqual(["step", "firstMoment", "secondMoment", "greatestMoment"]);
    expect(item(state.step)).toBe(2);
    expect(state.greatestMoment).toBeNull();
    expect(Object.keys(state.firstMoment)).toEqual(["bias", "layers"]);
  });

  it("goes on from a state that went through JSON exactly as if it had not stopped", () => {
    const optimizer = adam({ learningRate: 0.1, amsgrad: true });
    const halfway = after(5, { learningRate: 0.1, amsgrad: true });
    const read = decode(treeJson)(JSON.parse(JSON.stringify(treeJson.encode(halfway as never))));
    if (read._tag === "Left") throw read.left;
    const step = (run: typeof halfway) => optimizer.update(grad(loss)(run.params), run.state, run.params);
    expect(treeEquals(step(read.right as never), step(halfway))).toBe(true);
  });

  it("never lets the second moment fall with amsgrad", () => {
    const optimizer = adam({ amsgrad: true, betas: [0, 0.5] });
    const state = optimizer.init(params);
    const steep = grad(loss)(params);
    const flat = { bias: tensor([0], double), layers: [{ weight: tensor([[0, 0]], double) }] };
    const [, first] = optimizer.update(steep, state, params);
    const [, second] = optimizer.update(flat, first, params);
    expect(toArray(second.greatestMoment?.bias ?? tensor([0], double))).toEqual(
      toArray(first.secondMoment.bias),
    );
    expect(toArray(second.secondMoment.bias)).not.toEqual(toArray(first.secondMoment.bias));
  });

  it("follows a schedule, in the dtype of each parameter", () => {
    const single = { w: tensor([1, 2]) };
    const optimizer = adam({ learningRate: (step) => mul(0.1, pow(0.5, step)) });
    const [first, state] = optimizer.update({ w: tensor([1, 1]) }, optimizer.init(single), single);
    const [second] = optimizer.update({ w: tensor([1, 1]) }, state, single);
    expect(toArray(first.w)).toEqual([expect.closeTo(-0.1, 6), expect.closeTo(-0.1, 6)]);
    expect(toArray(second.w)).toEqual([expect.closeTo(-0.05, 6), expect.closeTo(-0.05, 6)]);
    expectTypeOf(second.w).toEqualTypeOf<Tensor<readonly [2]>>();
  });
});

it("says what is wrong", () => {
  const read = (json: unknown) => {
    const result = decode(adamOptions, { operation: "adam" })(json);
    if (result._tag === "Left") throw result.left;
  };
  expect(
    [
      () => adam({ learningRate: -1e-3 }),
      () => adam({ betas: [0.9, 1] }),
      () => adam({ betas: [-0.1, 0.9] }),
      () => adam({ betas: [0.9] as never }),
      () => adam({ eps: -1 }),
      () => adam({ weightDecay: Infinity }),
      () => adam({ amsGrad: true } as never),
      () => adam({ learningRate: () => 0.1, beta: 0.9 } as never),
      () => adam().update(params, { step: 1 } as never, params),
      () => {
        read({ learningRate: "0.1" });
      },
      () => {
        read({ betas: [0.9, 0.99, 0.999] });
      },
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
