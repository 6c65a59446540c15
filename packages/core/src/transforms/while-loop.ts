/** The loop whose number of steps is known only when it runs. */

import type { WhileLoop } from "../types/control.js";
import type { Untyped } from "../types/tensor.js";
import { right } from "../errors/either.js";
import { TensorError, tensorError } from "../errors/tensor-error.js";
import { add } from "../primitives/additive.js";
import { less } from "../primitives/comparison.js";
import { mul } from "../primitives/multiplicative.js";
import { reduceAny } from "../primitives/reductions.js";
import { choose } from "../primitives/select.js";
import { batchFront, broadcast, reduceSum } from "../primitives/sum-broadcast.js";
import { noRule, type JvpRule, type Primitive } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { holdsRefusals } from "../program/refusal.js";
import { showAval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { asTensor } from "../trace/operands.js";
import { closeTree } from "../tree/tensors.js";
import { checkFunction, type UserFunction } from "./arguments.js";
import { borrowed } from "./borrowed-rows.js";
import { evaluateProgram } from "./call.js";
import { checkSameTree, shareCaptured, stageClosed } from "./closed.js";
import { batchedProgram, fixedPoint, no, stageLeaves, type Mask } from "./program-rules.js";
import { runProgram } from "./run-program.js";
import { openCarry } from "./scan.js";
import { jvpOfWhile, type WhileParams } from "./while-jvp.js";

const notReversed = /* @__PURE__ */ noRule(
  "reverse mode must remember every step, and their number is not known",
  "write scan or foriLoop with a bound, or use jvp or jacfwd",
);

const loop = (inputs: readonly Value[], params: WhileParams): readonly Value[] =>
  bind(whilePrimitive, inputs, params);
const pushed = /* @__PURE__ */ jvpOfWhile(loop);

/** Where the body has no forward rule, a user of reverse mode who gives it one would only learn next that the loop is refused. */
const pushedForReverse: JvpRule<WhileParams> = (primals, tangents, params) => {
  try {
    return pushed(primals, tangents, params);
  } catch (error) {
    if (!(error instanceof TensorError) || error.kind !== "NotDifferentiable") throw error;
    throw tensorError(
      {
        kind: "NotDifferentiable",
        operation: "whileLoop",
        problem: `whileLoop has no derivative here: ${notReversed.noRule}`,
        found: [["forward mode", error.details.problem]],
        ...(notReversed.fix === undefined ? {} : { fix: notReversed.fix }),
      },
      error,
    );
  }
};

/** The loop that runs while a condition of its carry is true. */
export const whilePrimitive: Primitive<WhileParams> = {
  name: "whileLoop",
  shape: (_inputs, { body }) => right(body.outputs),

  evaluate: (inputs, { condition, body, constants }) => {
    const fixed = inputs.slice(0, constants);
    let carry = inputs.slice(constants);
    for (;;) {
      const [goes] = evaluateProgram(condition, [...fixed, ...carry]);
      if (goes === undefined || goes.data[goes.offset] === 0) return carry;
      carry = [...evaluateProgram(body, [...fixed, ...carry])];
    }
  },

  jvp: pushed,
  // What is linear in tangents is the loop of both, which runs the steps again: it may be pushed forward, and not transposed.
  split: (primals, tangents, params) => ({
    primals: loop(primals, params),
    tangents: pushedForReverse(primals, tangents, params).tangents,
  }),
  reverse: notReversed,
  transpose: notReversed,

  batch: (operands, batched, size, { condition, body, constants }) => {
    const fixed = batched.slice(0, constants);
    const grown = fixedPoint(
      batched.slice(constants),
      (carry) => batchedProgram(body, [...fixed, ...carry], size, no(body.outputs)).mask,
    );
    const perRow = batchedProgram(condition, [...fixed, ...grown], size, [false]).mask[0] === true;
    // Rows that stop at different steps keep what they have: then everything carried has the batch axis.
    const mask: Mask = perRow ? body.outputs.map(() => true) : grown;
    const goes = batchedProgram(condition, [...fixed, ...mask], size, [perRow]).program;
    const step = batchedProgram(body, [...fixed, ...mask], size, mask).program;
    const start = operands.map((value, index) =>
      index >= constants && mask[index - constants] === true && batched[index] !== true
        ? batchFront(value, false, size)
        : value,
    );
    const params = perRow
      ? {
          condition: stageLeaves("vmap", goes.inputs, (leaves) => [
            reduceAny(runProgram(goes, leaves)[0] as Value, [0]),
          ]),
          body: stageLeaves("vmap", step.inputs, (leaves) => {
            const [active] = runProgram(goes, leaves) as readonly [Value];
            // A row that is done would go on, to where it may be refused.
            const read = holdsRefusals(body) ? borrowed(leaves, [...fixed, ...mask], active) : leaves;
            return runProgram(step, read).map((next, index) =>
              choose(broadcast(active, next.shape, [0]), next, leaves[constants + index] as Value),
            );
          }),
          constants,
        }
      : { condition: goes, body: step, constants };
    return { outputs: loop(start, params), batched: mask };
  },

  lower: { kind: "while" },
  get samples() {
    const vector = { shape: [2], dtype: "float64" } as const;
    const condition = stageLeaves("samples", [vector, vector], ([, c]) => [
      asTensor("whileLoop", less(reduceSum(c as Value, [0]), 9)),
    ]);
    const body = stageLeaves("samples", [vector, vector], ([a, c]) => [
      asTensor("whileLoop", add(mul(c as Value, 1.5), a as Value)),
    ]);
    return {
      operands: [{ min: 0.5, max: 1 }],
      dtypes: [["float64"]] as const,
      cases: [{ shapes: [[2], [2]], params: { condition, body, constants: 1 } }],
    };
  },
};

const order = "the order is whileLoop(condition, body, init), of two functions of the carry";

/**
 * Repeats `carry = body(carry)` while `condition(carry)` is true.
 *
 * Forward mode (`jvp`, `jacfwd`, `linearize`) and vmap work (rows that are done wait for the others); reverse mode is refused, since it would
 * have to remember an unknown number of steps.
 *
 * @throws TensorError when the condition gives no bool scalar, or the carry changes its tree, shapes or dtypes.
 * @see `jax.lax.while_loop`.
 * @example
 * ```ts
 * import { item, less, mul, scalar, whileLoop } from "@cotangent/core";
 *
 * item(whileLoop((x) => less(x, 100), (x) => mul(2, x), scalar(3))); // 192
 * ```
 */
export const whileLoop: WhileLoop = (condition: UserFunction, body: UserFunction, init: unknown): Untyped => {
  checkFunction("whileLoop", condition, "the condition", order);
  checkFunction("whileLoop", body, "the body", order);
  const start = openCarry("whileLoop", init);
  const goes = stageClosed("whileLoop", condition, [init]);
  const step = stageClosed("whileLoop", body, [init]);
  const [decision] = goes.output.tensors;
  if (
    decision === undefined ||
    goes.output.structure.kind !== "leaf" ||
    decision.dtype !== "bool" ||
    decision.shape.length > 0
  ) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "whileLoop",
      problem: "the condition must give a bool scalar",
      found: [["got", decision === undefined ? "no tensor" : showAval(decision)]],
      fix: "compare, and reduce with all or any: any(greater(x, 0))",
    });
  }
  checkSameTree(
    "whileLoop",
    "the carry changes",
    ["carry in", "carry out"],
    start,
    step.output,
    "return a carry of the same tree, shapes and dtypes",
  );
  const { programs, captured } = shareCaptured([goes, step]);
  const [conditionProgram, bodyProgram] = programs as readonly [Program, Program];
  const results = bind(whilePrimitive, [...captured, ...start.tensors], {
    condition: conditionProgram,
    body: bodyProgram,
    constants: captured.length,
  });
  return closeTree(start, results);
};
