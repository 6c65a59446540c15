/** Forward mode: a function's value and its directional derivative. */

import type { Jvp } from "../types/jacobian.js";
import type { Untyped } from "../types/tensor.js";
import { zero } from "../program/symbolic-zero.js";
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
  checkFunction("jvp", f);
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
  const parent = currentInterpreter();
  const interpreter = new JvpInterpreter(operation, parent, parent);
  try {
    const result = runWith(interpreter, () =>
      callWith(
        operation,
        f,
        args,
        args.tensors.map((primal, index) => interpreter.trace(primal, directions[index] ?? zero)),
      ),
    );
    const values = result.tensors.map((value) => interpreter.primalOf(value));
    const pushed = result.tensors.map((value) => interpreter.tangentOf(value));
    return [closeTree(result, values), closeTangents({ ...result, tensors: values }, pushed)];
  } finally {
    interpreter.active = false;
  }
};
