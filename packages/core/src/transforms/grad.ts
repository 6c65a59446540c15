/** The gradient of a scalar function: linearised once, then transposed. */

import type { Grad, ValueAndGrad } from "../types/differentiate.js";
import type { Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { counted } from "../errors/words.js";
import { fill } from "../primitives/define.js";
import { isFloating } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { openTree, type Tensors } from "../tree/tensors.js";
import { checkFunction, closeTangents, type UserFunction } from "./arguments.js";
import { lineariseTrees } from "./linearize.js";
import { pullBack } from "./linearise.js";

interface Differentiated {
  readonly value: Value;
  readonly gradient: unknown;
  readonly aux: unknown;
}

interface Options {
  readonly argnums?: number | readonly number[];
  readonly hasAux?: boolean;
}

const gradOptions = ["argnums", "hasAux"] as const;

/**
 * The gradient of a function that returns a floating scalar: `∂f/∂x`, with the tree of the argument.
 *
 * `argnums` names the argument (0 by default), or several, which gives a tuple. With `hasAux` the function
 * returns `[loss, auxiliary]`, and the result is `[gradient, auxiliary]`. Integer and bool leaves get `null`.
 *
 * @throws TensorError when the function does not return a floating scalar, is async, or the argument has no floating leaf.
 * @see Griewank & Walther, Evaluating Derivatives, 2008, chapter 3; `jax.grad`.
 * @example
 * ```ts
 * import { grad, square, sum, tensor, toArray } from "@cotangent/core";
 *
 * const gradient = grad((x) => sum(square(x)));
 * toArray(gradient(tensor([1, 2, 3]))); // [2, 4, 6]
 * ```
 */
export const grad: Grad = (f: UserFunction, given?: Options): Untyped => {
  checkFunction("grad", f);
  const options = optionsOf("grad", given, gradOptions);
  return (...args: readonly unknown[]): unknown => {
    const { gradient, aux } = differentiate("grad", f, options, args);
    return options.hasAux === true ? [gradient, aux] : gradient;
  };
};

/**
 * The value of a function that returns a floating scalar, and its gradient, in one pass forward and one back.
 *
 * Options as in `grad`; with `hasAux` the result is `[[loss, auxiliary], gradient]`.
 *
 * @throws TensorError when the function does not return a floating scalar, is async, or the argument has no floating leaf.
 * @see `jax.value_and_grad`.
 * @example
 * ```ts
 * import { item, square, scalar, valueAndGrad } from "@cotangent/core";
 *
 * const [value, gradient] = valueAndGrad(square)(scalar(3));
 * item(value); // 9
 * item(gradient); // 6
 * ```
 */
export const valueAndGrad: ValueAndGrad = (f: UserFunction, given?: Options): Untyped => {
  checkFunction("valueAndGrad", f);
  const options = optionsOf("valueAndGrad", given, gradOptions);
  return (...args: readonly unknown[]): unknown => {
    const { value, gradient, aux } = differentiate("valueAndGrad", f, options, args);
    return [options.hasAux === true ? [value, aux] : value, gradient];
  };
};

/** The value, the gradient and what the function gave beside them. */
export const differentiate = (
  operation: string,
  f: UserFunction,
  { argnums = 0, hasAux = false }: Options,
  args: readonly unknown[],
): Differentiated => {
  const positions = positionsOf(operation, argnums, args.length);
  // The other arguments are left out of the tree, and go to the function as they are.
  const opened = openTree(
    operation,
    args.map((arg, position) => (positions.includes(position) ? arg : null)),
    "arguments",
  );
  checkFloating(operation, opened, positions);
  const apply = (...traced: readonly unknown[]): unknown =>
    f(...(args.map((arg, position) => (positions.includes(position) ? traced[position] : arg)) as never[])); // the user's own arguments, some over tracers
  const { output, aux, linear } = lineariseTrees(operation, apply, opened, hasAux);
  const value = checkScalar(operation, output);
  const gradients = closeTangents(
    opened,
    pullBack(operation, linear, [fill(1, value)]),
  ) as readonly unknown[];
  return {
    value,
    aux,
    gradient:
      typeof argnums === "number"
        ? gradients[positions[0] ?? 0]
        : positions.map((position) => gradients[position]),
  };
};

const positionsOf = (
  operation: string,
  argnums: number | readonly number[],
  count: number,
): readonly number[] => {
  const positions = typeof argnums === "number" ? [argnums] : argnums;
  return positions.map((position) => {
    if (Number.isInteger(position) && position >= -count && position < count)
      return position < 0 ? position + count : position;
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: `argnums names an argument that was not given`,
      found: [
        ["argnums", String(position)],
        ["given", counted(count, "argument")],
      ],
      fix: "count the arguments from 0, and pass the one that is differentiated",
    });
  });
};

const checkFloating = (operation: string, args: Tensors, positions: readonly number[]): void => {
  if (args.tensors.some((tensor) => isFloating(tensor.dtype))) return;
  throw tensorError({
    kind: "NotDifferentiable",
    operation,
    problem: "the argument has no floating tensor to differentiate",
    found: [["got", args.leaves.length === 0 ? "an empty tree" : args.leaves.map(describe).join(", ")]],
    path: positions.map((position) => `arguments[${position}]`).join(", "),
    fix:
      args.tensors.length === 0
        ? "pass a tensor: scalar(2) for the number 2"
        : `convert it first: convert(x, "float32")`,
  });
};

const checkScalar = (operation: string, output: Tensors): Value => {
  const [value] = output.tensors;
  if (
    value !== undefined &&
    output.structure.kind === "leaf" &&
    value.shape.length === 0 &&
    isFloating(value.dtype)
  )
    return value;
  throw tensorError({
    kind: "NotScalar",
    operation,
    problem: "the function must return a floating scalar",
    found: [
      ["expected", "float32[] or float64[]"],
      [
        "got",
        output.structure.kind === "leaf"
          ? describe(output.leaves[0] instanceof Object ? value : output.leaves[0])
          : "a tree",
      ],
    ],
    fix:
      output.structure.kind !== "leaf"
        ? "return the loss alone, or [loss, auxiliary] with hasAux: true"
        : value === undefined
          ? "return a tensor: the number that you return does not depend on the argument"
          : value.shape.length > 0
            ? "reduce it, with sum(x) or mean(x), or use jacrev for the Jacobian of a vector"
            : `convert it: convert(loss, "float32")`,
  });
};
