/** Programs for every engine: the same as others, without the instructions that round as the engine likes. */

import { describe, expect, it } from "vitest";
import { conv, cosh, exp, jit, matmul, ones, sum, tanh, toArray, type Tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import { compilePortably, compileProgram } from "../src/compile/compile-program.js";
import type { Compile } from "../src/compile/compiled-program.js";
import { fusesMultiplyAdd } from "../src/wasm/engine.js";
import { engine } from "./host-engine.js";
import { coreOf } from "./run-compiled.js";
import { programOf, type Traced } from "./traced.js";

/** The relaxed multiply-add of float32 and of float64. */
const relaxed = [
  [0xfd, 0x85, 0x02],
  [0xfd, 0x87, 0x02],
];

const functions: Readonly<Record<string, readonly [f: Traced, shapes: readonly (readonly number[])[]]>> = {
  "a function of float32": [(x) => [exp(x as Tensor)], [[100]]],
  "a function in float64": [(x) => [cosh(x as Tensor)], [[100]]],
  "a product": [
    (a, b) => [matmul(a as never, b as never)],
    [
      [40, 30],
      [30, 20],
    ],
  ],
  "a convolution": [
    (x, k) => [conv(x as never, k as never)],
    [
      [2, 3, 9, 9],
      [8, 3, 3, 3],
    ],
  ],
};

describe.each(Object.entries(functions))("%s", (_, [f, shapes]) => {
  const args = shapes.map((shape) => ones(shape as number[]) as never);

  /** Whether a module has one of the instructions. */
  const isRelaxed = (compile: Compile): boolean => {
    const core = coreOf(programOf(f, args))?.core;
    const bytes = core && compile(core)?.wasm;
    if (bytes === undefined) throw new Error("nothing is compiled");
    return relaxed.some((opcode) =>
      bytes.some((__, at) => opcode.every((byte, place) => bytes[at + place] === byte)),
    );
  };

  it("has them where the engine fuses, and never in a portable program", () => {
    expect(isRelaxed(compileProgram)).toBe(fusesMultiplyAdd(engine));
    expect(isRelaxed(compilePortably)).toBe(false);
  });
});

describe('backend: "wasm-portable"', () => {
  it("computes what the interpreter does, with results of others as arguments and the other way round", () => {
    const x = random.normal(random.key(0), [120, 120]);
    const f = (a: Tensor<[120, 120]>) => matmul(a, tanh(a));
    const [fast, portable] = [jit(f), jit(f, { backend: "wasm-portable" })];
    const expected = toArray(sum(f(f(x))));
    expect(toArray(sum(fast(portable(x)))) / expected).toBeCloseTo(1, 4);
    expect(toArray(sum(portable(fast(x)))) / expected).toBeCloseTo(1, 4);
  });
});
