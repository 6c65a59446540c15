import { describe, expect, it } from "vitest";
import { engine } from "../../test/host-engine.js";
import { fusesMultiplyAdd, instantiate } from "./engine.js";
import { local, type Expression, type Statement } from "./expression.js";
import { f32, f64 } from "./float.js";
import { drop, procedure, valued } from "./function.js";
import { i32, i64 } from "./integer.js";
import { assemble } from "./module.js";
import { f32x4, f64x2, i32x4, i64x2, i8x16, shuffle32, v128 } from "./simd.js";
import type { ValueType } from "./value-type.js";

const validates = (code: Expression | Statement): boolean =>
  engine.validate(
    assemble({
      memory: { from: "host", name: "memory", pages: 1 },
      exports: { f: procedure("f", [], [code.type === "void" ? code : drop(code)]) },
    }).bytes,
  );

const types: readonly ValueType[] = ["i32", "i64", "f32", "f64", "v128"];
const lists = (length: number): readonly (readonly ValueType[])[] =>
  length === 0 ? [[]] : lists(length - 1).flatMap((list) => types.map((type) => [...list, type]));

/** What an operation accepts, found by trying all. */
const accepted = (operation: (...values: never[]) => Expression | Statement) =>
  [1, 2, 3].flatMap(lists).flatMap((signature) => {
    try {
      return [{ signature, code: operation(...(signature.map((type) => local(type)) as never[])) }];
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
      return [];
    }
  });

// These take plain numbers too, and are tried by hand below.
const byHand = new Set(["const", "extractLane", "replaceLane", "loadLane"]);
const families = { i32, i64, f32, f64, v128, f32x4, f64x2, i32x4, i64x2 };
const table = Object.entries(families).flatMap(([family, all]) =>
  Object.entries(all)
    .filter(([name]) => !byHand.has(name))
    .map(([name, operation]) => [`${family}.${name}`, operation as () => Expression | Statement] as const),
);

describe("operations", () => {
  it.each(table)("%s has one signature, which is the engine's", (_, operation) => {
    const found = accepted(operation);
    expect(found.map(({ signature }) => signature)).toHaveLength(1);
    expect(found.map(({ code }) => validates(code))).toEqual([true]);
  });

  it.each([false, ...(fusesMultiplyAdd(engine) ? [true] : [])])(
    "multiplyAdd rounds once if it is fused: %s",
    (fuses) => {
      const [single, double] = [1 + 2 ** -12, 1 + 2 ** -27];
      const exports = {
        inSingle: valued(
          "inSingle",
          [],
          [],
          f32x4.extractLane(
            f32x4.multiplyAdd(f32x4.const(single), f32x4.const(single), f32x4.const(-1 - 2 ** -11)),
            3,
          ),
        ),
        inDouble: valued(
          "inDouble",
          [],
          [],
          f64x2.extractLane(
            f64x2.multiplyAdd(f64x2.const(double), f64x2.const(double), f64x2.const(-1 - 2 ** -26)),
            1,
          ),
        ),
      };
      const found = instantiate(engine, assemble({ exports, fuses }), {});
      expect([found?.inSingle(), found?.inDouble()]).toEqual(fuses ? [2 ** -24, 2 ** -54] : [0, 0]);
    },
  );

  it("validate on lanes and constants", () => {
    const x = local("v128");
    const all = [
      ...[i32.const(-1), i32.const(2 ** 31 - 1), i64.const(-(2n ** 63n)), f32.const(NaN), f64.const(-0)],
      ...[f32x4, i32x4, f64x2, i64x2].map((lanes) => lanes.const(3)),
      ...[0, 1, 2, 3].flatMap((lane) => [
        f32x4.extractLane(x, lane),
        f32x4.replaceLane(x, lane, 1),
        i32x4.extractLane(x, lane),
        i32x4.replaceLane(x, lane, 1),
        i32x4.loadLane(0, x, lane, 8),
      ]),
      ...[0, 1].flatMap((lane) => [
        f64x2.extractLane(x, lane),
        f64x2.replaceLane(x, lane, 1),
        i64x2.extractLane(x, lane),
        i64x2.replaceLane(x, lane, 1n),
        i64x2.loadLane(0, x, lane),
      ]),
      shuffle32(x, x, [0, 5, 2, 7]),
    ];
    expect(all.map(validates)).toEqual(all.map(() => true));
  });

  it("refuse operands of other types, wrong lanes and wrong offsets when they are written", () => {
    const messages = [
      () => i32.add(local("f32") as never, 1),
      () => f32x4.add(1 as never, 2 as never),
      () => f64.sqrt(...([1, 2] as unknown as [number])),
      () => f64x2.extractLane(local("v128"), 2),
      () => i8x16.shuffle(local("v128"), local("v128"), [32]),
      () => f32.load(0, -4),
      () => local("i64").set(local("i32") as never),
    ].map((wrong) => {
      try {
        wrong();
        return "accepted";
      } catch (error) {
        return String(error);
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "TypeError: i32.add: an operand is f32, not i32",
        "TypeError: a number is no v128: splat it",
        "TypeError: f64.sqrt: 2 operands, not 1",
        "TypeError: f64x2: there is no lane 2",
        "TypeError: i8x16.shuffle: 16 numbers below 32 are needed",
        "TypeError: an access has the offset -4",
        "TypeError: local.set: an operand is i32, not i64",
      ]
    `);
  });
});
