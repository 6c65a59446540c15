/** Functions of vectors of lanes. */

import type { Expression } from "../expression.js";

export type Vector = Expression<"v128">;

/** Of four float32, or of two float64. */
export type UnaryVector = (x: Vector) => Vector;
export type BinaryVector = (x: Vector, y: Vector) => Vector;
