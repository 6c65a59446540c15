/** Rows that are numbers of their places, as `foriLoop` hands them on: whoever goes from row to row counts, and reads none of them. */

import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import type { Value } from "../tensor/value.js";
import type { ScanParams } from "../transforms/scan-primitive.js";
import { onlyElement } from "./only-element.js";

/** What is added to the place of a row of whole numbers to give the row; nothing where rows are not their places with a constant added. */
export const rowNumber = (
  program: Program,
  givers: ReadonlyMap<number, Equation>,
  value: Value,
): number | undefined => {
  if (value.dtype !== "int32" && value.dtype !== "uint32") return undefined;
  let start = 0;
  let places = value;
  while (isVariableOf(program, places)) {
    const giver = givers.get(places.index);
    if (giver?.primitive.lower.kind === "iota") return start | 0;
    if (giver?.primitive.name !== "add") return undefined;
    const [x, y] = giver.inputs as readonly [Value, Value]; // of an addition
    const constant = x instanceof ArrayTensor ? x : y;
    const added = constant instanceof ArrayTensor ? onlyElement(constant) : undefined;
    if (added === undefined) return undefined;
    start += added;
    places = constant === x ? y : x;
  }
  return undefined;
};

/** Whether an operand of a scan is its slices: a row of it for each step. */
export const isSlices = ({ params }: Equation, place: number): boolean => {
  const { constants, carry } = params as ScanParams; // of a scan
  return place >= constants + carry;
};
