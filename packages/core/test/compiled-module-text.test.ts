/** Modules of random programs as text: read to the end, with every function and every block closed. */

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraries } from "@cotangent/core/testing";
import { compileProgram } from "../src/compile/compile-program.js";
import { showModule } from "../src/compile/show-module.js";
import { byteReader } from "../src/wasm/byte-reader.js";
import { disassemble, sectionsOf } from "../src/wasm/disassemble.js";
import { coreOf } from "./run-compiled.js";

const openings = /^ +(block|loop|if)\b/;
const closings = /^ *end$/;

it.each([7, 30, 200])(
  "the module of a program with values of up to %d elements is read to its end",
  (maxSize) => {
    let modules = 0;
    fc.assert(
      fc.property(arbitraries.programs({ maxSize }), ({ program }) => {
        const core = coreOf(program)?.core;
        const bytes = core && compileProgram(core)?.wasm;
        if (bytes === undefined) return;
        modules++;
        const declared = sectionsOf(bytes).find(({ id }) => id === 3)?.start;
        const functions = disassemble(bytes);
        expect(functions.length).toBe(byteReader(bytes, declared).unsigned());
        for (const { instructions } of functions) {
          const matching = (pattern: RegExp): number =>
            instructions.filter((line) => pattern.test(line)).length;
          expect(instructions.at(-1)).toBe("end");
          expect(matching(closings)).toBe(matching(openings) + 1);
          expect(matching(/not known/)).toBe(0);
        }
        const text = showModule(bytes);
        const further = Number(/^ {2}… (\d+) functions more$/m.exec(text)?.[1] ?? 0);
        expect((text.match(/^ {2}func /gm)?.length ?? 0) + further).toBe(functions.length);
      }),
      { numRuns: 60, seed: maxSize },
    );
    expect(modules).toBeGreaterThan(30);
  },
);
