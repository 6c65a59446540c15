/** The linear map of a function at a point, once forward (linearize) and once backward (vjp). */

import type { Linearize, Vjp } from "../types/jacobian.js";
import type { Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import {
  checkFunction,
  checkTuple,
  closeTangents,
  openResult,
  openTangents,
  type UserFunction,
} from "./arguments.js";
import { describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { linearise, pullBack, pushForward, type LinearMap } from "./linearise.js";

/**
 * The value of `f` and its derivative at the primals as a linear function, which may be called many times:
 * `linear(v) = ∂f(x) v`. The work on primals is done once.
 *
 * @throws TensorError when a tangent does not fit its primal, or `f` is async.
 * @see `jax.linearize`.
 * @example
 * ```ts
 * import { item, linearize, scalar, sin } from "@cotangent/core";
 *
 * const [, linear] = linearize(sin, [scalar(0)]);
 * item(linear(scalar(2))); // 2
 * ```
 */
export const linearize: Linearize = (f: UserFunction, primals: readonly unknown[]): Untyped => {
  checkFunction("linearize", f, "the first argument", "give the function itself: linearize(f, [x])");
  const args = openTree("linearize", checkTuple("linearize", "primals", primals), "primals");
  const { output, linear } = lineariseTrees("linearize", f, args, false);
  return [
    closeTree(output, output.tensors),
    (...tangents: readonly unknown[]): unknown =>
      closeTangents(output, pushForward(linear, openTangents("linearize", "tangent", args, tangents))),
  ];
};

/**
 * The value of `f` and its pullback, `cotangent ↦ ∂f(x)ᵀ cotangent`, a tuple with one entry a primal.
 *
 * The pullback may be called many times; entries are `null` at integer and bool tensors.
 *
 * @throws TensorError when the cotangent does not fit the output, or `f` is async.
 * @see Griewank & Walther, Evaluating Derivatives, 2008, chapter 3; `jax.vjp`.
 * @example
 * ```ts
 * import { item, scalar, sin, vjp } from "@cotangent/core";
 *
 * const [value, pullback] = vjp(sin, [scalar(0)]);
 * item(value); // 0
 * item(pullback(scalar(3))[0]); // 3
 * ```
 */
export const vjp: Vjp = (
  f: UserFunction,
  primals: readonly unknown[],
  options?: { readonly hasAux?: boolean },
): Untyped => {
  checkFunction("vjp", f, "the first argument", "give the function itself: vjp(f, [x])");
  const hasAux = optionsOf("vjp", options, ["hasAux"]).hasAux === true;
  const args = openTree("vjp", checkTuple("vjp", "primals", primals), "primals");
  const { output, aux, linear } = lineariseTrees("vjp", f, args, hasAux);
  const pullback = (cotangent: unknown): unknown =>
    closeTangents(args, pullBack("vjp", linear, openTangents("vjp", "cotangent", output, cotangent)));
  const value = closeTree(output, output.tensors);
  return hasAux ? [value, pullback, aux] : [value, pullback];
};

/** The result of a function of trees: its primals, what it gave beside them, and its linear map. */
export interface LinearisedTrees {
  readonly output: Tensors;
  readonly aux: unknown;
  readonly linear: LinearMap;
}

/** Linearises a function of trees; with `hasAux` it gives `[output, auxiliary]`. */
export const lineariseTrees = (
  operation: string,
  f: UserFunction,
  args: Tensors,
  hasAux: boolean,
): LinearisedTrees => {
  const { primals, linear, rest } = linearise(operation, args.tensors, (leaves) => {
    const result: unknown = f(...(closeTree(args, leaves) as never[])); // the trees that the user gave, over tracers
    const [main, beside] = hasAux ? splitAux(operation, result) : [result, null];
    const output = openResult(operation, main);
    const aux = openTree(operation, beside, "auxiliary");
    return { outputs: [...output.tensors, ...aux.tensors], rest: { output, aux } };
  });
  const count = rest.output.tensors.length;
  return {
    output: { ...rest.output, tensors: primals.slice(0, count) },
    aux: closeTree(rest.aux, primals.slice(count)),
    linear: { ...linear, outputs: linear.outputs.slice(0, count) },
  };
};

const splitAux = (operation: string, result: unknown): readonly [unknown, unknown] => {
  if (Array.isArray(result) && result.length === 2) return [result[0], result[1]];
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "with hasAux the function must return a pair",
    found: [
      ["expected", "[output, auxiliary]"],
      ["got", describe(result)],
    ],
    fix: "return [loss, whatever else you need], or leave hasAux out",
  });
};
