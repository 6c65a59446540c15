/** The passes one after another, until none finds anything. */

import { withoutCommonSubexpressions } from "./common-subexpressions.js";
import { withoutUnreadCode } from "./dead-code.js";
import { foldConstants } from "./fold-constants.js";
import { insideEquations, type Pass } from "./nested.js";
import type { Program } from "./program.js";

/** What one pass opens to another is found in the next round; few programs need more than three. */
const mostRounds = 8;

/**
 * A program that computes the same, bit for bit, with fewer equations, and so have the programs inside: what nothing reads, what
 * is computed twice and what depends on constants alone is gone. Further passes take their turns with these.
 */
export const simplify = (program: Program, further: readonly Pass[] = []): Program => {
  const passes: readonly Pass[] = [withoutUnreadCode, foldConstants, withoutCommonSubexpressions, ...further];
  // A program that two equations hold is one afterwards too.
  const known = new Map<Program, Program>();
  const whole: Pass = (outer) => {
    const before = known.get(outer);
    if (before !== undefined) return before;
    let current = outer;
    for (let round = 0, last; round < mostRounds && last !== current; round++) {
      last = current;
      current = passes.reduce((given, pass) => pass(given), insideEquations(current, whole));
    }
    known.set(outer, current);
    known.set(current, current);
    return current;
  };
  return whole(program);
};
