/**
 * The rules of programs, which every primitive that holds a program shares: each stages the transformation of
 * running it. A mask says which inputs have a tangent (or a batch axis, or are linear), and comes back for the outputs.
 */

import { fill } from "../primitives/define.js";
import { batchFront } from "../primitives/sum-broadcast.js";
import { keptPerProgram } from "../program/kept-per-program.js";
import type { Pass } from "../program/nested.js";
import type { Program } from "../program/program.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { BatchInterpreter, BatchTracer } from "../trace/batch.js";
import { currentInterpreter, runWith } from "../trace/interpreter.js";
import { Recorder } from "../trace/record.js";
import { neededCode, withoutDeadCode } from "../program/dead-code.js";
import { abstractOver, capturedBy } from "./close-program.js";
import { jvpLeaves } from "./jvp.js";
import { linearise } from "./linearise.js";
import { runProgram } from "./run-program.js";
import { transposeProgram } from "./transpose-program.js";

export type Mask = readonly boolean[];

/** A program, and which of its outputs (or inputs) the mask concerns. */
export interface Masked {
  readonly program: Program;
  readonly mask: Mask;
}

/** Records a function of leaves, without what none of its results reads. */
export const stageLeaves = (
  transformation: string,
  avals: readonly Aval[],
  f: (leaves: readonly Value[]) => readonly Value[],
  cleaned: Pass = withoutDeadCode,
): Program => {
  const recorder = new Recorder(transformation);
  try {
    const inputs = avals.map((aval) => recorder.input(aval));
    return cleaned(recorder.program(runWith(recorder, () => f(inputs))));
  } finally {
    recorder.active = false;
  }
};

/** The entries of a list where the mask is true. */
export const chosen = <A>(list: readonly A[], mask: Mask): readonly A[] =>
  list.filter((_, index) => mask[index] === true);

/** For each place of the mask the next entry of a list, or what stands elsewhere. */
export const spread = <A, B>(
  list: readonly A[],
  mask: Mask,
  elsewhere: (index: number) => B,
): readonly (A | B)[] => {
  let next = 0;
  return mask.map((here, index) => (here ? (list[next++] as A) : elsewhere(index))); // the list has one entry a true
};

export const no = (list: readonly unknown[]): Mask => list.map(() => false);
export const either = (a: Mask, b: Mask): Mask => a.map((here, index) => here || b[index] === true);
export const nonZero = (tangents: readonly Tangent[]): Mask => tangents.map((tangent) => !isZero(tangent));

/** The tangents that are not zero. */
export const present = (tangents: readonly Tangent[]): readonly Value[] =>
  tangents.flatMap((tangent) => (isZero(tangent) ? [] : [tangent]));

/** A rule whose results are kept. */
const perProgram = <A extends readonly unknown[], R extends object>(
  rule: (program: Program, ...args: A) => R,
): ((program: Program, ...args: A) => R) => {
  const results = keptPerProgram<R>();
  return (program, ...args) => results(program, JSON.stringify(args), () => rule(program, ...args));
};

const instantiated = (tangents: readonly Tangent[], avals: readonly Aval[], mask: Mask): readonly Tangent[] =>
  tangents.map((tangent, index) =>
    isZero(tangent) && mask[index] === true ? fill(0, avals[index] as Aval) : tangent,
  );

/**
 * Forward mode. Inputs: the primals, then the tangents of the mask. Outputs: the primals, then the tangents of the
 * resulting mask, which is at least `instantiate`.
 */
export const jvpProgram = /* @__PURE__ */ perProgram(
  (program: Program, mask: Mask, instantiate: Mask): Masked => {
    let found: Mask = [];
    const staged = stageLeaves("jvp", [...program.inputs, ...chosen(program.inputs, mask)], (leaves) => {
      const tangents = spread<Value, Tangent>(leaves.slice(mask.length), mask, () => zero);
      const result = jvpLeaves("jvp", leaves.slice(0, mask.length), tangents, (tracers) => ({
        outputs: runProgram(program, tracers),
        rest: null,
      }));
      const pushed = instantiated(result.tangents, program.outputs, instantiate);
      found = nonZero(pushed);
      return [...result.primals, ...present(pushed)];
    });
    return { program: staged, mask: found };
  },
);

