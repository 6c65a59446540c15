/** How much there is to compute in a program whose elements are cheap each. */

import type { Equation, Program } from "../program/program.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { elementwiseCost } from "./analysis.js";

/**
 * The work of all equations, in additions of two numbers that are at hand; Infinity where one is more than elements that are computed, moved or
 * added up one by one.
 */
export const workOf = ({ equations }: Program): number =>
  equations.reduce((sum, equation) => sum + workOfEquation(equation), 0);

const workOfEquation = (equation: Equation): number => {
  const { primitive, inputs, outputs } = equation;
  switch (primitive.lower.kind) {
    case "elementwise":
      return elementwiseCost(primitive.name) * sizeOf(outputs[0]);
    case "view":
    case "reshape":
    case "parts":
    case "iota":
      return sizeOf(outputs[0]);
    case "reduce":
      return sizeOf(inputs[0]);
    default:
      return Infinity;
  }
};

const sizeOf = (aval: Aval | undefined): number => (aval === undefined ? 0 : sizeOfShape(aval.shape));
