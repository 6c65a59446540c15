import * as t from "io-ts";
import { describe, expect, expectTypeOf, it } from "vitest";
import { tensorEq } from "../ops/instances.js";
import { tensor } from "../ops/make.js";
import type { Tensor } from "../types/tensor.js";
import { closed } from "./closed.js";
import { decode } from "./decode.js";
import { tensorJsonOf } from "./tensor-json.js";

const codec = closed(
  "the options",
  { rate: t.number, betas: t.tuple([t.number, t.number]) },
  { key: tensorJsonOf({ shape: [2], dtype: "float32" }), nested: closed("Nested", {}, { deep: t.boolean }) },
);

describe("closed", () => {
  it("reads the properties that it knows, by their codecs", () => {
    const key = { shape: [2], dtype: "float32", data: [1, 2] };
    const read = decode(codec)({ rate: 1, betas: [0, 1], key });
    if (read._tag === "Left") throw read.left;
    expectTypeOf(read.right.rate).toEqualTypeOf<number>();
    expectTypeOf(read.right.key).toEqualTypeOf<Tensor<readonly [2]> | undefined>();
    expect(Object.keys(read.right)).toEqual(["rate", "betas", "key"]);
    expect(tensorEq.equals(read.right.key ?? tensor(0), tensor([1, 2]))).toBe(true);
    expect(codec.encode(read.right)).toEqual({ rate: 1, betas: [0, 1], key });
    expect([codec.is(read.right), codec.is({ rate: 1 }), codec.is({ ...read.right, more: 1 })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("takes an optional property that is undefined for one that is not there", () => {
    expect(decode(codec)({ rate: 1, betas: [0, 1], key: undefined })).toMatchObject({
      _tag: "Right",
      right: { rate: 1 },
    });
  });

  it("says what is wrong, and where", () => {
    const good = { rate: 1, betas: [0, 1] };
    const wrong: readonly unknown[] = [
      { ...good, nestrov: true },
      { ...good, rate: "fast" },
      { betas: [0, 1] },
      { rate: 1, betas: [0, "one"] },
      { ...good, nested: { depth: 1 } },
      { ...good, nested: { deep: 1 } },
      { ...good, key: { shape: [3], dtype: "float32", data: [1, 2, 3] } },
      { rat: 1 },
      [1],
      null,
    ];
    const texts = wrong.map((json) => {
      const read = decode(codec, { operation: "options" })(json);
      return read._tag === "Left" ? read.left.toString() : "read";
    });
    expect(texts.join("\n\n")).toMatchSnapshot();
  });
});
