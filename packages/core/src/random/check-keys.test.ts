import { describe, expect, it } from "vitest";
import { add, attempt, checkKeys, grad, mul, scalar, stage, tensor, toArray, vmap } from "../index.js";
import type { Tensor } from "../types/tensor.js";
import type { Key } from "./index.js";
import * as random from "./index.js";

const key = random.key(0);
const keys = tensor(
  [
    [0, 1],
    [0, 2],
  ],
  { dtype: "uint32" },
);
const pair = (f: (key: Key) => Tensor, g: (key: Key) => Tensor) => (one: Key) => add(f(one), g(one));
const folded = (data: Tensor<[], "int32">) => random.foldIn(key, data);
const normal = (one: Key) => random.normal(one, [2]);
const uniform = (one: Key) => random.uniform(one, [2]);
const careful = (one: Key) => {
  const [a, b] = random.split(one);
  return add(normal(a), uniform(b));
};
const careless = pair(normal, uniform);

describe("checkKeys", () => {
  it("gives what the function gives", () => {
    expect(toArray(checkKeys(careful)(key))).toEqual(toArray(careful(key)));
  });

  const wrong: Readonly<Record<string, () => unknown>> = {
    "two samplers": () => careless(key),
    "one sampler twice": () => pair(normal, normal)(key),
    "a sampler, then split": () => [normal(key), random.split(key)],
    "split, then a sampler": () => [random.split(key, 3), normal(key)],
    "a sampler that splits by itself": () => [random.permutation(key, 5), random.randint(key, [2], 0, 9)],
    "the same number folded in twice": () => [random.foldIn(key, 3), random.foldIn(key, 3)],
    "folded into, then split": () => [random.foldIn(key, 0), random.split(key)],
    "a key made twice from one seed": () => [normal(random.key(5)), normal(random.key(5))],
    "a part of a split used twice": () => pair(normal, uniform)(random.split(key)[1]),
    "within vmap": () => vmap(careless)(keys),
    "within vmap, one row after another": () => [vmap(normal)(keys), normal(random.key(2))],
    "two equal rows of a vmap": () =>
      vmap(normal)(
        tensor(
          [
            [0, 1],
            [0, 1],
          ],
          { dtype: "uint32" },
        ),
      ),
    "the same numbers folded in by vmap": () =>
      [0, 1].map(() => vmap(folded)(tensor([0, 1], { dtype: "int32" }))),
    "within grad": () =>
      grad((x: Tensor<[]>) => mul(x, add(random.normal(key), random.uniform(key))))(scalar(1)),
  };
  it.each(Object.keys(wrong))("refuses %s", (name) => {
    expect(checkKeys(() => wrong[name]?.())).toThrowErrorMatchingSnapshot();
  });

  const around: Readonly<Record<string, (f: (key: Key) => Tensor) => unknown>> = {
    vmap: (f) => vmap(checkKeys(f))(keys),
    stage: (f) => stage(checkKeys(f))(key),
    "vmap in stage": (f) => stage((all: Tensor<[2, 2], "uint32">) => vmap(checkKeys(f))(all))(keys),
  };
  it.each(["vmap", "stage", "vmap in stage"])("sees reuse where keys are tracers: %s", (name) => {
    const run = around[name];
    const split = (one: Key) => add(normal(random.split(one)[0]), uniform(random.split(one)[0]));
    const fold = (one: Key) => add(normal(random.foldIn(one, 1)), uniform(random.foldIn(one, 1)));
    const wrongs = [careless, split, fold].map((f) => attempt(() => run?.(f)));
    expect(wrongs.map((result) => (result._tag === "Left" ? result.left.kind : result))).toEqual(
      wrongs.map(() => "KeyReuse"),
    );
    expect(() => run?.(careless)).toThrowErrorMatchingSnapshot();
    expect(() => run?.(careful)).not.toThrow();
    expect(() =>
      run?.((one) => add(normal(random.foldIn(one, 1)), uniform(random.foldIn(one, 2)))),
    ).not.toThrow();
  });

  it("allows different numbers folded into one key", () => {
    expect(() => checkKeys(() => [1, 2, 3].map((data) => normal(random.foldIn(key, data))))()).not.toThrow();
    const data = tensor([0, 1, 2], { dtype: "int32" });
    expect(() => checkKeys(vmap(folded))(data)).not.toThrow();
  });

  it("knows nothing of other calls, and nothing stays switched on", () => {
    const checked = checkKeys(normal);
    expect(toArray(checked(key))).toEqual(toArray(checked(key)));
    expect(() => checkKeys(careless)(key)).toThrow("used twice");
    expect(() => careless(key)).not.toThrow();
  });

  it("refuses what is not a synchronous function", () => {
    expect(() =>
      checkKeys(async (one: Key) => Promise.resolve(normal(one)))(key),
    ).toThrowErrorMatchingSnapshot();
    expect(() => checkKeys(3 as unknown as () => number)).toThrowErrorMatchingSnapshot();
  });
});
