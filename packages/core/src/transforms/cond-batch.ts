/** `cond` under vmap: one branch of whole batches, or, where the index differs from row to row, all of them. */

import { add } from "../primitives/additive.js";
import { equal, less } from "../primitives/comparison.js";
import { convertTo } from "../primitives/convert.js";
import { fill } from "../primitives/define.js";
import { reduceAny, reduceMax, reduceMin } from "../primitives/reductions.js";
import { choose } from "../primitives/select.js";
import { batchFront, broadcast } from "../primitives/sum-broadcast.js";
import type { BatchRule } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { holdsRefusals } from "../program/refusal.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { borrowed } from "./borrowed-rows.js";
import { call } from "./call.js";
import { batchedProgram, either, no, stageLeaves, type Mask } from "./program-rules.js";

export interface CondParams {
  /** All of the same inputs and outputs; the first operand, an int32 scalar, says which. */
  readonly branches: readonly Program[];
  /** The index was a bool, or has been checked: there is a branch for it. */
  readonly inRange?: true;
}

/** An application of `cond`. */
type Choice = (inputs: readonly Value[], params: CondParams) => readonly Value[];

/** The union of what the branches say of their outputs. */
export const union = (branches: readonly Program[], maskOf: (branch: Program) => Mask): Mask =>
  branches.map(maskOf).reduce(either);

/** The choice of all rows of a batch at once. */
export const batchCond =
  (cond: Choice): BatchRule<CondParams> =>
  ([index, ...operands], [chosenPerRow = false, ...batched], size, params) => {
    const { branches } = params;
    const outputs = no((branches[0] as Program).outputs);
    const mask = union(branches, (branch) => batchedProgram(branch, batched, size, outputs).mask);
    if (!chosenPerRow || branches.length === 1) {
      return {
        outputs: cond([chosenPerRow ? worst(index as Value) : (index as Value), ...operands], {
          ...params,
          branches: branches.map((branch) => batchedProgram(branch, batched, size, mask).program),
        }),
        batched: mask,
      };
    }
    // Each row chooses for itself: all branches run, and each row takes its own results.
    const decision =
      params.inRange === true ? (index as Value) : checked(cond, index as Value, branches.length);
    const all = branches.map((branch, place) => {
      const mapped = batchedProgram(branch, batched, size, no(outputs));
      const results = holdsRefusals(branch)
        ? whereTaken(cond, mapped.program, operands, batched, isBranch(decision, place))
        : call("cond", mapped.program, operands);
      return results.map((output, at) => batchFront(output, mapped.mask[at] === true, size));
    });
    const [first = [], ...rest] = all;
    const results = rest.reduce(
      (before, branch, place) =>
        before.map((value, output) => {
          const other = branch[output] as Value; // branches have the same outputs
          return choose(broadcast(isBranch(decision, place + 1), other.shape, [0]), other, value);
        }),
      first,
    );
    return { outputs: results, batched: outputs.map(() => true) };
  };

const isBranch = (indices: Value, place: number): Value => asTensor("cond", equal(indices, place));

/** A branch that may refuse its operands: it is run if a row takes it, and for those that do not as for one that does. */
const whereTaken = (
  cond: Choice,
  program: Program,
  operands: readonly Value[],
  batched: Mask,
  taken: Value,
): readonly Value[] => {
  const nothing = stageLeaves("cond", program.inputs, () => program.outputs.map((aval) => fill(0, aval)));
  return cond([convertTo(reduceAny(taken, [0]), "int32"), ...borrowed(operands, batched, taken)], {
    branches: [nothing, program],
    inRange: true,
  });
};

/** One of the indices: one that is out of range, if there is any. */
const worst = (indices: Value): Value => {
  if (indices.shape[0] === 0) return fill(0, { shape: [], dtype: indices.dtype });
  const [lowest, highest] = [reduceMin(indices, [0]), reduceMax(indices, [0])];
  return choose(asTensor("cond", less(lowest, 0)), lowest, highest);
};

/** The indices, refused where one is out of range: by a choice by the worst of them, whose result, 0, is added. */
const checked = (cond: Choice, indices: Value, count: number): Value => {
  const nothing = stageLeaves("cond", [], () => [fill(0, { shape: [], dtype: indices.dtype })]);
  const [zero] = cond([worst(indices)], { branches: Array.from({ length: count }, () => nothing) });
  return asTensor("cond", add(indices, broadcast(zero as Value, indices.shape, [])));
};
