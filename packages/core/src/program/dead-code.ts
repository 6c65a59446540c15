/** The pass that removes what no output needs. */

import { isVariableOf, type Equation, type Program } from "./program.js";

/** The same program without the equations whose outputs nothing reads; its inputs stay. */
export const withoutDeadCode = (program: Program): Program => {
  const needed = new Set<number>();
  const need = (values: readonly unknown[]): void => {
    for (const value of values) if (isVariableOf(program, value)) needed.add(value.index);
  };
  need(program.outputs);
  const equations: Equation[] = [];
  for (let place = program.equations.length - 1; place >= 0; place--) {
    const equation = program.equations[place] as Equation; // the loop stays inside
    if (!equation.outputs.some(({ index }) => needed.has(index))) continue;
    need(equation.inputs);
    equations.push(equation);
  }
  return { ...program, equations: equations.reverse() };
};
