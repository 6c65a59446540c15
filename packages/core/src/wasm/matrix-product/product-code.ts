/** How one product is computed, whichever way that is. */

import type { Expression, Statement } from "../expression.js";

/** Statements of one product, and the bytes that they need at the address `scratch`. */
export interface ProductCode {
  readonly statements: (
    left: Expression<"i32">,
    right: Expression<"i32">,
    out: Expression<"i32">,
    scratch: Expression<"i32">,
  ) => readonly Statement[];
  readonly scratchBytes: number;
}
