/** The pass that applies the identities of primitives. */

import { withoutUnreadCode } from "../program/dead-code.js";
import type { Pass } from "../program/nested.js";
import { arithmetic } from "./identities/arithmetic.js";
import { contraction } from "./identities/contraction.js";
import { layout } from "./identities/layout.js";
import { reduction } from "./identities/reduction.js";
import { elementwiseOfSplats } from "./identities/splat.js";
import { rewriting } from "./rewrite.js";

const rewritten = /* @__PURE__ */ rewriting(
  () => [...arithmetic(), ...layout(), ...reduction(), ...contraction()],
  elementwiseOfSplats,
);

/**
 * The same program with each application that equals a cheaper one replaced by it, bit for bit; only a contraction of what is
 * repeated may round otherwise. Derivatives are equal too: the program may be differentiated afterwards.
 */
export const algebra: Pass = (program) => {
  // What is gone is a reader less, which opens other identities; each leaves less to do, so this has an end.
  let current = program;
  for (let next = rewritten(current); next !== current; next = rewritten(current))
    current = withoutUnreadCode(next);
  return current;
};
