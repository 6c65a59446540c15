/** What checkGradients says: which element of which argument, and why. */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { Kink, Mismatch, Place } from "./compare-derivatives.js";
import type { FloatingLeaf } from "./in-float64.js";
import { printNumber, printPlace } from "./print-code.js";

/** The function that was compared: the one given, or a derivative of it. */
export interface Level {
  readonly order: number;
  /** The modes that made it: "" at order 1. */
  readonly over: string;
  readonly inputs: readonly FloatingLeaf[];
  readonly outputs: readonly FloatingLeaf[];
}

/** Where an element stands: `primals[0].w[1, 2]`. */
export const placeOf = (leaves: readonly FloatingLeaf[], { leaf, element }: Place): string => {
  const found = leaves[leaf];
  return found === undefined ? "" : `${found.path}${printPlace(element, found.shape)}`;
};

/** The power of ten above a number. */
const magnitudeOf = (x: number): number =>
  x > 0 ? Number((10 ** Math.ceil(Math.log10(x))).toPrecision(1)) : x;

/** Ten digits: what differences can be trusted with. */
const shortly = (x: number): string => printNumber(Number(x.toPrecision(10)));

export const mismatchError = (
  { mode, analytic, numeric, error, input, output }: Mismatch,
  count: number,
  compared: number,
  level: Level,
): TensorError =>
  tensorError({
    kind: "GradientMismatch",
    operation: "checkGradients",
    problem: `${mode} mode and central differences disagree`,
    found: [
      ["order", level.over === "" ? String(level.order) : `${level.order}, ${mode} over ${level.over}`],
      ["argument", placeOf(level.inputs, input)],
      ["output", placeOf(level.outputs, output)],
      ["analytic", shortly(analytic)],
      ["numeric", `${shortly(numeric)}   ± ${magnitudeOf(error)}`],
      ["mismatches", `${count} of ${compared}; this one is the worst`],
    ],
    path: level.inputs[input.leaf]?.path ?? "",
    fix: "mend the rule of an operation on the way (laws(operation) finds which), or the function, if it holds something constant that depends on its argument (stopGradient, item)",
  });

export const kinkError = ({ input, output, sides, numeric }: Kink, level: Level): TensorError =>
  tensorError({
    kind: "GradientMismatch",
    operation: "checkGradients",
    problem: `kink at ${placeOf(level.inputs, input)}`,
    found: [
      ["order", level.over === "" ? String(level.order) : `${level.order}, of ${level.over} mode`],
      ["output", placeOf(level.outputs, output)],
      ...(sides === undefined
        ? [
            [
              "differences",
              `do not settle (${shortly(numeric)}): a jump, an edge of the domain, or noise`,
            ] as const,
          ]
        : [["from below", shortly(sides[0])] as const, ["from above", shortly(sides[1])] as const]),
    ],
    path: level.inputs[input.leaf]?.path ?? "",
    fix: 'move the argument away from it, or leave such elements out: { kinks: "skip" }',
  });
