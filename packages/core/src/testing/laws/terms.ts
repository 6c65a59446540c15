/** How many terms the longest sum of a program has: in another order, each may be rounded otherwise. */

import { programsIn } from "../../program/nested.js";
import type { Equation, Program } from "../../program/program.js";
import { sizeOfShape, type Aval } from "../../tensor/shape.js";

/** The most terms of an element that an equation of the program sums; 1 where there is no sum. */
export const longestSum = ({ equations }: Program): number =>
  equations.reduce(
    (most, equation) =>
      Math.max(most, termsOf(equation), ...programsIn(equation.params).map((inside) => longestSum(inside))),
    1,
  );

const termsOf = ({ primitive, inputs, outputs, params }: Equation): number => {
  const [first, second] = inputs.map(sizeOf);
  const [result] = outputs.map(sizeOf);
  switch (primitive.name) {
    case "sum":
      return (first ?? 1) / Math.max(1, result ?? 1);
    case "contract": {
      const { contracted } = params as { readonly contracted: readonly (readonly number[])[] }; // its params
      return sizeOfShape((contracted[0] ?? []).map((axis) => inputs[0]?.shape[axis] ?? 1));
    }
    case "conv":
      return (second ?? 1) / Math.max(1, inputs[1]?.shape[0] ?? 1);
    case "cumSum":
    case "scatterAdd":
    case "windowSum":
      return first ?? 1;
    default:
      return 1;
  }
};

const sizeOf = ({ shape }: Aval): number => sizeOfShape(shape);
