/** The transpose of a function that is linear by itself. */

import type { LinearTranspose } from "../types/jacobian.js";
import type { Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { isVariableOf } from "../program/program.js";
import { zero } from "../program/symbolic-zero.js";
import { isFloating } from "../tensor/dtype.js";
import { currentInterpreter, runWith } from "../trace/interpreter.js";
import { Recorder } from "../trace/record.js";
import { pathsOf } from "../tree/flatten.js";
import { openTree } from "../tree/tensors.js";
import {
  callWith,
  checkFunction,
  checkTuple,
  closeTangents,
  openTangents,
  type UserFunction,
} from "./arguments.js";
import { transposeProgram } from "./transpose-program.js";

/**
 * The transpose of a linear function: `⟨y, f(x)⟩ = ⟨fᵀ(y), x⟩`. The primals are examples of its arguments,
 * of which only shapes and dtypes count. The result gives a tuple, one entry a primal.
 *
 * @throws TensorError when the function is not linear in its arguments, or is async.
 * @see `jax.linear_transpose`.
 * @example
 * ```ts
 * import { linearTranspose, sum, toArray, scalar, zeros } from "@cotangent/core";
 *
 * const spread = linearTranspose((x) => sum(x), [zeros([3])]);
 * toArray(spread(scalar(2))[0]); // [2, 2, 2]
 * ```
 */
export const linearTranspose: LinearTranspose = (f: UserFunction, primals: readonly unknown[]): Untyped => {
  checkFunction(
    "linearTranspose",
    f,
    "the first argument",
    "give the function itself: linearTranspose(f, [x])",
  );
  const args = openTree("linearTranspose", checkTuple("linearTranspose", "primals", primals), "primals");
  const recorder = new Recorder("linearTranspose", currentInterpreter());
  const inputs = args.tensors.map((example) =>
    isFloating(example.dtype) ? recorder.input(example) : example,
  );
  try {
    const output = runWith(recorder, () => callWith("linearTranspose", f, args, inputs));
    const program = recorder.program(output.tensors);
    const constant = pathsOf(output).find((_, index) => {
      const leaf = output.leaves[index];
      return (
        leaf !== undefined &&
        output.tensors.some(
          (tensor) => tensor === leaf && isFloating(tensor.dtype) && !isVariableOf(program, tensor),
        )
      );
    });
    if (constant !== undefined) {
      throw tensorError({
        kind: "NotDifferentiable",
        operation: "linearTranspose",
        problem: "an output does not depend on the arguments, so the function is not linear",
        path: constant,
        fix: "return only what is linear in the arguments",
      });
    }
    return (cotangent: unknown): unknown => {
      const given = transposeProgram(
        "linearTranspose",
        program,
        openTangents("linearTranspose", "cotangent", output, cotangent),
      );
      let next = 0;
      const floats = args.tensors.map((example) => (isFloating(example.dtype) ? given[next++] : undefined));
      return closeTangents(
        args,
        floats.map((tangent) => tangent ?? zero),
      );
    };
  } finally {
    recorder.active = false;
  }
};
