import { describe, expect, it } from "vitest";
import { unsigned } from "./bytes.js";
import { block, branch, branchIf, loop, select, when } from "./control.js";
import { disassemble } from "./disassemble.js";
import { local, statement, type Expression, type Statement } from "./expression.js";
import * as floats from "./float.js";
import { call, drop, imported, procedure, run, valued } from "./function.js";
import * as integers from "./integer.js";
import { assemble } from "./module.js";
import * as vectors from "./simd.js";
import type { ValueType } from "./value-type.js";

const { f32, f64 } = floats;
const { i32, i64 } = integers;
const { f32x4, f64x2, i32x4, i64x2, i8x16, v128 } = vectors;
const memory = { from: "host", name: "memory", pages: 1 };

/** The text of a function that does so. */
const textOf = (code: Expression | Statement, fuses = false): readonly string[] => {
  const body = [code.type === "void" ? code : drop(code)];
  const [shown] = disassemble(assemble({ memory, fuses, exports: { f: procedure("f", [], body) } }).bytes);
  return shown!.instructions; // the one function
};

/** The last instruction but what forgets its value and ends the function. */
const lastOf = (code: Expression | Statement, fuses = false): string | undefined =>
  textOf(code, fuses)
    .map((line) => line.trim())
    .filter((line) => line !== "drop" && line !== "end")
    .at(-1);

type Operation = (...values: readonly Expression[]) => Expression | Statement;

const types: readonly ValueType[] = ["i32", "i64", "f32", "f64", "v128"];
const lists = (length: number): readonly (readonly ValueType[])[] =>
  length === 0 ? [[]] : lists(length - 1).flatMap((list) => types.map((type) => [...list, type]));
const signatures = [1, 2, 3].flatMap(lists);

/** An operation on variables of the types that it accepts, found by trying all. */
const applied = (operation: Operation): Expression | Statement => {
  for (const signature of signatures)
    try {
      return operation(...signature.map((type) => local(type)));
    } catch {
      continue;
    }
  throw new Error("no operands are accepted");
};

// These take plain numbers too, and are tried by hand below.
const byHand = /const|lane|shuffle/i;

/** What is called otherwise here, or written with other instructions. */
const others: Readonly<Record<string, string>> = {
  extendLowI8x16U: "i16x8.extend_low_i8x16_u",
  "v128.andNot": "v128.andnot",
  "f32x4.abs": "v128.and",
  "f32x4.neg": "v128.xor",
  "f32x4.multiplyAdd": "f32x4.add",
  "f64x2.abs": "v128.and",
  "f64x2.neg": "v128.xor",
  "f64x2.multiplyAdd": "f64x2.add",
};

const exported: Readonly<Record<string, object>> = { ...integers, ...floats, ...vectors };
const table = Object.entries(exported)
  .flatMap(([family, one]): readonly (readonly [string, Operation])[] =>
    typeof one === "function"
      ? [[family, one as Operation]]
      : Object.entries(one as Readonly<Record<string, Operation>>).map(([name, operation]) => [
          `${family}.${name}`,
          operation,
        ]),
  )
  .filter(([name]) => !byHand.test(name));

