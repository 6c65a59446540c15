/** Functions as rules see them: of values, staged to programs, compiled and compared. */

import { expect } from "vitest";
import { compileProgram } from "../src/compile/compile-program.js";
import type { Program } from "../src/program/program.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import { stageLeaves } from "../src/transforms/program-rules.js";
import { comparison } from "./compiled-as-interpreted.js";
import { coreOf } from "./run-compiled.js";

/** Of values, as rules see them. */
export type Traced = (...values: Value[]) => readonly unknown[];

/** The program of a function of values. */
export const programOf = (f: Traced, args: readonly ArrayTensor[]): Program =>
  stageLeaves("f", args, (values) => f(...values).map((value) => asTensor("f", value)));

/** The plan of a program whose compiled results are compared with the interpreter's. */
export const comparedPlan = (program: Program, args: readonly ArrayTensor[]): string => {
  expect(comparison(program)(args)).toBe("compared");
  const parts = coreOf(program);
  return (parts && compileProgram(parts.core)?.explain()) ?? "";
};

/** The same of a function of values. */
export const planOf = (f: Traced, args: readonly ArrayTensor[]): string =>
  comparedPlan(programOf(f, args), args);
