/** What the tests of passes share: deep checks of programs, and runs to compare. */

import { expect } from "vitest";
import { checkProgram } from "../src/program/check.js";
import { programsIn } from "../src/program/nested.js";
import { programToString } from "../src/program/print.js";
import type { Program } from "../src/program/program.js";
import { elementReader, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { showAval, sizeOfShape } from "../src/tensor/shape.js";
import type { Value } from "../src/tensor/value.js";
import { evaluateProgram } from "../src/transforms/call.js";

/** Type checks a program and those inside. */
export const checkDeep = (program: Program): void => {
  const checked = checkProgram(program);
  if (checked._tag === "Left") throw new Error(`${checked.left.message}\n${programToString(program)}`);
  for (const { params } of program.equations) programsIn(params).forEach(checkDeep);
};

/** Elements as text: NaN is NaN, and -0 is not 0. */
const elementsOf = (x: ArrayTensor): string => {
  const at = elementReader(x);
  return Array.from({ length: sizeOfShape(x.shape) }, (_, place) =>
    Object.is(at(place), -0) ? "-0" : String(at(place)),
  ).join(" ");
};

export const resultsOf = (program: Program, args: readonly unknown[]): readonly string[] =>
  evaluateProgram(program, args as readonly Value[]).map((x) => `${showAval(x)} ${elementsOf(x)}`); // public tensors are values

/** That a pass keeps the results, the types and the inputs, does not add equations, and finds nothing in what it gave. */
export const expectSound = (
  pass: (program: Program) => Program,
  program: Program,
  args: readonly unknown[],
): void => {
  const after = pass(program);
  checkDeep(after);
  expect(after.inputs).toEqual(program.inputs);
  expect(resultsOf(after, args)).toEqual(resultsOf(program, args));
  expect(countEquations(after)).toBeLessThanOrEqual(countEquations(program));
  expect(programToString(pass(after))).toBe(programToString(after));
};

/** The number of equations, those of programs inside included. */
export const countEquations = (program: Program): number =>
  program.equations.reduce(
    (total, { params }) =>
      programsIn(params).reduce((inner, held) => inner + countEquations(held), total + 1),
    0,
  );
