/** The choice between programs: one branch runs. */

import { right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { fill } from "../primitives/define.js";
import { mul } from "../primitives/multiplicative.js";
import { sin } from "../primitives/trigonometry.js";
import type { Primitive } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { asTensor } from "../trace/operands.js";
import { evaluateProgram } from "./call.js";
import { batchCond, union, type CondParams } from "./cond-batch.js";
import {
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

/** The choice of one of several programs by an index. */
export const condPrimitive: Primitive<CondParams> = {
  name: "cond",
  shape: (_inputs, { branches }) => right((branches[0] as Program).outputs),

  evaluate: ([index, ...operands], { branches }) => {
    const place = index?.data[index.offset] ?? NaN;
    const branch = branches[place];
    if (branch !== undefined) return evaluateProgram(branch, operands);
    throw tensorError({
      kind: "IndexOutOfRange",
      operation: "switchCase",
      problem: `there is no branch ${place}`,
      found: [
        ["expected", `an integer from 0 to ${branches.length - 1}`],
        ["got", String(place)],
      ],
      fix: "indices are never clamped: clip(index, { min: 0, max: n - 1 }) first",
    });
  },

  jvp: ([index, ...primals], [, ...tangents], params) => {
    const { branches } = params;
    const inputs = nonZero(tangents);
    const outputs = no((branches[0] as Program).outputs);
    const mask = union(branches, (branch) => jvpProgram(branch, inputs, outputs).mask);
    const results = bind(condPrimitive, [index as Value, ...primals, ...present(tangents)], {
      ...params,
      branches: branches.map((branch) => jvpProgram(branch, inputs, mask).program),
    });
    const count = mask.length;
    return {
      primals: results.slice(0, count),
      tangents: spread<Value, Tangent>(results.slice(count), mask, () => zero),
    };
  },

  // Every branch gives the residuals of all, zeros in the places of the others.
  split: ([index, ...primals], [, ...tangents], params) => {
    const { branches } = params;
    const inputs = nonZero(tangents);
    const outputs = no((branches[0] as Program).outputs);
    const mask = union(branches, (branch) => splitProgram(branch, inputs, outputs).mask);
    const splits = branches.map((branch) => splitProgram(branch, inputs, mask));
    const count = mask.length;
    const residuals = splits.map(({ known }) => known.outputs.slice(count));
    const known = splits.map(({ known: program }, own) =>
      stageLeaves("cond", program.inputs, (leaves) => {
        const results = runProgram(program, leaves);
        return [
          ...results.slice(0, count),
          ...residuals.flatMap((list, branch) =>
            branch === own ? results.slice(count) : list.map((aval) => fill(0, aval)),
          ),
        ];
      }),
    );
    const results = bind(condPrimitive, [index as Value, ...primals], { ...params, branches: known });
    const starts = residuals.map((_, branch) =>
      residuals.slice(0, branch).reduce((total, list) => total + list.length, 0),
    );
    const total = residuals.reduce((sum, list) => sum + list.length, 0);
    const moved = present(tangents);
    const linear = splits.map(({ linear: program }, own) =>
      stageLeaves("cond", [...residuals.flat(), ...moved], (leaves) => {
        const start = starts[own] as number; // one a branch
        return runProgram(program, [
          ...leaves.slice(start, start + (residuals[own]?.length ?? 0)),
          ...leaves.slice(total),
        ]);
      }),
    );
    const pushed = mask.includes(true)
      ? bind(condPrimitive, [index as Value, ...results.slice(count), ...moved], {
          ...params,
          branches: linear,
        })
      : [];
    return { primals: results.slice(0, count), tangents: spread<Value, Tangent>(pushed, mask, () => zero) };
  },

  transpose: (cotangents, [index, ...operands], [, ...linear], params) => {
    const received = nonZero(cotangents);
    const others = operands.filter((_, place) => linear[place] !== true);
    const results = bind(condPrimitive, [index as Value, ...others, ...present(cotangents)], {
      ...params,
      branches: params.branches.map((branch) => transposedProgram(branch, linear, received, true).program),
    });
    return [zero, ...spread<Value, Tangent>(results, linear, () => zero)];
  },

  batch: (operands, batched, size, params) =>
    batchCond((inputs, changed) => bind(condPrimitive, inputs, changed))(operands, batched, size, params),

  lower: { kind: "cond" },
  mayRefuse: (_inputs, { inRange }) => inRange !== true,
  get samples() {
    const vector = { shape: [2], dtype: "float64" } as const;
    const branches = [
      stageLeaves("samples", [vector, vector], ([x, y]) => [
        asTensor("cond", mul(x as Value, y as Value)),
        x as Value,
      ]),
      stageLeaves("samples", [vector, vector], ([x]) => [asTensor("cond", sin(x as Value)), fill(1, vector)]),
    ];
    return {
      operands: [
        { min: 0, max: 1, whole: true },
        { min: -1, max: 1 },
      ],
      dtypes: [["int32", "float64"]] as const,
      cases: [{ shapes: [[], [2], [2]], params: { branches } }],
    };
  },
};
