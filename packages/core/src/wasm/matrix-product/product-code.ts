/** How one product is computed, whichever way that is. */

import type { Expression, Statement } from "../expression.js";
import type { Finish } from "./epilogue.js";

/** Statements of one product, which finish each block of the result, and the bytes that they need at `scratch`. */
export interface ProductCode {
  readonly statements: (
    left: Expression<"i32">,
    right: Expression<"i32">,
    out: Expression<"i32">,
    scratch: Expression<"i32">,
    finish: Finish,
  ) => readonly Statement[];
  readonly scratchBytes: number;
}
