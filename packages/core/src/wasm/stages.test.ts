import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engine } from "../../test/host-engine.js";
import { forRange } from "./control.js";
import { local, withStaged, withValue, type Expression, type Local, type Statement } from "./expression.js";
import { call, imported, valued } from "./function.js";
import { i32 } from "./integer.js";
import { assemble } from "./module.js";
import { unlessAbove } from "./rare.js";
import { reservedBytes, stripAddress } from "./reserved.js";
import { f32x4, i32x4, v128 } from "./simd.js";
import { stagesOf } from "./stages.js";
import { loopInStages } from "./strips.js";

type Vector = Expression<"v128">;

const at = reservedBytes;
const counter = local("i32");
const place = local("i32");
const setup = [place.set(i32.add(counter, at))];
const input = v128.load(place);
/** Elements as they are loaded, and where they are stored. */
const mostVectors = 200;
const output = 16 * mostVectors;

const stored = (value: Vector): readonly Statement[] => {
  const result = local("v128");
  return [result.set(value), v128.store(place, result, output)];
};

/** A loop of a body over so many vectors, in stages or not: what it stores, and its total. */
const results = (
  { body, total }: { readonly body: readonly Statement[]; readonly total: Local<"v128"> },
  elements: readonly number[],
  inStages: boolean,
): readonly number[] => {
  const loop = { counter, from: 0, to: 4 * elements.length, by: 16, setup, body };
  const stages = stagesOf(body);
  if (inStages && stages === undefined) throw new Error("one stage");
  const written =
    inStages && stages !== undefined
      ? loopInStages(stages, loop, stripAddress)
      : forRange(counter, 0, loop.to, 16, [...setup, ...body]);
  const f = valued("f", [], [written], i32x4.extractLane(total, 0));
  const { bytes } = assemble({ memory: { from: "host", name: "memory", pages: 1 }, exports: { f } });
  const memory = new engine.Memory({ initial: 1 });
  new Int32Array(memory.buffer).set(elements, at / 4);
  const instance = new engine.Instance(new engine.Module(bytes), { host: { memory } });
  const sum = (instance.exports as { readonly f: () => number }).f(); // as it is exported
  return [...new Int32Array(memory.buffer, at, output / 2), sum];
};

/** Operations on integers, one after another; some of their values are kept between stages, and large ones are rare. */
type Chain = readonly ("add" | "staged" | "square" | "rare" | "nested")[];

const chainOf = (chain: Chain, x: Vector): Vector => {
  const [first, ...rest] = chain;
  if (first === undefined) return x;
  switch (first) {
    case "add":
      return withValue(x, (value) => chainOf(rest, i32x4.add(value, i32x4.shl(value, 1))));
    case "square":
      return withValue(x, (value) => chainOf(rest, i32x4.sub(i32x4.mul(value, value), value)));
    case "staged":
      return withStaged(i32x4.add(x, i32x4.const(3)), (value) => chainOf(rest, i32x4.mul(value, value)));
    case "nested":
      return chainOf(
        rest,
        i32x4.add(
          i32x4.const(5),
          withStaged(x, (value) => i32x4.mul(value, value)),
        ),
      );
    case "rare":
      return withValue(x, (value) => {
        const usual = withStaged(i32x4.add(value, i32x4.const(1)), (next) => i32x4.mul(next, value));
        return withValue(unlessAbove(value, 1 << 29, usual, i32x4.const(-7)), (known) =>
          chainOf(rest, known),
        );
      });
  }
};

const totalled = (value: Vector) => {
  const [result, total] = [local("v128"), local("v128")];
  const body = [result.set(value), total.set(i32x4.add(total, result)), v128.store(place, result, output)];
  return { body, total };
};

