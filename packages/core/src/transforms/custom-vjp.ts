/** A function whose reverse mode the user gives: what it remembers, and how a cotangent comes back. */

import { onHost } from "../program/lowering.js";
import type { CustomVjp } from "../types/custom.js";
import type { Untyped } from "../types/tensor.js";
import { right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { cos, sin } from "../primitives/trigonometry.js";
import { mul } from "../primitives/multiplicative.js";
import { fill, instantiate } from "../primitives/define.js";
import { reduceSum } from "../primitives/sum-broadcast.js";
import { noRule, type Primitive } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import { isFloating } from "../tensor/dtype.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { asTensor, describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import { checkFunction, closeTangents, openTangents, type UserFunction } from "./arguments.js";
import { evaluateProgram } from "./call.js";
import { refuseCaptured } from "./custom-jvp.js";
import { checkSameTree, shareCaptured, stageClosed } from "./closed.js";
import { checkGiven, checkPositions } from "./positions.js";
import { batchedProgram, stageLeaves } from "./program-rules.js";
import { runProgram } from "./run-program.js";

interface CustomVjpParams {
  readonly program: Program;
  /** From the primals to the outputs, then the residuals. */
  readonly forward: Program;
  /** From the residuals, then a cotangent for each output, to a cotangent for each primal. */
  readonly backward: Program;
  /** How many of the first inputs the functions close over. */
  readonly captured: number;
}

const forwardRefused = noRule("it has a reverse rule alone; use customJvp where forward mode is needed");

/** A call whose reverse rule is two programs of its own. */
export const customVjpPrimitive: Primitive<CustomVjpParams> = {
  name: "customVjp",
  shape: (_inputs, { program }) => right(program.outputs),
  evaluate: (inputs, { program }) => evaluateProgram(program, inputs),
  jvp: forwardRefused,
  split: (primals, tangents, { program, forward, backward, captured }) => {
    refuseCaptured("customVjp", tangents.slice(0, captured));
    const results = runProgram(forward, primals);
    const count = program.outputs.length;
    const residuals = results.slice(count);
    const pushed = bind(
      pulledBackPrimitive,
      [...residuals, ...tangents.map((tangent, index) => instantiate(tangent, primals[index] as Value))],
      {
        backward,
        residuals: residuals.length,
        outputs: program.outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      },
    );
    return { primals: results.slice(0, count), tangents: pushed };
  },
  transpose: noRule("it is differentiated by its own rule"),
  batch: (operands, batched, size, { program, forward, backward, captured }) => {
    const every = (values: readonly unknown[]): readonly boolean[] => values.map(() => true);
    const mapped = batchedProgram(program, batched, size, every(program.outputs));
    return {
      outputs: bind(customVjpPrimitive, operands, {
        program: mapped.program,
        forward: batchedProgram(forward, batched, size, every(forward.outputs)).program,
        backward: batchedBackward(backward, batched, size),
        captured,
      }),
      batched: mapped.mask,
    };
  },
  lower: { kind: "call" },
  get samples() {
    const vector = { shape: [2], dtype: "float64" } as const;
    const program = stageLeaves("samples", [vector], ([x]) => [asTensor("customVjp", sin(x as Value))]);
    const forward = stageLeaves("samples", [vector], ([x]) => [
      asTensor("customVjp", sin(x as Value)),
      x as Value,
    ]);
    const backward = stageLeaves("samples", [vector, vector], ([x, ct]) => [
      asTensor("customVjp", mul(ct as Value, cos(x as Value))),
    ]);
    return {
      operands: [{ min: -2, max: 2 }],
      dtypes: [["float64"]] as const,
      cases: [{ shapes: [[2]], params: { program, forward, backward, captured: 0 } }],
    };
  },
};

/** Cotangents of primals that all rows share are summed over the rows. */
const batchedBackward = (backward: Program, batched: readonly boolean[], size: number): Program => {
  const mapped = batchedProgram(
    backward,
    backward.inputs.map(() => true),
    size,
    backward.outputs.map(() => true),
  ).program;
  return stageLeaves("vmap", mapped.inputs, (leaves) =>
    runProgram(mapped, leaves).map((cotangent, index) =>
      batched[index] === true ? cotangent : reduceSum(cotangent, [0]),
    ),
  );
};

interface PulledBackParams {
  readonly backward: Program;
  readonly residuals: number;
  readonly outputs: readonly Aval[];
}

/** What a tangent becomes, known only by its transpose: it is recorded, and never evaluated. */
const pulledBackPrimitive: Primitive<PulledBackParams> = {
  name: "customVjp linear part",
  shape: (_inputs, { outputs }) => right(outputs),
  evaluate: () => {
    throw tensorError({
      kind: "NotDifferentiable",
      operation: "customVjp",
      problem: `it has no forward rule: ${forwardRefused.noRule}`,
      fix: "use grad, vjp or jacrev",
    });
  },
  jvp: forwardRefused,
  transpose: (cotangents, operands, _linear, { backward, residuals, outputs }) => [
    ...operands.slice(0, residuals).map(() => zero),
    ...runProgram(backward, [
      ...operands.slice(0, residuals),
      ...cotangents.map((cotangent, index) =>
        isZero(cotangent) ? fill(0, outputs[index] as Aval) : cotangent,
      ),
    ]).map((cotangent, index): Tangent =>
      isFloating((operands[residuals + index] as Value).dtype) ? cotangent : zero,
    ),
  ],
  batch: forwardRefused,
  lower: onHost,
  samples: { operands: [], dtypes: [], cases: [] },
};

/**
 * `f` with a reverse rule of the user's: `forward(...primals)` gives `[f(...primals), residuals]`, and `backward(residuals, cotangent)` a
 * tuple with one cotangent a primal (`null` at integer and bool tensors, and for arguments in `nonDifferentiable`).
 *
 * Forward mode through it is refused, since a reverse rule does not say how tangents go on.
 *
 * @throws TensorError when forward's output is not `f`'s, or a cotangent does not fit its primal.
 * @see `jax.custom_vjp`.
 * @example
 * ```ts
 * import { clip, customVjp, grad, item, mul, scalar, type Tensor } from "@cotangent/core";
 *
 * // The identity, whose gradient is clipped.
 * const gentle = customVjp(
 *   (x: Tensor<[]>) => x,
 *   (x) => [x, null],
 *   (_residuals, cotangent) => [clip(cotangent, { min: -1, max: 1 })],
 * );
 * item(grad((x: Tensor<[]>) => mul(5, gentle(x)))(scalar(2))); // 1
 * ```
 */
export const customVjp: CustomVjp = (
  f: UserFunction,
  forward: UserFunction,
  backward: UserFunction,
  options?: { readonly nonDifferentiable?: readonly number[] },
): Untyped => {
  const fix =
    "give three: customVjp(f, forward, backward), where forward(...primals) gives [output, residuals], and backward(residuals, cotangent) a list of cotangents";
  checkFunction("customVjp", f, "the function", fix);
  checkFunction("customVjp", forward, "forward", fix);
  checkFunction("customVjp", backward, "backward", fix);
  const { nonDifferentiable } = optionsOf("customVjp", options, ["nonDifferentiable"]);
  const ignored = checkPositions("customVjp", "nonDifferentiable", nonDifferentiable);
  return (...args: readonly unknown[]): unknown => {
    checkGiven("customVjp", "nonDifferentiable", ignored, args);
    const traced = args.map((arg, index) => (ignored.includes(index) ? null : arg));
    const opened = openTree("customVjp", traced, "arguments");
    const whole = (chosen: readonly unknown[]): never[] =>
      args.map((arg, index) => (ignored.includes(index) ? arg : chosen[index])) as never[];
    const direct = stageClosed("customVjp", (...chosen: readonly unknown[]) => f(...whole(chosen)), traced);
    let residualTree: Tensors = opened;
    const remembering = stageClosed(
      "customVjp",
      (...chosen: readonly unknown[]) => {
        const [output, residuals] = pairOf(forward(...whole(chosen)));
        checkSameTree(
          "customVjp",
          "forward's output is not the function's",
          ["function", "forward"],
          direct.output,
          openTree("customVjp", output, "output"),
          "return [f(...primals), residuals]",
        );
        residualTree = openTree("customVjp", residuals, "residuals");
        return [output, residuals];
      },
      traced,
    );
    const residualExample = closeTree(
      residualTree,
      residualTree.tensors.map((value) => fill(0, value)),
    );
    const returning = stageClosed(
      "customVjp",
      (residuals: never, cotangent: never) => {
        const given: unknown = backward(residuals, cotangent);
        const all = Array.isArray(given) ? given : [given];
        return openTangents(
          "customVjp",
          "cotangent",
          opened,
          all.length === args.length
            ? args.map((_, index) => (ignored.includes(index) ? null : (all[index] as unknown)))
            : given,
        );
      },
      [residualExample, closeTangents(direct.output, [])],
    );
    const { programs, captured } = shareCaptured([direct, remembering]);
    const [program, staged] = programs as readonly [Program, Program];
    const results = bind(
      customVjpPrimitive,
      [...captured, ...returning.captured, ...opened.tensors],
      closedRules(program, staged, returning.program, captured, returning.captured, direct.output),
    );
    return closeTree(direct.output, results);
  };
};

/**
 * The three programs over one list of primals: what f and forward captured, what backward captured, the arguments. What backward captured is a
 * residual; captured values have zero cotangents.
 */
const closedRules = (
  program: Program,
  forward: Program,
  backward: Program,
  captured: readonly Value[],
  remembered: readonly Value[],
  output: Tensors,
): CustomVjpParams => {
  const [a, b] = [captured.length, remembered.length];
  const primals = [...captured, ...remembered, ...program.inputs.slice(a)];
  const without = (leaves: readonly Value[]): readonly Value[] => [
    ...leaves.slice(0, a),
    ...leaves.slice(a + b),
  ];
  const count = output.tensors.length;
  const residuals = forward.outputs.slice(count);
  const floating = output.tensors.map(({ dtype }) => isFloating(dtype));
  return {
    captured: a + b,
    program: stageLeaves("customVjp", primals, (leaves) => runProgram(program, without(leaves))),
    forward: stageLeaves("customVjp", primals, (leaves) => [
      ...runProgram(forward, without(leaves)),
      ...leaves.slice(a, a + b),
    ]),
    backward: stageLeaves("customVjp", [...residuals, ...remembered, ...output.tensors], (leaves) => {
      const n = residuals.length;
      const cotangents = leaves.slice(n + b).filter((_, index) => floating[index] === true);
      const given = runProgram(backward, [...leaves.slice(n, n + b), ...leaves.slice(0, n), ...cotangents]);
      return [...[...captured, ...remembered].map((value) => fill(0, value)), ...given];
    }),
  };
};

const pairOf = (result: unknown): readonly [unknown, unknown] => {
  if (Array.isArray(result) && result.length === 2) return [result[0], result[1]];
  throw tensorError({
    kind: "InvalidArgument",
    operation: "customVjp",
    problem: "forward must return a pair",
    found: [
      ["expected", "[output, residuals]"],
      ["got", describe(result)],
    ],
    fix: "return [f(...primals), what backward needs]",
  });
};
