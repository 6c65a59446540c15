/** The primitive that applies a program: what `jit` binds, and the plainest of those that hold one. */

import { right } from "../errors/either.js";
import { sin } from "../primitives/trigonometry.js";
import { mul } from "../primitives/multiplicative.js";
import type { Place } from "../program/backend.js";
import type { Primitive } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { zero, type Tangent } from "../program/symbolic-zero.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { Value } from "../tensor/value.js";
import { evaluate } from "../trace/evaluate.js";
import { bind, runWith } from "../trace/interpreter.js";
import { asTensor } from "../trace/operands.js";
import {
  batchedProgram,
  jvpProgram,
  no,
  nonZero,
  present,
  splitProgram,
  spread,
  stageLeaves,
  transposedProgram,
} from "./program-rules.js";
import { runProgram } from "./run-program.js";

export interface CallParams {
  /** What the user called it: it prints. */
  readonly label: string;
  readonly program: Program;
  /** Where it runs, and what is derived from it, unless it is part of a program that runs elsewhere; the reference if left out. */
  readonly backend?: Place;
  /** It computes again what is known around it, as `checkpoint` wants it: no pass merges its equations with others. */
  readonly apart?: true;
}

/** Runs a program on tensors at once. */
export const evaluateProgram = (program: Program, inputs: readonly Value[]): readonly ArrayTensor[] =>
  runWith(evaluate, () => runProgram(program, inputs)) as readonly ArrayTensor[]; // eager evaluation gives nothing else

/** How an application behaves, whatever it is called. Apart from its samples, which would be staged by whoever spreads them. */
export const callRules: Omit<Primitive<CallParams>, "name" | "samples"> = {
  shape: (_inputs, { program }) => right(program.outputs),
  evaluate: (inputs, { program, backend }) =>
    backend === undefined ? evaluateProgram(program, inputs) : backend.run(program, inputs),
  jvp: (primals, tangents, params) => {
    const { program } = params;
    const forward = jvpProgram(program, nonZero(tangents), no(program.outputs));
    const outputs = applied(params, forward.program, [...primals, ...present(tangents)]);
    const count = program.outputs.length;
    return {
      primals: outputs.slice(0, count),
      tangents: spread<Value, Tangent>(outputs.slice(count), forward.mask, () => zero),
    };
  },
  split: (primals, tangents, params) => {
    const { program } = params;
    const { known, linear, mask } = splitProgram(program, nonZero(tangents), no(program.outputs));
    const outputs = applied(params, known, primals);
    const count = program.outputs.length;
    const pushed = mask.includes(true)
      ? applied(params, linear, [...outputs.slice(count), ...present(tangents)])
      : [];
    return { primals: outputs.slice(0, count), tangents: spread<Value, Tangent>(pushed, mask, () => zero) };
  },
  transpose: (cotangents, operands, linear, params) => {
    const { program } = params;
    const adjoint = transposedProgram(program, linear, nonZero(cotangents), false);
    const others = operands.filter((_, index) => linear[index] !== true);
    const pulled = spread<Value, Tangent>(
      applied(params, adjoint.program, [...others, ...present(cotangents)]),
      adjoint.mask,
      () => zero,
    );
    return spread<Tangent, Tangent>(pulled, linear, () => zero);
  },
  batch: (operands, batched, size, params) => {
    const { program } = params;
    const mapped = batchedProgram(program, batched, size, no(program.outputs));
    return { outputs: applied(params, mapped.program, operands), batched: mapped.mask };
  },
  lower: { kind: "call" },
};

/** The application of a program, at a place or inside of the program around it. */
export const callPrimitive: Primitive<CallParams> = /* @__PURE__ */ (() => ({
  ...callRules,
  name: "call",
  get samples() {
    const aval = { shape: [3], dtype: "float64" } as const;
    const program = stageLeaves("samples", [aval, aval], ([x, y]) => [
      asTensor("call", mul(sin(x as Value), y as Value)),
      x as Value,
    ]);
    return {
      operands: [{ min: -2, max: 2 }],
      dtypes: [["float64"]] as const,
      cases: [{ shapes: [[3], [3]], params: { label: "samples", program } }],
    };
  },
}))();

/** Applies what is derived from a program as the program is applied. */
const applied = (params: CallParams, program: Program, inputs: readonly Value[]): readonly Value[] =>
  bind(callPrimitive, inputs, { ...params, program });

/** Applies a program as one equation. */
export const call = (
  label: string,
  program: Program,
  inputs: readonly Value[],
  how: Pick<CallParams, "backend" | "apart"> = {},
): readonly Value[] => bind(callPrimitive, inputs, { label, program, ...how });
