import * as t from "io-ts";
import { describe, expect, it } from "vitest";
import { decode } from "./index.js";

const message = (codec: t.Decoder<unknown, unknown>, data: unknown): string => {
  const result = decode(codec, { operation: "options" })(data);
  return result._tag === "Left" ? result.left.message : "nothing is wrong";
};
const positive = t.refinement(t.number, (x) => x > 0, "a number above 0");
const options = t.type({
  learningRate: positive,
  betas: t.tuple([t.number, t.number]),
  layers: t.array(t.type({ width: t.number, "file-name": t.string })),
});
const right = { learningRate: 0.1, betas: [0.9, 0.99], layers: [{ width: 3, "file-name": "a" }] };
const schedule = t.union([
  t.type({ kind: t.literal("step"), size: t.number }),
  t.type({ kind: t.literal("cosine"), period: t.type({ length: t.number }) }),
]);

describe("decode", () => {
  it("gives the value that the codec gives", () => {
    expect(decode(options)(right)).toEqual({ _tag: "Right", right });
  });

  const wrong: Readonly<Record<string, readonly [t.Decoder<unknown, unknown>, unknown]>> = {
    "a value at the root": [t.number, "3"],
    "a value that is absent": [options, { ...right, learningRate: undefined }],
    "a value out of range": [options, { ...right, learningRate: -1 }],
    "a value in a list": [options, { ...right, betas: [0.9, "high"] }],
    "a value under a key that is no name": [
      options,
      { ...right, layers: [...right.layers, { width: 3, "file-name": null }] },
    ],
    "more than one value": [options, { learningRate: 0, betas: [true, [1, 2]], layers: "many" }],
    "many values": [t.array(t.string), [1, 2, 3, 4, 5, 6, 7]],
    "no alternative": [schedule, 3],
    "a value deep in one alternative": [
      t.type({ schedule }),
      { schedule: { kind: "cosine", period: { length: "long" } } },
    ],
    "a word that is none of a few": [
      t.type({ reduction: t.union([t.literal("mean"), t.literal("sum")]) }),
      { reduction: "Mean" },
    ],
    "both parts of an intersection": [
      t.intersection([t.type({ a: t.number }), t.type({ b: t.number })]),
      { a: "1", b: "2" },
    ],
    "a message of the codec": [
      new t.Type<number>(
        "a number",
        t.number.is,
        (u, context) => t.failure(u, context, "the clock has stopped"),
        t.identity,
      ),
      { hours: 3, minutes: 4 },
    ],
    "a long text": [t.number, "x".repeat(100)],
    "an object of many keys": [t.number, Object.fromEntries("abcdefgh".split("").map((key) => [key, 1]))],
    "a list of numbers": [t.number, [1, 2.5]],
    "what no JSON holds": [
      t.type({ a: t.number, b: t.number, c: t.number, d: t.number }),
      { a: -0, b: () => 1, c: 3n, d: [] },
    ],
  };
  it.each(Object.keys(wrong))("says what is wrong: %s", (name) => {
    const [codec, data] = wrong[name] ?? [t.never, null];
    expect(message(codec, data)).toMatchSnapshot();
  });

  it("gives an error of malformed data, by itself in the name of decode", () => {
    const result = decode(t.number)("3");
    expect(result._tag === "Left" && result.left.kind).toBe("MalformedData");
    expect(result._tag === "Left" && result.left.details.operation).toBe("decode");
  });
});
