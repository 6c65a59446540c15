/** What is made of programs, kept: a declared cache, weak in the program, and bounded. */

import type { Program } from "./program.js";

/** So many things are kept of a program: those that were asked for last. */
export const mostKept = 64;

/** Gives what was made of a program under a key, or makes it. */
export type Kept<R> = (program: Program, key: string, make: () => R) => R;

/** A cache of one kind of things. */
export const keptPerProgram = <R extends object>(): Kept<R> => {
  const known = new WeakMap<Program, Map<string, R>>();
  return (program, key, make) => {
    const ofProgram = known.get(program) ?? new Map<string, R>();
    known.set(program, ofProgram);
    const result = ofProgram.get(key) ?? make();
    // The one asked for last is the last in order.
    ofProgram.delete(key);
    ofProgram.set(key, result);
    for (const oldest of ofProgram.keys()) {
      if (ofProgram.size <= mostKept) break;
      ofProgram.delete(oldest);
    }
    return result;
  };
};
