/** How one product is computed, whichever way that is. */

import type { Expression, Statement } from "../expression.js";
import type { Range } from "./blocks.js";
import type { Lanes } from "./lanes.js";
import type { Procedures } from "./procedures.js";
import type { OrientedSpec } from "./spec.js";

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

/** What is done with a block of the result as soon as its sums are complete. */
export type Finish = (rows: Range, columns: Range) => readonly Statement[];

/** A way of computing products. */
export type Way = (procedures: Procedures, lanes: Lanes, spec: OrientedSpec) => ProductCode;
