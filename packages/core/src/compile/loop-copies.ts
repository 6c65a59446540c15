/**
 * How many copies of their body loops of vectors have. Totals of copies do not wait for each other, and constants that an engine has
 * no register for are read once for all copies.
 */

import { isStraight, lengthOf } from "../wasm/code.js";
import type { Statement } from "../wasm/expression.js";
import { isInParts } from "./folds.js";
import type { Nest } from "./loop-axes.js";
import type { Root } from "./loop-job.js";

/** Shorter loops have no copies. */
const shortest = 32;
/** Loops without totals over fewer elements have one copy: the engine would take longer to compile more. */
const longLoop = 1024;

/** The copies of the body: fewer of one whose values fill the registers, of which loops without totals are worth none. */
export const copiesOf = ({ levels, vector }: Nest, roots: readonly Root[]): number => {
  if ((levels[vector]?.length ?? 0) < shortest) return 1;
  const totals = roots.filter(({ fold }) => fold !== undefined).length;
  const elements = levels.reduce((product, { length }) => product * length, 1);
  if (totals === 0 && (elements < longLoop || roots.length > 2)) return 1;
  if (roots.length > 2 || totals > 1) return 2;
  // Four times the variables of an extremum are more than there are registers.
  const keepsParts = roots.some(({ fold, dtype }) => fold !== undefined && isInParts(fold, dtype));
  return keepsParts && levels[vector]?.reduced !== true ? 3 : 4;
};

/** A hyperbolic tangent with a few operations is shorter, a sine longer. */
const longestCopied = 400;

/**
 * Whether a body without totals is worth copying: of a longer one the time goes elsewhere, and the engine needs time and memory for each copy. Copies with branches
 * are not interleaved.
 */
export const isWorthCopying = (body: readonly Statement[]): boolean => {
  const code = body.map((statement) => statement.code);
  return lengthOf(code) <= longestCopied && isStraight(code);
};
