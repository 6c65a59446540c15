/** Reverse mode: a linear program run backwards, each equation by its primitive's transpose rule. */

import { tensorError } from "../errors/tensor-error.js";
import { hasRule } from "../program/primitive.js";
import { isVariableOf, type Program } from "../program/program.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { addTangents } from "../primitives/additive.js";

/** The cotangents of a linear program's inputs, given those of its outputs. */
export const transposeProgram = (
  transformation: string,
  program: Program,
  cotangents: readonly Tangent[],
): readonly Tangent[] => {
  const environment = new Array<Tangent | undefined>(program.variables);
  const accumulate = (value: Value, cotangent: Tangent): void => {
    if (isZero(cotangent) || !isVariableOf(program, value)) return;
    environment[value.index] = addTangents(environment[value.index] ?? zero, cotangent);
  };
  program.outputs.forEach((output, position) => {
    accumulate(output, cotangents[position] ?? zero);
  });
  for (let index = program.equations.length - 1; index >= 0; index--) {
    const equation = program.equations[index];
    if (equation === undefined) continue;
    const { primitive, inputs, params, outputs } = equation;
    const received = outputs.map((variable) => environment[variable.index] ?? zero);
    if (received.every(isZero)) continue;
    const { transpose } = primitive;
    if (!hasRule(transpose)) {
      throw tensorError({
        kind: "NotDifferentiable",
        operation: transformation,
        problem: `${primitive.name} cannot be transposed: ${transpose.noRule}`,
        fix: transpose.fix ?? "transpose only functions that are linear in the arguments that are transposed",
      });
    }
    const linear = inputs.map((input) => isVariableOf(program, input));
    const given = transpose(received, inputs, linear, params);
    inputs.forEach((input, position) => {
      accumulate(input, given[position] ?? zero);
    });
  }
  return program.inputs.map((variable) => environment[variable.index] ?? zero);
};
