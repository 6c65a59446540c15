import { describe, expect, it } from "vitest";
import { explainCompilation, jit, mul, zeros, type Tensor } from "@cotangent/core";
import { statement } from "../wasm/expression.js";
import { drop, procedure } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import { assemble } from "../wasm/module.js";
import { showModule } from "./show-module.js";

/** The text of a module whose functions drop a number so many times. */
const linesOf = (times: readonly number[]): readonly string[] => {
  const { code } = drop(i32.const(1));
  const functions = times.map((count) =>
    procedure("f", [], [statement(...Array.from({ length: count }, () => code))]),
  );
  const exports = Object.fromEntries(functions.map((one, place) => [`f${place}`, one]));
  return showModule(assemble({ exports }).bytes).split("\n");
};

const instructionsIn = (lines: readonly string[]): number =>
  lines.filter((line) => /^ +(i32\.const 1|drop|end)$/.test(line)).length;

describe("showModule", () => {
  it("shows the code of a jitted function", () => {
    const f = jit((x: Tensor<[64]>) => mul(2, x));
    expect(explainCompilation(f, zeros([64])).module).toMatchInlineSnapshot(`
      "module of 185 bytes
        types: 1 in 6 bytes
        imports: 1 in 16 bytes
        functions: 1 in 2 bytes
        exports: 1 in 7 bytes
        code: 1 in 135 bytes
          func 0: 132 bytes
        func 0 (export "run") (param i32) (result i32)
          local i32 1-5, v128 6-8
          local.get 0
          i32.const 0
          i32.store offset=8
          local.get 0
          i32.load
          local.set 1
          local.get 0
          i32.load offset=4
          local.set 2
          i32.const 0
          local.set 3
          local.get 3
          i32.const 256
          i32.lt_s
          if
            v128.const i32x4 0x40000000 0x40000000 0x40000000 0x40000000
            local.set 8
            loop
              local.get 1
              local.get 3
              i32.add
              local.set 4
              local.get 2
              local.get 3
              i32.add
              local.set 5
              local.get 4
              v128.load
              local.set 6
              local.get 8
              local.get 6
              f32x4.mul
              local.set 7
              local.get 5
              local.get 7
              v128.store
              local.get 3
              i32.const 16
              i32.add
              local.tee 3
              i32.const 256
              i32.lt_s
              br_if 0
            end
          end
          local.get 0
          i32.load offset=8
        end"
    `);
  });

  it("cuts the longest functions, down to one length", () => {
    const lines = linesOf([5, 1200, 300, 900]);
    expect(lines.filter((line) => /^ {2}(func|types|code)|…/.test(line))).toMatchInlineSnapshot(`
      [
        "  types: 1 in 4 bytes",
        "  functions: 4 in 5 bytes",
        "  code: 4 in 7231 bytes",
        "  func 0 (export "f0")",
        "  func 1 (export "f1")",
        "    … 1707 instructions more",
        "  func 2 (export "f2")",
        "  func 3 (export "f3")",
        "    … 1107 instructions more",
      ]
    `);
    expect(instructionsIn(lines)).toBe(2000);
  });

  it("shows so many functions that they can be read, where there are many", () => {
    const lines = linesOf(Array.from({ length: 50 }, (_, place) => (place === 1 ? 500 : 40)));
    expect(lines.filter((line) => line.includes("…"))).toMatchInlineSnapshot(`
      [
        "    … 42 smaller ones",
        "    … 801 instructions more",
        "  … 27 functions more",
      ]
    `);
    expect(instructionsIn(lines)).toBe(200 + 22 * 81);
  });
});
