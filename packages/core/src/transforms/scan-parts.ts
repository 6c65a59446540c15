/** What all rules of scan know of it: its params, its operands in their parts, and where tangents are. */

import { fill } from "../primitives/define.js";
import type { Program } from "../program/program.js";
import { isZero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { chosen, fixedPoint, jvpProgram, no, type Mask } from "./program-rules.js";

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

/** Which of the carry has a tangent at some step: where the start has one, or what a step makes of those that do. */
export const carryWithTangent = (masks: Parts<boolean>, { body, carry }: ScanParams): Mask =>
  fixedPoint(masks.carry, (mask) =>
    jvpProgram(body, [...masks.constants, ...mask, ...masks.xs], no(body.outputs)).mask.slice(0, carry),
  );

/** The tangents that the loop starts with. */
export const startingTangents = (
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
