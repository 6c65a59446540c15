import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBy, throughText } from "../../test/through-json.js";
import { ones, registerNode, scalar, tensor, toArray, zeros } from "../index.js";
import type { Tensor } from "../types/tensor.js";
import { decode, treeJson, treeJsonOf, type TensorTree } from "./index.js";

class Interval {
  constructor(
    readonly low: Tensor<[]>,
    readonly high: Tensor<[]>,
  ) {}
}
registerNode(Interval, {
  flatten: ({ low, high }) => [low, high] as const,
  unflatten: ([low, high]) => new Interval(low, high),
});

const key = fc.oneof(fc.string(), fc.constantFrom("$tensor", "$number", "$$", "__proto__", "shape", ""));
const { tree } = fc.letrec<{ tree: TensorTree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<TensorTree>(
      null,
      true,
      -0,
      NaN,
      Infinity,
      "NaN",
      zeros([2, 0]),
      tensor([1.5, NaN]),
      scalar(3, { dtype: "int32" }),
    ),
    fc.double(),
    fc.string(),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

describe("treeJson", () => {
  it("reads back exactly what it wrote", () => {
    fc.assert(
      fc.property(tree, (one) => {
        expect(readBy(treeJson, throughText(treeJson.encode(one)))).toEqual(one);
        expect(treeJson.is(one)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("reads back by its outline exactly what it wrote", () => {
    fc.assert(
      fc.property(tree, (one) => {
        const codec = treeJsonOf(one);
        expect(readBy(codec, throughText(codec.encode(one)))).toEqual(one);
        expect(codec.is(one)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("gives a tree or an error of malformed data, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        const result = decode(treeJson)(json);
        expect(result._tag === "Left" ? result.left.kind : treeJson.is(result.right)).toBe(
          result._tag === "Left" ? "MalformedData" : true,
        );
      }),
    );
  });

  it("is plain JSON but for tensors", () => {
    expect(treeJson.encode({ b: [1, null, "x"], a: { $id: scalar(2), worst: -Infinity } }))
      .toMatchInlineSnapshot(`
      {
        "a": {
          "$$id": {
            "$tensor": {
              "data": [
                2,
              ],
              "dtype": "float32",
              "shape": [],
            },
          },
          "worst": {
            "$number": "-Infinity",
          },
        },
        "b": [
          1,
          null,
          "x",
        ],
      }
    `);
  });

  it("refuses what is malformed, with its place", () => {
    const wrong = [
      undefined,
      { a: { $tensor: { shape: [1], dtype: "float32", data: ["?"] } } },
      { a: [{ $number: "many" }] },
      { $tensor: { shape: [], dtype: "float32", data: [1] }, other: 1 },
      { $new: 1 },
      [Infinity],
    ];
    expect(wrong.map((json) => readBy(treeJson, json))).toMatchSnapshot();
  });

  it("does not write what cannot be read back", () => {
    const interval = new Interval(scalar(0), scalar(1)) as unknown as TensorTree;
    expect(() => treeJson.encode({ bounds: [interval] })).toThrowErrorMatchingSnapshot();
    expect(() =>
      treeJson.encode({ when: new Date(0) as unknown as TensorTree }),
    ).toThrowErrorMatchingSnapshot();
    expect([interval, new Date(0), undefined].map((x) => treeJson.is(x))).toEqual([false, false, false]);
  });
});

describe("treeJsonOf", () => {
  const params = treeJsonOf({ weight: zeros([3, 2]), bias: zeros([3]), steps: [0, null], name: "linear" });
  const json = params.encode({ weight: ones([3, 2]), bias: zeros([3]), steps: [7, null], name: "other" });

  it("reads trees like its example, typed", () => {
    const result = decode(params)(throughText(json));
    if (result._tag === "Left") throw result.left;
    const bias: Tensor<[3]> = result.right.bias;
    expect(toArray(bias)).toEqual([0, 0, 0]);
    expect(result.right.steps).toEqual([7, null]);
    expect([
      params.is(result.right),
      params.is({ ...result.right, bias: zeros([2]) }),
      params.is([]),
    ]).toEqual([true, false, false]);
  });

  it("restores instances of registered classes", () => {
    const codec = treeJsonOf({ bounds: new Interval(scalar(0), scalar(1)) });
    const read = readBy(codec, throughText(codec.encode({ bounds: new Interval(scalar(2), scalar(3)) })));
    expect(read).toEqual({ bounds: new Interval(scalar(2), scalar(3)) });
  });

  it("refuses other trees, with the place", () => {
    const { weight, ...rest } = json as Readonly<Record<string, unknown>>;
    const wrong = [
      rest,
      { ...rest, weight, more: 1 },
      { ...rest, weight: { $tensor: { shape: [1], dtype: "float32", data: [1] } } },
      { ...rest, weight: { $tensor: { shape: [3, 2], dtype: "int32", data: [1, 2, 3, 4, 5, 6] } } },
      { ...rest, weight: 3 },
      { ...rest, weight, steps: [7] },
      { ...rest, weight, steps: ["7", 0] },
      { ...rest, weight, name: { $number: "NaN" } },
      [],
      null,
    ];
    expect(wrong.map((one) => readBy(params, one))).toMatchSnapshot();
  });
});
