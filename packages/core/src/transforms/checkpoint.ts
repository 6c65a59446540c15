/** Memory for time: what the backward pass needs is computed again instead of remembered. */

import type { Checkpoint, CheckpointOptions } from "../types/custom.js";
import type { Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { neededCode, withoutUnreadCode } from "../program/dead-code.js";
import { readInputs } from "../program/narrow.js";
import type { Primitive } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { optionsOf } from "../trace/options.js";
import { closeTree, openTree } from "../tree/tensors.js";
import { checkFunction, type UserFunction } from "./arguments.js";
import { call, callPrimitive, callRules } from "./call.js";
import { productsOf, type Products } from "./checkpoint-products.js";
import { stageClosed } from "./closed.js";
import {
  batchedProgram,
  chosen,
  no,
  nonZero,
  present,
  splitProgram,
  spread,
  stageLeaves,
} from "./program-rules.js";
import { runProgram } from "./run-program.js";

type Policy = NonNullable<CheckpointOptions["policy"]>;

interface CheckpointParams {
  readonly label: string;
  readonly program: Program;
  readonly policy: Policy;
}

/** A call whose linear part computes again what the policy does not remember. */
export const checkpointPrimitive: Primitive<CheckpointParams> = /* @__PURE__ */ (() => ({
  ...callRules,
  name: "checkpoint",
  // The linear part takes the primals again: transposed, it computes what it needs of them anew.
  split: (primals, tangents, { label, program, policy }) => {
    const { known, linear, mask } = splitProgram(program, nonZero(tangents), no(program.outputs));
    const count = program.outputs.length;
    // What the linear part reads is computed again: from the primals, and from what the policy remembers.
    const { giving, taking, results } = policy === "contractions" ? productsOf(known) : forgotten(known);
    const again = withoutUnreadCode(neededCode({ ...taking, outputs: taking.outputs.slice(count) }));
    const saved = chosen(results, readInputs(again).slice(primals.length));
    const remembering = { ...giving, outputs: [...giving.outputs.slice(0, count), ...saved] };
    const outputs = call(label, withoutUnreadCode(remembering), primals);
    const values = outputs.slice(0, count);
    if (!mask.includes(true)) return { primals: values, tangents: mask.map(() => zero) };
    const operands = [...primals, ...outputs.slice(count)];
    const moving = present(tangents);
    const reading = { ...again, inputs: [...known.inputs, ...saved] };
    const pushing = stageLeaves("linearize", [...operands, ...moving], (leaves) =>
      runProgram(linear, [
        ...runProgram(reading, leaves.slice(0, operands.length)),
        ...leaves.slice(operands.length),
      ]),
    );
    const pushed = call(label, pushing, [...operands, ...moving], { apart: true });
    return { primals: values, tangents: spread<Value, Tangent>(pushed, mask, () => zero) };
  },
  batch: (operands, batched, size, { label, program, policy }) => {
    const mapped = batchedProgram(program, batched, size, no(program.outputs));
    return {
      outputs: bind(checkpointPrimitive, operands, { label, program: mapped.program, policy }),
      batched: mapped.mask,
    };
  },
  get samples() {
    const { operands, dtypes, cases } = callPrimitive.samples;
    return {
      operands,
      dtypes,
      cases: cases.map(({ shapes, params }) => ({
        shapes,
        params: { ...params, policy: "nothing" as const },
      })),
    };
  },
}))();

/** Nothing of it is remembered. */
const forgotten = (program: Program): Products => ({ giving: program, taking: program, results: [] });

/**
 * `f` itself, whose gradient remembers only its arguments (and what the policy names) and computes the rest again in the
 * backward pass.
 *
 * @throws TensorError when there is no such policy, or `f` is async.
 * @see Griewank, Achieving logarithmic growth of temporal and spatial complexity in reverse automatic differentiation, 1992; `jax.checkpoint`.
 * @example
 * ```ts
 * import { checkpoint, grad, item, scalar, sin, type Tensor } from "@cotangent/core";
 *
 * const layer = checkpoint((x: Tensor<[]>) => sin(sin(x)));
 * item(grad(layer)(scalar(0))); // 1
 * ```
 */
export const checkpoint: Checkpoint = (f: UserFunction, options?: CheckpointOptions): Untyped => {
  checkFunction("checkpoint", f);
  const policy: Policy = optionsOf("checkpoint", options, ["policy"]).policy ?? "nothing";
  if (!["nothing", "contractions"].includes(policy)) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "checkpoint",
      problem: `there is no policy ${policy}`,
      found: [["expected", `"nothing" or "contractions"`]],
      fix: `leave it out to remember nothing but the arguments`,
    });
  }
  return (...args: readonly unknown[]): unknown => {
    const opened = openTree("checkpoint", args, "arguments");
    const { program, captured, output } = stageClosed("checkpoint", f, args);
    return closeTree(
      output,
      bind(checkpointPrimitive, [...captured, ...opened.tensors], { label: "checkpoint", program, policy }),
    );
  };
};