describe("a loop in stages", () => {
  it("stores and adds what the loop does", () => {
    const link = fc.constantFrom("add", "staged", "square", "rare", "nested");
    const chain = fc.array(link, { minLength: 1, maxLength: 8 });
    const elements = fc.integer({ min: 1, max: mostVectors }).chain((vectors) => {
      const element = fc.oneof(
        { weight: 50, arbitrary: fc.nat(1000) },
        { weight: 1, arbitrary: fc.integer() },
      );
      return fc.array(element, { minLength: 4 * vectors, maxLength: 4 * vectors });
    });
    let staged = 0;
    fc.assert(
      fc.property(chain, elements, (links, numbers) => {
        const work = totalled(chainOf(links, input));
        if (stagesOf(work.body) === undefined) return;
        staged++;
        expect(results(work, numbers, true)).toEqual(results(work, numbers, false));
      }),
      { numRuns: 200 },
    );
    expect(staged).toBeGreaterThan(60);
  });

  it("reads what is stored in the place of what it reads", () => {
    const result = local("v128");
    const squared = withStaged(input, (x) => i32x4.add(i32x4.mul(x, x), input));
    const body = [result.set(squared), v128.store(place, result)];
    const work = { body, total: local("v128") };
    const numbers = Array.from({ length: 4 * 150 }, (_, index) => index);
    expect(results(work, numbers, true)).toEqual(results(work, numbers, false));
  });

  it("has as many stages as values are kept one behind the other", () => {
    const once = withStaged(input, (x) => i32x4.mul(x, x));
    const beside = i32x4.add(once, i32x4.const(1));
    const twice = withStaged(once, (x) => i32x4.mul(x, x));
    expect([input, once, beside, twice].map((value) => stagesOf(stored(value))?.stages.length)).toEqual([
      undefined,
      2,
      2,
      3,
    ]);
  });

  it("keeps what later stages read, and nothing else", () => {
    const value = withValue(i32x4.add(input, input), (x) =>
      withValue(i32x4.mul(x, x), (square) =>
        withStaged(i32x4.add(square, x), (y) => i32x4.sub(i32x4.mul(y, y), square)),
      ),
    );
    expect(stagesOf(stored(value))?.strips.size).toBe(2);
  });

  it("keeps in a strip what comes of what nobody reads from it any more", () => {
    const squared = (x: Vector): Vector => withStaged(x, (value) => i32x4.mul(value, value));
    const stages = stagesOf(stored(squared(squared(squared(input)))));
    expect([...(stages?.strips.values() ?? [])]).toEqual([0, 0, 0]);
  });
});

describe("a body has one stage", () => {
  const staged = (x: Vector): Vector => withStaged(x, (value) => i32x4.mul(value, value));

  it.each<readonly [string, () => readonly Statement[]]>([
    [
      "where it calls",
      () => {
        const host = imported("host", "f", ["i32"], "i32");
        return stored(i32x4.splat(call(host, i32x4.extractLane(staged(input), 0))));
      },
    ],
    [
      "where numbers of another type would be kept",
      () => {
        const lane = local("i32");
        const value = withStaged(input, (x) => i32x4.add(x, i32x4.splat(lane)));
        return [lane.set(i32x4.extractLane(input, 1)), ...stored(value)];
      },
    ],
    [
      "where what is rare is known at the end alone",
      () => stored(withValue(staged(input), (x) => unlessAbove(x, 7, i32x4.add(x, x), input))),
    ],
    [
      "where what is kept comes of the step before",
      () => {
        const sum = local("v128");
        return [sum.set(i32x4.add(sum, input)), ...stored(staged(sum))];
      },
    ],
    [
      "where it would keep too much",
      () => {
        const values = Array.from({ length: 13 }, () => local("v128"));
        const total = values.reduce<Vector>((sum, value) => i32x4.add(sum, value), f32x4.const(1));
        return [
          ...values.map((value, index) => value.set(i32x4.add(input, i32x4.const(index)))),
          ...stored(withStaged(input, (x) => i32x4.mul(x, total))),
        ];
      },
    ],
  ])("%s", (_, body) => {
    expect(stagesOf(body())).toBeUndefined();
  });
});
