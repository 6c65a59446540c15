import { describe, expect, it } from "vitest";
import { dtypeOf, jit, scalar, tensor, toArray, vmap, zeros } from "../index.js";
import type { Tensor } from "../types/tensor.js";
import type { Key } from "./index.js";
import * as random from "./index.js";

describe("types and dtypes", () => {
  it("follow the shape and the dtype", () => {
    const key = random.key(0);
    const a: Tensor<[2, 3]> = random.normal(key, [2, 3]);
    const b: Tensor<[], "float64"> = random.uniform(key, [], { dtype: "float64" });
    const c: Tensor<[4], "bool"> = random.bernoulli(key, tensor([0.1, 0.2, 0.3, 0.4]));
    const d: Tensor<[5], "uint32"> = random.randint(key, [5], 0, 3, { dtype: "uint32" });
    const e: Tensor<[3], "int32"> = random.permutation(key, 3);
    const f: Tensor<[2, 3]> = random.permutation(key, a);
    const g: Tensor<[7, 3]> = random.choice(key, a, [7]);
    const h: Tensor<[2], "int32"> = random.categorical(key, a);
    expect([a, b, c, d, e, f, g, h].map(dtypeOf)).toEqual([
      "float32",
      "float64",
      "bool",
      "uint32",
      "int32",
      "float32",
      "float32",
      "int32",
    ]);
  });
});

describe("errors", () => {
  const key = random.key(0);
  const calls: Readonly<Record<string, () => unknown>> = {
    "no key": () => random.normal([2, 3] as unknown as Key),
    "a stack of keys": () => random.normal(zeros([4, 2], { dtype: "uint32" }) as unknown as Key, [3]),
    "a length that is none": () => random.uniform(key, [2, -1]),
    "a shape that is none": () => random.uniform(key, 3 as unknown as number[]),
    "a dtype that it does not draw": () => random.normal(key, [2], { dtype: "int32" as "float32" }),
    "an end of another dtype": () => random.uniform(key, [2], { maxval: scalar(1, { dtype: "float64" }) }),
    "an end that does not broadcast": () => random.uniform(key, [2], { minval: zeros([3]) }),
    "an end larger than the shape": () => random.uniform(key, [], { minval: zeros([3]) }),
    "an end that is no operand": () => random.uniform(key, [2], { minval: "0" as unknown as number }),
    "an end beyond int32": () => random.randint(key, [2], 0, 2 ** 40),
    "an end that is no whole number": () => random.randint(key, [2], 0, 1.5),
    "ends in the wrong order": () => random.randint(key, [2], 5, -5),
    "ends of which one pair is in the wrong order": () =>
      random.randint(key, [2], tensor([0, 9], { dtype: "int32" }), 5),
    "real ends in the wrong order": () => random.uniform(key, [2], { minval: 1, maxval: 0.5 }),
    "bounds in the wrong order": () => random.truncatedNormal(key, 1, scalar(-1), [2]),
    "a probability above 1": () => random.bernoulli(key, 2),
    "a probability below 0": () => random.bernoulli(key, tensor([0.5, -0.25])),
    "a probability that is no number": () => random.bernoulli(key, NaN),
    "no keys": () => random.split(key, 0),
    "fewer keys than none": () => random.split(key, -1),
    "half a key": () => random.split(key, 1.5),
    "a permutation of fewer than none": () => random.permutation(key, -3),
    "a permutation of more than int32 counts": () => random.permutation(key, 2 ** 31),
    "a permutation along a list": () => random.permutation(key, zeros([3]), { axis: [0] as never }),
    "a flag that is none": () => random.permutation(key, zeros([3, 3]), { independent: 1 as never }),
    "a choice along no axis": () => random.choice(key, zeros([3]), [1], { axis: 0.5 as never }),
    "a replacement that is none": () => random.choice(key, 3, [1], { replace: "no" as never }),
    "a weight below 0": () => random.choice(key, 3, [1], { p: tensor([0.5, -0.5, 1]) }),
    "weights that are all 0": () => random.choice(key, 3, [1], { p: zeros([3]) }),
    "too few weights above 0": () => random.choice(key, 3, [2], { p: tensor([1, 0, 0]), replace: false }),
    "a probability that is no floating number": () => random.bernoulli(key, tensor([1], { dtype: "int32" })),
    "logits that are no floating numbers": () =>
      random.categorical(key, zeros([2], { dtype: "int32" }) as unknown as Tensor<[2]>),
    "a permutation of a scalar": () => random.permutation(key, scalar(3)),
    "a permutation along no axis": () => random.permutation(key, zeros([3]), { axis: 1 }),
    "too many without replacement": () => random.choice(key, 3, [4], { replace: false }),
    "a choice of nothing": () => random.choice(key, 0, [1]),
    "weights that do not fit": () => random.choice(key, 3, [1], { p: tensor([0.5, 0.5]) }),
    "a shape that does not end with the logits'": () =>
      random.categorical(key, zeros([4, 3]), { shape: [2] }),
  };
  it.each(Object.keys(calls))("%s", (name) => {
    expect(calls[name]).toThrowErrorMatchingSnapshot();
  });
});

describe("values that are not known", () => {
  it("are not checked", () => {
    const key = random.key(0);
    const thrown = jit((p: Tensor<[]>) => random.bernoulli(key, p, [2]));
    expect(toArray(thrown(scalar(2)))).toEqual([true, true]);
    const low = tensor([7, 8], { dtype: "int32" });
    const drawn = vmap((end: Tensor<[], "int32">) => random.randint(key, [], end, 3))(low);
    expect(toArray(drawn)).toEqual([7, 8]);
  });
});
