/** The primitive that applies a program: what `jit` binds, and the plainest of those that hold one. */

import { right } from "../errors/either.js";
import { sin } from "../primitives/trigonometry.js";
import { mul } from "../primitives/multiplicative.js";
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

interface CallParams {
  /** What the user called it: it prints. */
  readonly label: string;
  readonly program: Program;
}

/** Runs a program on tensors at once. */
export const evaluateProgram = (program: Program, inputs: readonly Value[]): readonly ArrayTensor[] =>
  runWith(evaluate, () => runProgram(program, inputs)) as readonly ArrayTensor[]; // eager evaluation gives nothing else

export const callPrimitive: Primitive<CallParams> = {
  name: "call",
  shape: (_inputs, { program }) => right(program.outputs),
  evaluate: (inputs, { program }) => evaluateProgram(program, inputs),
  jvp: (primals, tangents, { label, program }) => {
    const forward = jvpProgram(program, nonZero(tangents), no(program.outputs));
    const outputs = call(label, forward.program, [...primals, ...present(tangents)]);
    const count = program.outputs.length;
    return {
      primals: outputs.slice(0, count),
      tangents: spread<Value, Tangent>(outputs.slice(count), forward.mask, () => zero),
    };
  },
  split: (primals, tangents, { label, program }) => {
    const { known, linear, mask } = splitProgram(program, nonZero(tangents), no(program.outputs));
    const outputs = call(label, known, primals);
    const count = program.outputs.length;
    const pushed = mask.includes(true)
      ? call(label, linear, [...outputs.slice(count), ...present(tangents)])
      : [];
    return { primals: outputs.slice(0, count), tangents: spread<Value, Tangent>(pushed, mask, () => zero) };
  },
  transpose: (cotangents, operands, linear, { label, program }) => {
    const adjoint = transposedProgram(program, linear, nonZero(cotangents), false);
    const others = operands.filter((_, index) => linear[index] !== true);
    const pulled = spread<Value, Tangent>(
      call(label, adjoint.program, [...others, ...present(cotangents)]),
      adjoint.mask,
      () => zero,
    );
    return spread<Tangent, Tangent>(pulled, linear, () => zero);
  },
  batch: (operands, batched, size, { label, program }) => {
    const mapped = batchedProgram(program, batched, size, no(program.outputs));
    return { outputs: call(label, mapped.program, operands), batched: mapped.mask };
  },
  lower: { kind: "call" },
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
};

/** Applies a program as one equation. */
export const call = (label: string, program: Program, inputs: readonly Value[]): readonly Value[] =>
  bind(callPrimitive, inputs, { label, program });
