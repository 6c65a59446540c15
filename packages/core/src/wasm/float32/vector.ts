/** Functions of vectors of lanes. */

import type { Expression } from "../expression.js";

/** An expression that leaves four float32, or two float64. */
export type Vector = Expression<"v128">;

/** Of four float32, or of two float64. */
export type UnaryVector = (x: Vector) => Vector;
/** The same of two operands. */
export type BinaryVector = (x: Vector, y: Vector) => Vector;
