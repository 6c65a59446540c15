/** Functions of vectors of lanes. */

import type { Expression } from "../expression.js";

/** An expression that leaves a vector of 128 bits. */
export type Vector = Expression<"v128">;

/** Of four float32, or of two float64. */
export type UnaryVector = (x: Vector) => Vector;
/** Of two operands, each of four float32 or of two float64. */
export type BinaryVector = (x: Vector, y: Vector) => Vector;
