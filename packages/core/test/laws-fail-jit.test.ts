/** The law of jit sees compilers that are wrong on purpose, at the function and at its derivatives. */

import { describe, expect, it } from "vitest";
import { cos, mul, sin, sub, sum } from "../src/index.js";
import { compileProgram } from "../src/compile/compile-program.js";
import { wasmBackend } from "../src/compile/wasm-backend.js";
import type { Backend } from "../src/program/backend.js";
import { floating } from "../src/program/samples.js";
import type { Program } from "../src/program/program.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { isFloating } from "../src/tensor/dtype.js";
import { elementsOf } from "../src/testing/elements-of.js";
import { laws } from "../src/testing/laws.js";
import { recordOf } from "../src/testing/laws/subject.js";
import type { Untyped } from "../src/types/tensor.js";

type Equation = Program["equations"][number];

/** A compiler of a program in which equations are others. */
const replacing = (change: (equation: Equation) => Equation): Backend =>
  wasmBackend({
    compile: (program) => compileProgram({ ...program, equations: program.equations.map(change) }),
  });

/** The right results, changed a little. */
const rounding = (change: (x: number) => number): Backend => {
  const right = wasmBackend();
  const changed = (x: ArrayTensor): ArrayTensor =>
    isFloating(x.dtype)
      ? contiguousTensor(
          x.dtype === "float32" ? Float32Array.from(elementsOf(x), change) : elementsOf(x).map(change),
          x.shape,
          x.dtype,
        )
      : x;
  return { name: "rounding", run: (program, inputs) => right.run(program, inputs).map(changed) };
};

const f = (x: Untyped, y: Untyped): Untyped => sum(mul(sin(x as never), sub(x as never, y as never)));

const problemOf = (backend?: Backend): string => {
  const law = laws(f, {
    samples: {
      operands: [{ min: -3, max: 3 }],
      dtypes: floating,
      cases: [{ shapes: [[37], [37]], params: undefined }],
    },
    ...(backend === undefined ? {} : { backend }),
  }).find(({ name }) => name === "jit");
  try {
    law?.check();
    return law === undefined ? "no law" : "";
  } catch (error) {
    return (error as Error).message;
  }
};

const wrong = /the law "jit" does not hold: output 0.* is .* compiled, .* interpreted and .* in float64/;

describe("the law of jit", () => {
  it("holds of the compiler", () => {
    expect(problemOf()).toBe("");
  });

  it("sees operands that are exchanged", () => {
    const backend = replacing((equation) =>
      equation.primitive.name === "sub" ? { ...equation, inputs: [...equation.inputs].reverse() } : equation,
    );
    expect(problemOf(backend)).toMatch(wrong);
  });

  it("sees a derivative that is another function", () => {
    const backend = replacing((equation) =>
      equation.primitive.name === "cos"
        ? { ...equation, primitive: recordOf(sin) ?? equation.primitive }
        : equation,
    );
    expect(recordOf(cos)).toBeDefined();
    expect(problemOf(backend)).toMatch(wrong);
    expect(problemOf(backend)).toMatch(/output \d of its (forward|reverse) mode/);
  });

  it("sees results that are rounded more than the interpreter's", () => {
    expect(problemOf(rounding((x) => x * (1 + 2 ** -17)))).toMatch(wrong);
    expect(problemOf(rounding(Math.fround))).toMatch(wrong);
  });

  it("prints the smallest counterexample as code", () => {
    const backend = rounding((x) => (x > 0.5 ? x + 1 : x));
    const law = laws(sin, { backend });
    expect(() => {
      law.find(({ name }) => name === "jit")?.check();
    }).toThrowErrorMatchingSnapshot();
  });
});
