/** Programs that grow step by step. */

import type { Program } from "../../program/program.js";
import { sizeOfShape, type Aval } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import { runWith } from "../../trace/interpreter.js";
import { Recorder } from "../../trace/record.js";
import { steps, type StepKind } from "./program-steps.js";
import type { Step } from "./step.js";

/** The most elements of a value that others are computed from, and the kinds of steps. */
export interface Limits {
  readonly maxSize: number;
  readonly kinds: readonly StepKind[];
}

/** A program with all its equations, read or not. */
export const recorded = (
  avals: readonly Aval[],
  f: (values: readonly Value[]) => readonly Value[],
): Program => {
  const recorder = new Recorder("programs");
  try {
    const inputs = avals.map((aval) => recorder.input(aval));
    return recorder.program(runWith(recorder, () => f(inputs)));
  } finally {
    recorder.active = false;
  }
};

/** The values with those of the steps after them. */
export const grown = <S extends Step>(
  values: readonly Value[],
  chosen: readonly S[],
  { maxSize, kinds }: Limits,
  special: (step: S, values: readonly Value[]) => readonly Value[] | undefined = () => undefined,
): readonly Value[] => {
  const all = [...values];
  for (const step of chosen) {
    if (step.kind === 0) continue;
    const kind = kinds[(step.kind - 1) % kinds.length];
    const made = special(step, all) ?? (kind === undefined ? [] : [steps[kind](step, all)]);
    for (const one of made)
      if (one !== undefined && sizeOfShape(one.shape) <= maxSize && one.shape.length <= 4) all.push(one);
  }
  return all;
};
