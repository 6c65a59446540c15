/** What all rules of scan know of it: its params, its operands in their parts, and where tangents are. */

import { fill } from "../primitives/define.js";
import type { Program } from "../program/program.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { chosen, fixedPoint, no, nonZero, spread, type Mask } from "./program-rules.js";

export interface ScanParams {
  /** From the constants, the carry and a slice of each xs to the carry and a slice of each ys. */
  readonly body: Program;
  readonly length: number;
  readonly reverse: boolean;
  /** How many inputs are constants, and how many the carry. */
  readonly constants: number;
  readonly carry: number;
}

/** An application of scan: its rules make scans of other bodies. */
export type Loop = (inputs: readonly Value[], params: ScanParams) => readonly Value[];

interface Parts<A> {
  readonly constants: readonly A[];
  readonly carry: readonly A[];
  readonly xs: readonly A[];
}

export const partsOf = <A>(list: readonly A[], { constants, carry }: ScanParams): Parts<A> => ({
  constants: list.slice(0, constants),
  carry: list.slice(constants, constants + carry),
  xs: list.slice(constants + carry),
});

/** Where the tangents of a scan are, and what their loop begins with. */
interface Moving {
  readonly values: Parts<Value>;
  readonly pushed: Parts<Tangent>;
  readonly masks: Parts<boolean>;
  readonly carryMask: Mask;
  /** Which inputs of the body have a tangent, and which outputs must have one since they are carried. */
  readonly inputMask: Mask;
  readonly outputMask: Mask;
  readonly starts: readonly Value[];
}

/** What both modes know of a scan before its body is differentiated. */
export const movingOf = (
  primals: readonly Value[],
  tangents: readonly Tangent[],
  params: ScanParams,
  /** Which outputs of the body have a tangent, of inputs that have one. */
  maskOf: (body: Program, mask: Mask) => Mask,
): Moving => {
  const masks = partsOf(nonZero(tangents), params);
  const [values, pushed] = [partsOf(primals, params), partsOf(tangents, params)];
  // Of the carry has a tangent what has one at the start, and what a step makes of those that do.
  const carryMask = fixedPoint(masks.carry, (mask) =>
    maskOf(params.body, [...masks.constants, ...mask, ...masks.xs]).slice(0, params.carry),
  );
  return {
    values,
    pushed,
    masks,
    carryMask,
    inputMask: [...masks.constants, ...carryMask, ...masks.xs],
    outputMask: [...carryMask, ...no(params.body.outputs.slice(params.carry))],
    starts: startingTangents(values.carry, pushed.carry, carryMask),
  };
};

/** The tangents of the outputs: those of the last carry, then those of the ys. */
export const tangentsOf = (
  carry: readonly Value[],
  carryMask: Mask,
  ys: readonly Value[],
  yMask: Mask,
): readonly Tangent[] => [
  ...spread<Value, Tangent>(carry, carryMask, () => zero),
  ...spread<Value, Tangent>(ys, yMask, () => zero),
];

/** The tangents that the loop starts with. */
const startingTangents = (
  carry: readonly Value[],
  tangents: readonly Tangent[],
  mask: Mask,
): readonly Value[] =>
  chosen(
    tangents.map((tangent, index) => (isZero(tangent) ? fill(0, carry[index] as Value) : tangent)), // one each
    mask,
  );

/** The places start, start + 1, … */
export const range = (start: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => start + index);

export const countOf = (mask: Mask): number => mask.filter(Boolean).length;
