/** All passes over a program, before it runs many times. */

import type { Pass } from "../program/nested.js";
import { simplify } from "../program/simplify.js";
import { algebra } from "./algebra.js";
import { hoistInvariants } from "./hoist-invariants.js";

/** The simplest program that the passes find: simplified, by the identities of primitives too, with what no step of a loop changes in front of it. */
export const optimise: Pass = (program) => simplify(program, [algebra, hoistInvariants]);
