/** A function whose derivative the user gives, as a forward rule: reverse mode follows from it. */

import type { CustomJvp } from "../types/custom.js";
import type { Untyped } from "../types/tensor.js";
import { right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { cos, sin } from "../primitives/trigonometry.js";
import { mul } from "../primitives/multiplicative.js";
import type { Tangent } from "../program/symbolic-zero.js";
import { noRule, type Primitive } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { isFloating } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { asTensor, describe } from "../trace/operands.js";
import { closeTree, openTree } from "../tree/tensors.js";
import { checkFunction, closeTangents, openTangents, type UserFunction } from "./arguments.js";
import { evaluateProgram } from "./call.js";
import { checkSameTree, shareCaptured, stageClosed } from "./closed.js";
import { instantiate } from "../primitives/define.js";
import { batchedProgram, nonZero, stageLeaves } from "./program-rules.js";
import { runProgram } from "./run-program.js";

interface CustomJvpParams {
  readonly program: Program;
  /** From the primals, then a tangent for each floating one, to the outputs, then a tangent for each floating one. */
  readonly forward: Program;
  /** How many of the first inputs the functions close over: they are constants of the rule. */
  readonly captured: number;
}

/** Refuses a derivative with respect to what a function with a rule of its own closes over: the rule says nothing of it. */
export const refuseCaptured = (operation: string, tangents: readonly Tangent[]): void => {
  if (!nonZero(tangents).includes(true)) return;
  throw tensorError({
    kind: "NotDifferentiable",
    operation,
    problem: "the function closes over a value that is differentiated, of which its rule says nothing",
    fix: "pass the value as an argument",
  });
};

const floatingOf = <A extends { readonly dtype: Value["dtype"] }>(values: readonly A[]): readonly A[] =>
  values.filter(({ dtype }) => isFloating(dtype));

/** A call whose forward rule is a program of its own. */
export const customJvpPrimitive: Primitive<CustomJvpParams> = {
  name: "customJvp",
  shape: (_inputs, { program }) => right(program.outputs),
  evaluate: (inputs, { program }) => evaluateProgram(program, inputs),
  jvp: (primals, tangents, { program, forward, captured }) => {
    refuseCaptured("customJvp", tangents.slice(0, captured));
    const moved = primals.flatMap((primal, index) =>
      isFloating(primal.dtype) ? [instantiate(tangents[index] as Value, primal)] : [],
    );
    const results = runProgram(forward, [...primals, ...moved]);
    const count = program.outputs.length;
    let next = count;
    return {
      primals: results.slice(0, count),
      tangents: program.outputs.map(({ dtype }) =>
        isFloating(dtype) ? (results[next++] as Value) : (results[0] as Value),
      ),
    };
  },
  transpose: noRule("it is differentiated by its own rule"),
  batch: (operands, batched, size, { program, forward, captured }) => {
    const mapped = batchedProgram(
      program,
      batched,
      size,
      program.outputs.map(() => true),
    );
    const tangents = program.inputs.flatMap(({ dtype }, index) =>
      isFloating(dtype) ? [batched[index] === true] : [],
    );
    return {
      outputs: bind(customJvpPrimitive, operands, {
        program: mapped.program,
        forward: batchedProgram(
          forward,
          [...batched, ...tangents],
          size,
          forward.outputs.map(() => true),
        ).program,
        captured,
      }),
      batched: mapped.mask,
    };
  },
  lower: { kind: "call" },
  get samples() {
    const vector = { shape: [2], dtype: "float64" } as const;
    const program = stageLeaves("samples", [vector], ([x]) => [asTensor("customJvp", sin(x as Value))]);
    const forward = stageLeaves("samples", [vector, vector], ([x, dx]) => [
      asTensor("customJvp", sin(x as Value)),
      asTensor("customJvp", mul(dx as Value, cos(x as Value))),
    ]);
    return {
      operands: [{ min: -2, max: 2 }],
      dtypes: [["float64"]] as const,
      cases: [{ shapes: [[2]], params: { program, forward, captured: 0 } }],
    };
  },
};

/**
 * `f` with a forward rule of the user's: `rule(primals, tangents)` gives `[f(...primals), tangent]`, where the tangent must be
 * linear in the tangents. Reverse mode, vmap and higher orders follow from it. Tangents of integer and bool tensors are `null`.
 *
 * @throws TensorError when the rule's output is not `f`'s, or its tangent does not fit the output.
 * @see `jax.custom_jvp`.
 * @example
 * ```ts
 * import { customJvp, exp, grad, item, log1p, mul, scalar, sigmoid, type Tensor } from "@cotangent/core";
 *
 * const softplus = customJvp(
 *   (x: Tensor<[]>) => log1p(exp(x)),
 *   ([x], [dx]) => [log1p(exp(x)), mul(sigmoid(x), dx)],
 * );
 * item(grad(softplus)(scalar(100))); // 1
 * ```
 */
export const customJvp: CustomJvp = (f: UserFunction, rule: UserFunction): Untyped => {
  const fix = "give both: customJvp(f, rule), where rule(primals, tangents) gives [output, tangent]";
  checkFunction("customJvp", f, "the function", fix);
  checkFunction("customJvp", rule, "the rule", fix);
  return (...args: readonly unknown[]): unknown => {
    const opened = openTree("customJvp", args, "arguments");
    const direct = stageClosed("customJvp", f, args);
    const zeros = closeTangents(opened, []);
    const ruled = stageClosed(
      "customJvp",
      (primals: never, tangents: never) => {
        const result: unknown = rule(primals, tangents);
        if (!Array.isArray(result) || result.length !== 2) {
          throw tensorError({
            kind: "InvalidArgument",
            operation: "customJvp",
            problem: "the rule must return a pair",
            found: [
              ["expected", "[output, tangent]"],
              ["got", describe(result)],
            ],
            fix: "return [f(...primals), tangent]",
          });
        }
        const output = openTree("customJvp", result[0], "output");
        checkSameTree(
          "customJvp",
          "the rule's output is not the function's",
          ["function", "rule"],
          direct.output,
          output,
          "return what the function returns, beside its tangent",
        );
        return [...output.tensors, ...floatingOf(openTangents("customJvp", "tangent", output, result[1]))];
      },
      [args, zeros],
    );
    const { programs, captured } = shareCaptured([direct, ruled]);
    const [program, forward] = programs as readonly [Program, Program];
    const results = bind(customJvpPrimitive, [...captured, ...opened.tensors], {
      program,
      forward: withIgnored(forward, captured, opened.tensors.length),
      captured: captured.length,
    });
    return closeTree(direct.output, results);
  };
};

/** The rule with a tangent for each captured value, which it does not read. */
const withIgnored = (forward: Program, captured: readonly Value[], count: number): Program =>
  captured.length === 0
    ? forward
    : stageLeaves(
        "customJvp",
        [
          ...forward.inputs.slice(0, captured.length + count),
          ...floatingOf(captured),
          ...forward.inputs.slice(captured.length + count),
        ],
        (leaves) => {
          const primals = captured.length + count;
          return runProgram(forward, [
            ...leaves.slice(0, primals),
            ...leaves.slice(primals + floatingOf(captured).length),
          ]);
        },
      );
