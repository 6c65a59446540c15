/** The one mutable cell of the library: which interpreter applies primitives now. */

import type { Primitive } from "../program/primitive.js";
import type { Transformation } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import { evaluate } from "./evaluate.js";

/** Applies primitives. Every transformation is one; `bind` hands each application to the current one. */
export interface Interpreter extends Transformation {
  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[];
}

let current: Interpreter = evaluate;

/** The interpreter that operations bind to now. */
export const currentInterpreter = (): Interpreter => current;

/** Runs a thunk under an interpreter, and gives the cell back whatever happens. */
export const runWith = <A>(interpreter: Interpreter, thunk: () => A): A => {
  const outer = current;
  current = interpreter;
  try {
    return thunk();
  } finally {
    current = outer;
  }
};

/** Applies a primitive. */
export const bind = <P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] =>
  current.bind(primitive, inputs, params);
