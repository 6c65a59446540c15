import fc from "fast-check";
import * as t from "io-ts";
import { describe, expect, it } from "vitest";
import { readBy, throughText } from "../../test/through-json.js";
import { fromTypedArray, scalar, tensor, toArray, toTypedArray, vmap, zeros } from "../index.js";
import { ArrayTensor, viewTensor } from "../tensor/array-tensor.js";
import type { AnyTensor, Tensor } from "../types/tensor.js";
import { decode, tensorJson, tensorJsonOf } from "./index.js";

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
const words = { minLength: 64, maxLength: 64 };
const elements = fc.oneof(
  fc.float32Array(words),
  fc.float64Array(words),
  fc.int32Array(words),
  fc.uint32Array(words),
);
const anyTensor = fc.tuple(shape, elements).map(([lengths, data]): AnyTensor => {
  const size = lengths.reduce((product, length) => product * length, 1);
  return fromTypedArray(data.slice(0, size), lengths);
});
const bools = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 9 })
  .map((data): AnyTensor => tensor(data as [boolean, ...boolean[]]));

describe("tensorJson", () => {
  it("reads back exactly what it wrote", () => {
    fc.assert(
      fc.property(fc.oneof(anyTensor, bools), (x) => {
        expect(readBy(tensorJson, throughText(tensorJson.encode(x)))).toEqual(x);
      }),
      { numRuns: 300 },
    );
  });

  it("writes the elements of a view in row-major order", () => {
    const x: unknown = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const transposed = x instanceof ArrayTensor ? viewTensor(x, [3, 2], [1, 3], 0) : zeros([0]);
    expect(tensorJson.encode(transposed)).toEqual({
      shape: [3, 2],
      dtype: "float32",
      data: [1, 4, 2, 5, 3, 6],
    });
  });

  it("writes bools, and what JSON cannot write, in words", () => {
    expect(tensorJson.encode(tensor([true, false]))).toEqual({
      shape: [2],
      dtype: "bool",
      data: [true, false],
    });
    expect(JSON.stringify(tensorJson.encode(tensor([0.1, -0, NaN, -Infinity])))).toBe(
      '{"shape":[4],"dtype":"float32","data":[0.1,"-0","NaN","-Infinity"]}',
    );
  });

  const wrong: Readonly<Record<string, unknown>> = {
    "no object": 3,
    "a bare list": [1, 2],
    nothing: undefined,
    "no fields": {},
    "an unknown dtype": { shape: [], dtype: "float16", data: [1] },
    "a shape that is none": { shape: [2, -1], dtype: "float32", data: [1] },
    "a shape that is no list": { shape: "2", dtype: "float32", data: [1] },
    "too few elements": { shape: [2, 2], dtype: "float32", data: [1, 2, 3] },
    "data that is no list": { shape: [1], dtype: "float32", data: { 0: 1 } },
    "nested data": { shape: [2], dtype: "float32", data: [1, [2]] },
    "an element of text": { shape: [2], dtype: "float32", data: [1, "2"] },
    "an element that is null": { shape: [2], dtype: "float64", data: [null, 1] },
    "a number beyond float32": { shape: [1], dtype: "float32", data: [1e39] },
    "an infinity without words": { shape: [1], dtype: "float64", data: [Infinity] },
    "a fraction among whole numbers": { shape: [2], dtype: "int32", data: [1, 1.5] },
    "a negative unsigned number": { shape: [1], dtype: "uint32", data: [-1] },
    "a number beyond int32": { shape: [1], dtype: "int32", data: [2 ** 31] },
    "NaN among whole numbers": { shape: [1], dtype: "int32", data: ["NaN"] },
    "a number for a bool": { shape: [1], dtype: "bool", data: [1] },
  };
  it.each(Object.keys(wrong))("refuses %s", (name) => {
    expect(readBy(tensorJson, wrong[name])).toMatchSnapshot();
  });

  it("reads a tensor whole or not at all, whatever it is given", () => {
    fc.assert(
      fc.property(fc.record({ shape: fc.anything(), dtype: fc.anything(), data: fc.anything() }), (json) => {
        const result = decode(tensorJson)(json);
        expect(result._tag === "Left" ? result.left.kind : "read").toBe("MalformedData");
      }),
    );
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(decode(tensorJson)(json)._tag).toBe("Left");
      }),
    );
  });

  it("knows tensors, and does not read a tracer", () => {
    expect([scalar(1), 1, {}].map((x) => tensorJson.is(x))).toEqual([true, false, false]);
    const read = vmap((x: Tensor<[]>) => {
      tensorJson.encode(x);
      return x;
    });
    expect(() => read(zeros([2]))).toThrowErrorMatchingSnapshot();
  });
});

describe("tensorJsonOf", () => {
  const images = tensorJsonOf({ shape: [-1, 2], dtype: "float32" });

  it("reads tensors of its shape and dtype, typed", () => {
    const result = decode(images)(tensorJson.encode(zeros([3, 2])));
    const read: Tensor<[number, 2]> | undefined = result._tag === "Right" ? result.right : undefined;
    expect(read === undefined ? "" : toArray(read)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect([zeros([3, 2]), zeros([2]), zeros([3, 2], { dtype: "int32" })].map((x) => images.is(x))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("refuses others", () => {
    const others = [
      zeros([2, 3]),
      zeros([2]),
      zeros([1, 2], { dtype: "float64" }),
      zeros([0], { dtype: "int32" }),
    ];
    expect(others.map((x) => readBy(images, tensorJson.encode(x)))).toMatchSnapshot();
    expect(readBy(tensorJsonOf({ dtype: "int32" }), tensorJson.encode(zeros([])))).toMatchSnapshot();
    expect(readBy(images, [])).toMatchSnapshot();
  });

  it("composes with the codecs of io-ts", () => {
    const batch = t.type({ x: images, y: t.array(tensorJson) });
    const json = throughText(batch.encode({ x: zeros([1, 2]), y: [scalar(2)] }));
    const result = decode(batch)(json);
    expect(result._tag === "Right" && [...toTypedArray(result.right.x)]).toEqual([0, 0]);
    expect(readBy(batch, { x: tensorJson.encode(zeros([1])), y: [{}, 3] })).toMatchSnapshot();
  });
});
