/** The test of the tests: compilers that are wrong on purpose, which the comparison sees. */

import { describe, expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { times } from "../src/primitives/multiplicative.js";
import { reverse } from "../src/primitives/concatenate-flip.js";
import { sumPrimitive } from "../src/primitives/sum-broadcast.js";
import { cos, sin } from "../src/primitives/trigonometry.js";
import { apply } from "../src/primitives/define.js";
import type { Program } from "../src/program/program.js";
import { contiguousTensor } from "../src/tensor/array-tensor.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import { scanPrimitive } from "../src/transforms/scan-primitive.js";
import { bind } from "../src/trace/interpreter.js";
import { stageLeaves } from "../src/transforms/program-rules.js";
import { compileProgram } from "../src/compile/compile-program.js";
import type { Compile } from "../src/compile/compiled-program.js";
import { local } from "../src/wasm/expression.js";
import { valued } from "../src/wasm/function.js";
import { i32 } from "../src/wasm/integer.js";
import { assemble } from "../src/wasm/module.js";
import { recordOf } from "../src/testing/laws/subject.js";
import { comparison } from "./compiled-as-interpreted.js";

const aval = { shape: [37], dtype: "float32" } as const;
const x = contiguousTensor(
  Float32Array.from({ length: 37 }, (_, i) => 0.25 * ((i * 5) % 13) - 1),
  [37],
  "float32",
);
const value = (result: unknown): Value => asTensor("f", result);

const step = stageLeaves("step", [aval, aval], ([carry, other]) => [
  value(plus(carry as Value, times(carry as Value, other as Value))),
  value(sub(carry as Value, other as Value)),
]);
const program = stageLeaves("f", [aval], ([a]) => {
  const [first, second] = bind(scanPrimitive, [a as Value, value(sin(a as Value))], {
    body: step,
    length: 3,
    reverse: false,
    constants: 0,
    carry: 2,
  });
  const turned = reverse(plus(first as Value, second as Value), [0]);
  return [value(turned), apply(sumPrimitive, [value(times(turned, a as Value))], { axes: [0] })];
});

/** Replaces one equation wherever it stands, in programs inside too. */
const replacing = (
  change: (equation: Program["equations"][number]) => Program["equations"][number],
): Compile => {
  const changed = (inside: Program): Program => ({
    ...inside,
    equations: inside.equations.map((equation) => {
      const next = change(equation);
      const { body } = next.params as { readonly body?: Program };
      return body === undefined
        ? next
        : { ...next, params: { ...(next.params as object), body: changed(body) } };
    }),
  });
  return (inside) => compileProgram(changed(inside));
};

const named = (name: string, params: (old: object) => object): Compile =>
  replacing((equation) =>
    equation.primitive.name === name ? { ...equation, params: params(equation.params as object) } : equation,
  );

const base = local("i32");
const { bytes: alwaysFailing } = assemble({
  memory: { from: "host", name: "memory", pages: 1 },
  exports: { run: valued("run", [base], [], i32.add(i32.mul(base, 0), 1)) },
});

const seen = (compile: Compile): string => {
  try {
    return comparison(program, compile)([x]);
  } catch (error) {
    return (error as Error).message;
  }
};

describe("the comparison", () => {
  it("accepts the compiler", () => {
    expect(seen(compileProgram)).toBe("compared");
  });

  it.each<readonly [string, Compile]>([
    ["one step of a loop is missing", named("scan", (old) => ({ ...old, length: 2 }))],
    ["a loop has one step more", named("scan", (old) => ({ ...old, length: 4 }))],
    ["nothing is turned around", named("flip", (old) => ({ ...old, axes: [] }))],
    [
      "a difference is taken the other way",
      replacing((equation) =>
        equation.primitive.name === "sub"
          ? { ...equation, inputs: [...equation.inputs].reverse() }
          : equation,
      ),
    ],
    [
      "carries are swapped",
      replacing((equation) =>
        equation.primitive.name === "scan"
          ? { ...equation, inputs: [...equation.inputs].reverse() }
          : equation,
      ),
    ],
    [
      "another function is applied",
      replacing((equation) =>
        equation.primitive.name === "sin"
          ? { ...equation, primitive: recordOf(cos) ?? equation.primitive }
          : equation,
      ),
    ],
  ])("sees that %s", (_what, compile) => {
    expect(seen(compile)).toMatch(/is .* compiled, .* interpreted and .* in float64/);
  });

  it("sees scratch that overlaps what is around it", () => {
    expect(
      seen((inside) => {
        const compiled = compileProgram(inside);
        return compiled === undefined ? undefined : { ...compiled, scratchBytes: 16 };
      }),
    ).toContain("outside of its places");
  });

  it("sees a check that fails for nothing", () => {
    expect(
      seen((inside) => {
        const compiled = compileProgram(inside);
        return compiled === undefined ? undefined : { ...compiled, wasm: alwaysFailing };
      }),
    ).toContain("check 1 fails");
  });
});
