/** Applies a program's equations, in order, under the current interpreter. */

import type { Program } from "../program/program.js";
import { isVariableOf } from "../program/program.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";

/** The values of a program's outputs at the given values of its inputs. */
export const runProgram = (program: Program, args: readonly Value[]): readonly Value[] => {
  const environment = new Array<Value | undefined>(program.variables);
  // An equation reads only what an earlier one, or an input, has set.
  const read = (value: Value): Value =>
    isVariableOf(program, value) ? (environment[value.index] ?? value) : value;
  program.inputs.forEach((variable, position) => (environment[variable.index] = args[position]));
  for (const { primitive, inputs, params, outputs } of program.equations) {
    const results = bind(primitive, inputs.map(read), params);
    outputs.forEach((variable, position) => (environment[variable.index] = results[position]));
  }
  return program.outputs.map(read);
};
