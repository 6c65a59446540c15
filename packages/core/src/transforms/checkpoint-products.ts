/** The products that a checkpoint remembers: a program that gives their results too, and one that takes them. */

import type { Equation, Program } from "../program/program.js";
import { Variable } from "../program/variable.js";
import { callPrimitive, type CallParams } from "./call.js";

export interface Products {
  /** The program, whose further outputs are the results of its products. */
  readonly giving: Program;
  /** The program without its products, whose results are further inputs. */
  readonly taking: Program;
  /** These results, which are variables of both programs. */
  readonly results: readonly Variable[];
}

/** A program and the results of its matrix products and convolutions, those of programs that it applies included. */
export const productsOf = (program: Program): Products => {
  let { variables } = program;
  const results: Variable[] = [];
  const giving: Equation[] = [];
  const taking: Equation[] = [];
  for (const equation of program.equations) {
    const { primitive, inputs, outputs } = equation;
    if (primitive.name === "contract" || primitive.name === "conv") {
      giving.push(equation);
      results.push(...outputs);
      continue;
    }
    if (primitive !== callPrimitive) {
      giving.push(equation);
      taking.push(equation);
      continue;
    }
    const params = equation.params as CallParams;
    const inner = productsOf(params.program);
    const given = inner.results.map(
      ({ shape, dtype }) => new Variable(program.owner, shape, dtype, variables++, primitive.name),
    );
    giving.push({
      ...equation,
      params: { ...params, program: inner.giving },
      outputs: [...outputs, ...given],
    });
    taking.push({ ...equation, params: { ...params, program: inner.taking }, inputs: [...inputs, ...given] });
    results.push(...given);
  }
  return {
    giving: { ...program, equations: giving, outputs: [...program.outputs, ...results], variables },
    taking: { ...program, equations: taking, inputs: [...program.inputs, ...results], variables },
    results,
  };
};
