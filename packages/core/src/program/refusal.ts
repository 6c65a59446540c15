/** Which equations may refuse their operands when they run: an index out of range is an error, which no pass removes. */

import { programsIn } from "./nested.js";
import type { Equation, Program } from "./program.js";

/** Whether an equation may refuse, one that holds a program with such equations included. */
export const mayRefuse = ({ primitive, inputs, params }: Equation): boolean =>
  primitive.mayRefuse?.(inputs, params) === true || programsIn(params).some(holdsRefusals);

/** A declared cache, weak in the program. */
const known = /* @__PURE__ */ new WeakMap<Program, boolean>();

/** Whether some equation of a program may refuse. */
export const holdsRefusals = (program: Program): boolean => {
  const before = known.get(program);
  if (before !== undefined) return before;
  const found = program.equations.some(mayRefuse);
  known.set(program, found);
  return found;
};
