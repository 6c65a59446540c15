import {
  grad,
  item,
  scalar,
  square,
  sub,
  sum,
  tensor,
  toArray,
  valueAndGrad,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { decode } from "@cotangent/core/io";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../core/test/message-of.js";
import { applyUpdates } from "./apply-updates.js";
import { sgd, sgdOptions, type SgdState } from "./sgd.js";

const params = { w: tensor([1, 2], { dtype: "float64" }) };
const gradient = { w: tensor([1, -2], { dtype: "float64" }) };

describe("sgd", () => {
  it("goes down the gradient", () => {
    const optimizer = sgd({ learningRate: 0.5 });
    const state = optimizer.init(params);
    const [updates, next] = optimizer.update(gradient, state, params);
    expect(toArray(updates.w)).toEqual([-0.5, 1]);
    expect(item(next.step)).toBe(1);
    expect(next.momentum).toBeNull();
    expectTypeOf(next).toEqualTypeOf<SgdState<typeof params>>();
  });

  it("has PyTorch's default learning rate", () => {
    const optimizer = sgd();
    const [updates] = optimizer.update(gradient, optimizer.init(params), params);
    expect(toArray(updates.w)).toEqual([-0.001, 0.002]);
  });

  it("dampens from the second step on", () => {
    const optimizer = sgd({ learningRate: 1, momentum: 0.5, dampening: 0.75 });
    const [first, state] = optimizer.update(gradient, optimizer.init(params), params);
    const [second] = optimizer.update(gradient, state, params);
    expect(toArray(first.w)).toEqual([-1, 2]);
    expect(toArray(second.w)).toEqual([-0.75, 1.5]);
  });

  it("finds the bottom of a bowl, as a fold of a pure step", () => {
    const optimizer = sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true });
    const loss = (p: { w: Tensor<[2], "float64"> }) => sum(square(sub(p.w, 3)));
    const start = { params, state: optimizer.init(params) };
    const end = Array.from({ length: 200 }).reduce<typeof start>((run) => {
      const [updates, state] = optimizer.update(grad(loss)(run.params), run.state, run.params);
      return { params: applyUpdates(run.params, updates), state };
    }, start);
    expect(item(loss(end.params))).toBeLessThan(1e-12);
    expect(item(end.state.step)).toBe(200);
  });

  it("skips integers, whose gradient is null, and keeps them", () => {
    const mixed = { count: tensor([1, 2], { dtype: "int32" }), frozen: null, w: [scalar(2)] as const };
    const optimizer = sgd({ learningRate: 1, momentum: 0.9, weightDecay: 0.5, maximize: true });
    const loss = (p: typeof mixed) => square(p.w[0]);
    const [, gradients] = valueAndGrad(loss)(mixed);
    expectTypeOf(gradients.count).toEqualTypeOf<null>();
    const [updates, state] = optimizer.update(gradients, optimizer.init(mixed), mixed);
    expect([updates.count, state.momentum?.count, updates.frozen]).toEqual([null, null, null]);
    expect(item(updates.w[0])).toBe(3); // up: -(-4 + ½ · 2)
    const next = applyUpdates(mixed, updates);
    expect(next.count).toBe(mixed.count);
    expect(item(next.w[0])).toBe(5);
  });

  it("follows a schedule", () => {
    const rates: number[] = [];
    const optimizer = sgd({
      learningRate: (step) => {
        rates.push(item(step));
        return step;
      },
    });
    const [still, state] = optimizer.update(gradient, optimizer.init(params), params);
    const [moved] = optimizer.update(gradient, state, params);
    expect(rates).toEqual([0, 1]);
    expect([toArray(still.w), toArray(moved.w)]).toEqual([
      [-0, 0],
      [-1, 2],
    ]);
  });
});

it("reads its options from JSON, and refuses what it does not know", () => {
  const read = decode(sgdOptions);
  expect(read({ learningRate: 0.1, nesterov: true, momentum: 0.9 })).toMatchObject({ _tag: "Right" });
  const failures = [
    { learningRate: -1 },
    { momentum: "high" },
    { nesterov: 1 },
    { lr: 0.1 },
    [],
    null,
    { weightDecay: null },
  ];
  const messages = failures.map((json) => {
    const result = read(json);
    return result._tag === "Left" ? result.left.toString() : "read";
  });
  expect(messages.join("\n\n")).toMatchSnapshot();
});

it("says what is wrong", () => {
  const optimizer = sgd({ momentum: 0.9 });
  const state = optimizer.init(params);
  const narrow = { w: zeros([1, 2], { dtype: "float64" }) as Tensor<number[], "float64"> };
  expect(
    [
      () => sgd({ learningRate: -1 }),
      () => sgd({ learningRate: NaN }),
      () => sgd({ nesterov: true }),
      () => sgd({ nesterov: true, momentum: 0.9, dampening: 0.1 }),
      () => sgd({ momentum: -0.1 }),
      () => sgd({ lr: 0.1 } as never),
      () => sgd(0.1 as never),
      () => optimizer.update({ v: gradient.w } as never, state, params),
      () => optimizer.update(narrow as never, state, params),
      () => optimizer.update({ w: tensor([1, 2]) } as never, state, params),
      () => optimizer.update(gradient, {} as never, params),
      () => optimizer.update(gradient, { ...state, momentum: { v: gradient.w } } as never, params),
      () => applyUpdates(params, narrow as never),
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
