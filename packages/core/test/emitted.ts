/** Compiled functions that call nothing outside of their module, and give what the interpreter does. */

import { expect } from "vitest";
import { compileProgram } from "../src/compile/compile-program.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { elementsOf } from "../src/testing/elements-of.js";
import { evaluateProgram } from "../src/transforms/call.js";
import { comparison } from "./compiled-as-interpreted.js";
import { compiledRunner, coreOf } from "./run-compiled.js";
import { programOf, type Traced } from "./traced.js";

/** What a compiled function calls outside of its module, and its plan. */
const compiledParts = (f: Traced, args: readonly ArrayTensor[]) => {
  const core = coreOf(programOf(f, args))?.core;
  const compiled = core && compileProgram(core);
  if (core === undefined || compiled === undefined) throw new Error("nothing is compiled");
  const calls = Object.keys(compiled.hostFunctions(() => new ArrayBuffer(0)));
  return { core, calls, plan: compiled.explain() };
};

/** That a function is compiled without calls to the host, and obeys the law of the compiler; its plan. */
export const expectEmitted = (f: Traced, args: readonly ArrayTensor[]): string => {
  const { calls, plan } = compiledParts(f, args);
  expect(calls).toEqual([]);
  expect(comparison(programOf(f, args))(args)).toBe("compared");
  return plan;
};

/** That a function is compiled without calls to the host, and gives the interpreter's very bits; its plan. */
export const expectSameBits = (f: Traced, args: readonly ArrayTensor[]): string => {
  const program = programOf(f, args);
  const { core, calls, plan } = compiledParts(f, args);
  expect(calls).toEqual([]);
  const read = coreOf(program)?.read ?? [];
  const given = read.map((place) => args[place] as ArrayTensor); // an argument for each input
  const { status, outputs } = compiledRunner(core)(given);
  expect(status).toBe(0);
  expect(outputs.map(bitsOf)).toEqual(evaluateProgram(core, given).map(bitsOf));
  return plan;
};

const bitsOf = (x: ArrayTensor) => ({ dtype: x.dtype, shape: x.shape, elements: elementsOf(x) });
