/** Runs a function of leaves once: its primals are evaluated, and what happens to tangents is recorded as a linear program. */

import type { Program } from "../program/program.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import { isFloating } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { currentInterpreter, runWith } from "../trace/interpreter.js";
import { JvpInterpreter } from "../trace/jvp.js";
import { Recorder } from "../trace/record.js";
import { runProgram } from "./run-program.js";
import { transposeProgram } from "./transpose-program.js";

/** The derivative at a point, as a linear program of the tangents of the floating primals. */
export interface LinearMap {
  readonly program: Program;
  /** For each primal, its place among the program's inputs; -1 where it has no tangent. */
  readonly inputs: readonly number[];
  /** For each output, its place among the program's outputs; -1 where the tangent is zero. */
  readonly outputs: readonly number[];
}

export interface Linearised<A> {
  readonly primals: readonly Value[];
  readonly linear: LinearMap;
  /** What the function gave beside its outputs. */
  readonly rest: A;
}

/** Linearises `f` at the primals. */
export const linearise = <A>(
  transformation: string,
  primals: readonly Value[],
  f: (tracers: readonly Value[]) => { readonly outputs: readonly Value[]; readonly rest: A },
  differentiated: readonly boolean[] = primals.map(({ dtype }) => isFloating(dtype)),
): Linearised<A> => {
  const parent = currentInterpreter();
  const recorder = new Recorder(transformation, parent);
  const interpreter = new JvpInterpreter(transformation, parent, recorder);
  try {
    let place = 0;
    const inputs = differentiated.map((has) => (has ? place++ : -1));
    const result = runWith(interpreter, () =>
      f(
        primals.map((primal, index) =>
          (inputs[index] ?? -1) < 0 ? primal : interpreter.trace(primal, recorder.input(primal)),
        ),
      ),
    );
    const tangents: Value[] = [];
    const outputs = result.outputs.map((output) => {
      const tangent = interpreter.tangentOf(output);
      return isZero(tangent) ? -1 : tangents.push(tangent) - 1;
    });
    return {
      primals: result.outputs.map((output) => interpreter.primalOf(output)),
      linear: { program: recorder.program(tangents), inputs, outputs },
      rest: result.rest,
    };
  } finally {
    interpreter.active = false;
    recorder.active = false;
  }
};

/** Pushes tangents through a linear map. */
export const pushForward = (
  { program, inputs, outputs }: LinearMap,
  tangents: readonly Value[],
): readonly Tangent[] => {
  const results = runProgram(
    program,
    tangents.filter((_, index) => (inputs[index] ?? -1) >= 0),
  );
  return outputs.map((place) => results[place] ?? zero);
};

/** Pulls cotangents back through a linear map. */
export const pullBack = (
  transformation: string,
  { program, inputs, outputs }: LinearMap,
  cotangents: readonly Tangent[],
): readonly Tangent[] => {
  const received = new Array<Tangent>(program.outputs.length).fill(zero);
  outputs.forEach((place, index) => {
    if (place >= 0) received[place] = cotangents[index] ?? zero;
  });
  const given = transposeProgram(transformation, program, received);
  return inputs.map((place) => given[place] ?? zero);
};
