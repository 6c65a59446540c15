/** Random words, shifts and bits of another dtype, compiled: the very bits of the interpreter, without a call to the host. */

import { describe, expect, it } from "vitest";
import { bitcast } from "../src/primitives/convert.js";
import { shiftLeft, shiftRight } from "../src/primitives/bitwise.js";
import { randomBits, threefry } from "../src/primitives/threefry.js";
import * as random from "../src/random/index.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { allocate, reinterpret } from "../src/tensor/dtype.js";
import { sizeOfShape } from "../src/tensor/shape.js";
import { scan } from "../src/transforms/scan.js";
import { vmap } from "../src/transforms/vmap.js";
import { stack } from "../src/ops/join.js";
import { zeros } from "../src/ops/make.js";
import type { DType, Shape } from "../src/types/tensor.js";
import { expectSameBits } from "./emitted.js";

/** Numbers with every bit, some of them small. */
const words = (shape: Shape, dtype: "uint32" | "int32" = "uint32"): ArrayTensor => {
  const data = allocate(dtype, sizeOfShape(shape));
  for (let i = 0; i < data.length; i++) data[i] = i < 3 ? i : Math.imul(i * i + 1, 0x9e3779b1) >>> 0;
  return contiguousTensor(data, shape, dtype);
};

describe("words of keys", () => {
  it.each<[Shape, Shape]>([
    [[2], []],
    [[2], [1]],
    [[2], [3]],
    [[2], [4, 4]],
    [[2], [5, 7]],
    [[2], [1000]],
    [[3, 2], []],
    [[3, 2], [5]],
    [
      [2, 3, 2],
      [4, 11],
    ],
    [[2], [0]],
    [[0, 2], [3]],
  ])("of %j, for each element of %j", (keys, shape) => {
    for (const form of ["word", "pair", "fraction"] as const)
      expectSameBits((key) => [randomBits(key, shape, form, "bits")], [words(keys)]);
  });

  it.each<[Shape]>([[[2]], [[8, 2]], [[9, 2]], [[50, 2]], [[3, 5, 2]], [[0, 2]]])(
    "of counters %j",
    (shape) => {
      expectSameBits(
        (key, counter) => [threefry(key, counter, "foldIn")],
        [words(shape), contiguousTensor(words(shape).data.slice().reverse(), shape, "uint32")],
      );
    },
  );

  it("of words of keys: expensive operands are computed once", () => {
    const plan = expectSameBits(
      (key) => [
        randomBits(threefry(key, randomBits(key, [], "pair", "bits"), "foldIn"), [30], "word", "bits"),
      ],
      [words([20, 2])],
    );
    expect(plan).toMatchInlineSnapshot(`
      "loop over [20, 2]: randomBits → uint32[20, 2]
      loop over [20, 2]: threefry → uint32[20, 2]
      loop over [20, 30]: randomBits → uint32[20, 30]
      scratch: 336 bytes"
    `);
  });
});

describe("numbers made of words", () => {
  const key = random.key(3) as unknown as ArrayTensor;
  const asKey = (x: unknown) => x as random.Key;

  it.each<[string, (key: random.Key) => unknown]>([
    ["uniform", (k) => random.uniform(k, [1000])],
    ["uniform of float64", (k) => random.uniform(k, [301], { dtype: "float64" })],
    ["few of float64", (k) => random.uniform(k, [3], { dtype: "float64" })],
    ["bernoulli", (k) => random.bernoulli(k, 0.3, [33, 9])],
    ["split", (k) => stack(random.split(k, 4))],
    ["many keys", (k) => stack(random.split(k, 40))],
    ["foldIn", (k) => random.foldIn(k, 7)],
  ])("%s", (_name, draw) => {
    expectSameBits((k) => [draw(asKey(k))], [key]);
  });

  it("is one loop", () => {
    const plan = expectSameBits((k) => [random.uniform(asKey(k), [1000])], [key]);
    expect(plan).toMatchInlineSnapshot(`
      "loop over [1000]: sub → float32[1000]
      scratch: 16 bytes"
    `);
  });

  it("in the step of a scan, and mapped over keys", () => {
    const draws = (k: unknown): unknown => {
      const step = (carry: random.Key): readonly [random.Key, unknown] => {
        const [next, drawn] = random.split(carry, 2);
        return [next, random.uniform(drawn, [5])];
      };
      return scan(step as never, k as never, zeros([10]) as never)[1];
    };
    expectSameBits((k) => [draws(k)], [key]);
    expectSameBits((k) => [vmap(draws as never)(stack(random.split(asKey(k), 3)) as never)], [key]);
  });
});

describe("bits moved", () => {
  const countsOf = (dtype: DType, length: number) => {
    const counts = allocate(dtype, length);
    return counts.map((_, i) => (i % 37) - 3);
  };

  it.each(["int32", "uint32"] as const)("of %s, by a tensor and by constants", (dtype) => {
    const x = words([200], dtype);
    for (const length of [200, 13]) {
      const few = contiguousTensor(x.data.slice(0, length), [length], dtype);
      const bits = contiguousTensor(countsOf(dtype, length), [length], dtype);
      expectSameBits(
        (a, n) => [shiftLeft(a as never, n as never), shiftRight(a as never, n as never)],
        [few, bits],
      );
      for (const count of [0, 1, 9, 31, 32, 40])
        expectSameBits(
          (a) => [shiftLeft(a as never, count as never), shiftRight(a as never, count as never)],
          [few],
        );
    }
  });
});

describe("bits read as another dtype", () => {
  const cases: readonly (readonly [DType, Shape, DType])[] = (
    ["float32", "int32", "uint32"] as const
  ).flatMap((from) =>
    [[5], [33, 3]].flatMap((shape) => [
      ...(["float32", "int32", "uint32"] as const).map((to) => [from, shape, to] as const),
      [from, [...shape, 2], "float64"] as const,
      ["float64", shape, from] as const,
    ]),
  );
  it.each([...cases, ["float64", [7], "float64"] as const, ["float64", [0], "uint32"] as const])(
    "of %s %j as %s",
    (from, shape, to) => {
      const size = sizeOfShape(shape) * (from === "float64" ? 2 : 1);
      const bits = reinterpret(
        words([size]).data.map((word) => word & 0xbfffffff),
        0,
        size,
        from,
      );
      expectSameBits((x) => [bitcast(x as never, to as never)], [contiguousTensor(bits, shape, from)]);
    },
  );
});
