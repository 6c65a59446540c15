/** A tangent or cotangent that is zero by construction: a symbol, never an array of zeros. */

import type { Value } from "../tensor/value.js";

class SymbolicZero {
  readonly symbolicZero = true;
}

/** The type of the symbolic zero. */
export type Zero = SymbolicZero;
/** The symbolic zero: there is one. */
export const zero: Zero = /* @__PURE__ */ Object.freeze(new SymbolicZero());

/** A value in the tangent space, or the symbolic zero. Integers and booleans have only the zero. */
export type Tangent = Value | Zero;
/** Whether a tangent is the symbolic zero. */
export const isZero = (tangent: Tangent): tangent is Zero => tangent === zero;