describe("disassemble", () => {
  it.each(table)("knows the official name of %s", (name, operation) => {
    const official = name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    expect(lastOf(applied(operation))).toBe(others[name] ?? official);
  });

  it.each(["f32x4", "f64x2"] as const)("knows the multiply-add of %s that rounds once", (family) => {
    const x = local("v128");
    expect(lastOf(vectors[family].multiplyAdd(x, x, x), true)).toBe(`${family}.relaxed_madd`);
  });

  it("prints what follows an opcode", () => {
    const x = local("v128");
    const code = [
      ...[i32.const(-1), i32.const(2 ** 31 - 1), i64.const(-(2n ** 63n))],
      ...[f32.const(0.5), f32.const(-0), f32.const(NaN), f64.const(-Infinity), f64.const(0.1)],
      ...[f32x4.const(1), i32x4.const(-2), f64x2.const(1), i64x2.const(3)],
      ...[f32x4, i32x4].flatMap(({ extractLane }) => [extractLane(x, 3)]),
      ...[f64x2, i64x2].flatMap(({ extractLane }) => [extractLane(x, 1)]),
      ...[f32x4.replaceLane(x, 2, 1), i32x4.replaceLane(x, 2, 1)],
      ...[f64x2.replaceLane(x, 1, 1), i64x2.replaceLane(x, 1, 1n)],
      ...[f32x4.loadLane(0, x, 2, 16), f64x2.loadLane(0, x, 1)],
      ...[v128.load(0), v128.load(0, 300), v128.store(0, x, 16), i32.store8(0, 1, 7)],
      statement(i32.const(0).code, i32.const(0).code, i32.const(8).code, [0xfc, 0x0a, 0x00, 0x00]),
      i8x16.shuffle(x, x, [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 31, 30, 29, 28]),
    ];
    expect(code.map((part) => lastOf(part)).join("\n")).toMatchInlineSnapshot(`
      "i32.const -1
      i32.const 2147483647
      i64.const -9223372036854775808
      f32.const 0.5
      f32.const -0
      f32.const nan
      f64.const -inf
      f64.const 0.1
      v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000
      v128.const i32x4 0xfffffffe 0xfffffffe 0xfffffffe 0xfffffffe
      v128.const i32x4 0x00000000 0x3ff00000 0x00000000 0x3ff00000
      v128.const i32x4 0x00000003 0x00000000 0x00000003 0x00000000
      f32x4.extract_lane 3
      i32x4.extract_lane 3
      f64x2.extract_lane 1
      i64x2.extract_lane 1
      f32x4.replace_lane 2
      i32x4.replace_lane 2
      f64x2.replace_lane 1
      i64x2.replace_lane 1
      v128.load32_lane offset=16 2
      v128.load64_lane 1
      v128.load
      v128.load offset=300
      v128.store offset=16
      i32.store8 offset=7
      memory.copy
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 31 30 29 28"
    `);
  });

  it("indents by blocks, and names imported functions, exports and the types of variables", () => {
    const [base, x, other, count] = [local("i32"), local("v128"), local("f64"), local("i32")];
    const power = imported("host", "power", ["f64", "i32"], "f64");
    const inner = valued("inner", [base, x], [drop(call(power, 0.5, base))], select(base, x, v128.not(x)));
    const outer = procedure(
      "outer",
      [base],
      [
        block((exit) => [
          loop((again) => [
            when(base, [branch(exit)], [count.set(1)]),
            drop(other.tee(call(power, other, count))),
            drop(select(count, base, count)),
            branchIf(again, i32.eqz(count)),
          ]),
        ]),
        drop(call(inner, base, x)),
        run(procedure("nothing", [], [])),
      ],
    );
    const shown = disassemble(assemble({ memory, exports: { outer, again: outer, inner } }).bytes);
    expect(
      shown.map(({ head, locals, instructions }) => [head, locals, ...instructions].join("\n")).join("\n\n"),
    ).toMatchInlineSnapshot(`
      "func 1 (export "outer") (export "again") (param i32)
      i32 1, f64 2, v128 3
        block
          loop
            local.get 0
            if
              br 2
            else
              i32.const 1
              local.set 1
            end
            local.get 2
            local.get 1
            call 0 ;; host.power
            local.tee 2
            drop
            local.get 0
            local.get 1
            local.get 1
            select
            drop
            local.get 1
            i32.eqz
            br_if 0
          end
        end
        local.get 0
        local.get 3
        call 2
        drop
        call 3
      end

      func 2 (export "inner") (param i32 v128) (result v128)

        f64.const 0.5
        local.get 0
        call 0 ;; host.power
        drop
        local.get 1
        local.get 1
        v128.not
        local.get 0
        select (result v128)
      end

      func 3

      end"
    `);
  });

  it("says where it does not know an instruction", () => {
    const unknown = [[0x00], [0xfc, 0x0b], [0xfd, ...unsigned(0x150)]];
    const texts = unknown.map((opcode) =>
      textOf(block(() => [statement(opcode), drop(i32.const(1))])).map((line) => line.trim()),
    );
    expect(texts).toMatchInlineSnapshot(`
      [
        [
          "block",
          "0x00 is not known, nor are the 5 bytes behind it",
        ],
        [
          "block",
          "0xfc 0x0b is not known, nor are the 5 bytes behind it",
        ],
        [
          "block",
          "0xfd 0x150 is not known, nor are the 5 bytes behind it",
        ],
      ]
    `);
  });
});
