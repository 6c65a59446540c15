/** The passes that remove what no output needs. */

import { isVariableOf, type Equation, type Program } from "./program.js";
import { narrowed } from "./narrow.js";
import { mayRefuse } from "./refusal.js";

/** What the outputs of a program need, and nothing else, whatever it may refuse. Its inputs stay. */
export const neededCode = (program: Program): Program =>
  sweep(
    program,
    () => false,
    (equation) => equation,
  );

/**
 * The same program, as far as a run can tell, without the equations whose outputs nothing reads: one that may refuse its operands is
 * kept, so that the error stays.
 */
export const withoutDeadCode = (program: Program): Program =>
  sweep(program, mayRefuse, (equation) => equation);

/** The same, and the programs that equations hold keep only the outputs that are read, and what these need. */
export const withoutUnreadCode = (program: Program): Program =>
  sweep(program, mayRefuse, (equation, read) => narrowed(equation, read, withoutUnreadCode));

const sweep = (
  program: Program,
  isKept: (equation: Equation) => boolean,
  narrow: (equation: Equation, read: readonly boolean[]) => Equation,
): Program => {
  const needed = new Set<number>();
  const need = (values: readonly unknown[]): void => {
    for (const value of values) if (isVariableOf(program, value)) needed.add(value.index);
  };
  need(program.outputs);
  const equations: Equation[] = [];
  let changed = false;
  for (let place = program.equations.length - 1; place >= 0; place--) {
    const equation = program.equations[place] as Equation; // the loop stays inside
    const read = equation.outputs.map(({ index }) => needed.has(index));
    const isRead = read.includes(true);
    if (!isRead && !isKept(equation)) {
      changed = true;
      continue;
    }
    const kept = isRead ? narrow(equation, read) : equation;
    changed ||= kept !== equation;
    need(kept.inputs);
    equations.push(kept);
  }
  return changed ? { ...program, equations: equations.reverse() } : program;
};