export interface Split {
  /** From the primals to the primal outputs, then the residuals. */
  readonly known: Program;
  /** From the residuals, then the tangents of the mask, to the tangents of the resulting mask. */
  readonly linear: Program;
  readonly mask: Mask;
}

/** Reverse mode's first half: what computes primals apart from what is linear in tangents. */
export const splitProgram = /* @__PURE__ */ perProgram(
  (program: Program, mask: Mask, instantiate: Mask): Split => {
    let linear: Program | undefined;
    let found: Mask = [];
    const known = stageLeaves("linearize", program.inputs, (leaves) => {
      const result = linearise(
        "linearize",
        leaves,
        (tracers) => ({ outputs: runProgram(program, tracers), rest: null }),
        mask,
      );
      const { program: tape, outputs } = result.linear;
      const pushed = instantiated(
        outputs.map((place) => tape.outputs[place] ?? zero),
        program.outputs,
        instantiate,
      );
      found = nonZero(pushed);
      const body = neededCode({ ...tape, outputs: present(pushed) });
      const residuals = capturedBy(body);
      linear = abstractOver(body, residuals);
      return [...result.primals, ...residuals];
    });
    return { known, linear: linear ?? known, mask: found };
  },
);

/**
 * The adjoint in the inputs that `linear` marks. Inputs: the others, then the cotangents of the outputs in `received`.
 * Outputs: the cotangents of the linear inputs, of which the resulting mask (at least `instantiate`) tells.
 */
export const transposedProgram = /* @__PURE__ */ perProgram(
  (program: Program, linear: Mask, received: Mask, instantiate: boolean): Masked => {
    const others = linear.map((is) => !is);
    let found: Mask = [];
    const avals = [...chosen(program.inputs, others), ...chosen(program.outputs, received)];
    const count = others.filter(Boolean).length;
    const pulledBack = (leaves: readonly Value[]): readonly Value[] => {
      const recorder = new Recorder("vjp", currentInterpreter());
      const inputs = spread<Value, Value>(leaves.slice(0, count), others, (index) =>
        recorder.input(program.inputs[index] as Aval),
      );
      const tape = recorder.program(runWith(recorder, () => runProgram(program, inputs)));
      recorder.active = false;
      const cotangents = spread<Value, Tangent>(leaves.slice(count), received, () => zero);
      const given = transposeProgram("vjp", tape, cotangents);
      const pulled = instantiated(
        given,
        tape.inputs,
        tape.inputs.map(() => instantiate),
      );
      found = nonZero(pulled);
      return present(pulled);
    };
    // What may refuse has been asked before, where the linear part was made.
    return { program: stageLeaves("vjp", avals, pulledBack, neededCode), mask: found };
  },
);

/** vmap. Inputs of the mask have the batch axis in front, and so have outputs of the resulting one (at least `force`). */
export const batchedProgram = /* @__PURE__ */ perProgram(
  (program: Program, mask: Mask, size: number, force: Mask): Masked => {
    let found: Mask = [];
    const avals = program.inputs.map(({ shape, dtype }, index) => ({
      shape: mask[index] === true ? [size, ...shape] : shape,
      dtype,
    }));
    const staged = stageLeaves("vmap", avals, (leaves) => {
      const interpreter = new BatchInterpreter(currentInterpreter(), size);
      const inputs = leaves.map((leaf, index) =>
        mask[index] === true ? new BatchTracer(interpreter, leaf) : leaf,
      );
      const outputs = runWith(interpreter, () => runProgram(program, inputs));
      interpreter.active = false;
      found = outputs.map((output, index) => interpreter.owns(output) || force[index] === true);
      return outputs.map((output, index) =>
        interpreter.owns(output)
          ? output.value
          : force[index] === true
            ? batchFront(output, false, size)
            : output,
      );
    });
    return { program: staged, mask: found };
  },
);

/** The least mask above `start` that `step` does not widen. */
export const fixedPoint = (start: Mask, step: (mask: Mask) => Mask): Mask => {
  const next = either(start, step(start));
  return next.every((here, index) => here === start[index]) ? start : fixedPoint(next, step);
};

/** The same program with its inputs and outputs in another order. */
export const reordered = (
  program: Program,
  inputs: readonly number[],
  outputs: readonly number[],
): Program => ({
  ...program,
  inputs: inputs.map((place) => program.inputs[place] as Program["inputs"][number]),
  outputs: outputs.map((place) => program.outputs[place] as Value),
});
