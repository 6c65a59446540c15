/** Programs without hidden inputs: what they capture of outer transformations becomes inputs. */

import type { Equation, Program } from "../program/program.js";
import { isVariableOf } from "../program/program.js";
import { Variable } from "../program/variable.js";
import { Tracer } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";

/** The tracers of outer transformations that a program reads, each once. */
export const capturedBy = (program: Program): readonly Value[] => {
  const captured = new Set<Value>();
  const look = (value: Value): void => {
    if (value instanceof Tracer && !isVariableOf(program, value)) captured.add(value);
  };
  for (const { inputs } of program.equations) inputs.forEach(look);
  program.outputs.forEach(look);
  return [...captured];
};

/** The program whose first inputs stand for these values. */
export const abstractOver = (program: Program, values: readonly Value[]): Program => {
  if (values.length === 0) return program;
  const names = new Map(
    values.map(
      (value, index) =>
        [value, new Variable(program.owner, value.shape, value.dtype, program.variables + index)] as const,
    ),
  );
  const rename = (value: Value): Value => names.get(value) ?? value;
  return {
    owner: program.owner,
    inputs: [...names.values(), ...program.inputs],
    equations: program.equations.map((equation): Equation => ({
      ...equation,
      inputs: equation.inputs.map(rename),
    })),
    outputs: program.outputs.map(rename),
    variables: program.variables + values.length,
  };
};
