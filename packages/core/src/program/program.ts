/** The intermediate representation: a straight list of equations over variables, each with shape and dtype. */

import type { Transformation } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import type { Primitive } from "./primitive.js";
import { Variable } from "./variable.js";

/** `outputs = primitive(inputs, params)`. An input that is no variable of the program is a constant. */
export interface Equation {
  readonly primitive: Primitive;
  readonly inputs: readonly Value[];
  readonly params: unknown;
  readonly outputs: readonly Variable[];
}

/** A straight list of equations over variables, from inputs to outputs: what `stage` gives, and `jit` compiles. */
export interface Program {
  /** What its variables belong to: tells them from constants, which may be variables of an outer program. */
  readonly owner: Transformation;
  readonly inputs: readonly Variable[];
  readonly equations: readonly Equation[];
  readonly outputs: readonly Value[];
  /** Variables carry indices below this, no two the same. */
  readonly variables: number;
}

/** Whether a value is a variable of this program, and no constant. */
export const isVariableOf = (program: Program, value: unknown): value is Variable =>
  value instanceof Variable && value.owner === program.owner;
