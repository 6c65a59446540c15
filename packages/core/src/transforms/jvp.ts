/** Forward mode: a function's value and its directional derivative. */

import type { Jvp } from "../types/jacobian.js";
import type { Untyped } from "../types/tensor.js";
import { zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { currentInterpreter, runWith } from "../trace/interpreter.js";
import { JvpInterpreter } from "../trace/jvp.js";
import { closeTree, openTree } from "../tree/tensors.js";
import {
  callWith,
  checkFunction,
  checkTuple,
  closeTangents,
  openTangents,
  type UserFunction,
} from "./arguments.js";

/**
 * The value of `f` and its derivative along the tangents: `(f(x), ∂f(x) v)`, in one forward pass.
 *
 * Primals and tangents are tuples, one entry an argument, each a tree; a tangent has its primal's shape
 * and dtype, and is `null` beside an integer or bool tensor.
 *
 * @throws TensorError when a tangent does not fit its primal, or `f` is async.
 * @see Griewank & Walther, Evaluating Derivatives, 2008, chapter 3; `jax.jvp`.
 * @example
 * ```ts
 * import { item, jvp, scalar, sin } from "@cotangent/core";
 *
 * const [value, tangent] = jvp(sin, [scalar(0)], [scalar(1)]);
 * item(value); // 0
 * item(tangent); // 1, the cosine of 0
 * ```
 */
export const jvp: Jvp = (f: UserFunction, primals: readonly unknown[], tangents: unknown): Untyped => {
  checkFunction("jvp", f, "the first argument", "give the function itself: jvp(f, [x], [dx])");
  return pushTangents("jvp", f, primals, tangents);
};

/** The value and the tangent, for an operation of a name. */
export const pushTangents = (
  operation: string,
  f: UserFunction,
  primals: readonly unknown[],
  tangents: unknown,
): readonly [unknown, unknown] => {
  const args = openTree(operation, checkTuple(operation, "primals", primals), "primals");
  const directions = openTangents(operation, "tangent", args, checkTuple(operation, "tangents", tangents));
  const {
    primals: values,
    tangents: pushed,
    rest: result,
  } = jvpLeaves(operation, args.tensors, directions, (leaves) => {
    const output = callWith(operation, f, args, leaves);
    return { outputs: output.tensors, rest: output };
  });
  return [closeTree(result, values), closeTangents({ ...result, tensors: values }, pushed)];
};

/** Pushes tangents through a function of leaves. */
export const jvpLeaves = <A>(
  operation: string,
  primals: readonly Value[],
  tangents: readonly Tangent[],
  f: (leaves: readonly Value[]) => { readonly outputs: readonly Value[]; readonly rest: A },
): { readonly primals: readonly Value[]; readonly tangents: readonly Tangent[]; readonly rest: A } => {
  const parent = currentInterpreter();
  const interpreter = new JvpInterpreter(operation, parent, parent);
  try {
    const { outputs, rest } = runWith(interpreter, () =>
      f(primals.map((primal, index) => interpreter.trace(primal, tangents[index] ?? zero))),
    );
    return {
      primals: outputs.map((output) => interpreter.primalOf(output)),
      tangents: outputs.map((output) => interpreter.tangentOf(output)),
      rest,
    };
  } finally {
    interpreter.active = false;
  }
};
