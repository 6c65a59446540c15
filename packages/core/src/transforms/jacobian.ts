/** Jacobians and Hessians: a linear map applied to a basis, all columns (or rows) at once by vmap. */

import type { Hessian, HessianProduct, Jacobians } from "../types/jacobian.js";
import type { Untyped } from "../types/tensor.js";
import { fill } from "../primitives/define.js";
import { moveAxisTo, reshape } from "../primitives/reshape.js";
import { sliceAlong } from "../primitives/slice-pad.js";
import { isZero } from "../program/symbolic-zero.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { allocate, isFloating } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { optionsOf } from "../trace/options.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import { checkFunction, checkTuple, type UserFunction } from "./arguments.js";
import { differentiate } from "./grad.js";
import { pushTangents } from "./jvp.js";
import { pullBack, pushForward } from "./linearise.js";
import { lineariseTrees, type LinearisedTrees } from "./linearize.js";
import { mapLeaves } from "./vmap.js";

interface Options {
  readonly argnums?: number;
}

/**
 * The Jacobian by forward mode, a column an element of the input: cheap for few inputs.
 *
 * An output of shape S and an input of shape T give a tensor of shape [...S, ...T]; trees give the tree of
 * the output with the tree of the input at every leaf.
 *
 * @throws TensorError when `f` is async or an operation has no forward rule.
 * @see `jax.jacfwd`.
 * @example
 * ```ts
 * import { jacfwd, square, tensor, toArray } from "@cotangent/core";
 *
 * toArray(jacfwd(square)(tensor([1, 2]))); // [[2, 0], [0, 4]]
 * ```
 */
export const jacfwd: Jacobians = (f: UserFunction, given?: Options): Untyped => {
  checkFunction("jacfwd", f);
  const options = optionsOf("jacfwd", given, ["argnums"]);
  return columnsOf(f, options);
};

const columnsOf =
  (f: UserFunction, options: Options) =>
  (...args: readonly unknown[]): unknown => {
    const { input, result } = lineariseArgument("jacfwd", f, options, args);
    const { output, linear } = result;
    const basis = standardBasis(input.tensors);
    const columns = mapLeaves(basis.size, basis.blocks, (tangents) =>
      pushForward(linear, tangents).map((tangent, index) =>
        isZero(tangent) ? fill(0, output.tensors[index] as Value) : tangent,
      ),
    );
    return blocksOf(output, input, (row, column) => {
      const block = sliceAlong(
        columns[row] as Value,
        0,
        basis.starts[column] as number,
        basis.starts[column + 1] as number,
      );
      const { shape } = output.tensors[row] as Value;
      return reshape(moveAxisTo(block, 0, shape.length), [
        ...shape,
        ...(input.tensors[column] as Value).shape,
      ]);
    });
  };

/**
 * The Jacobian by reverse mode, a row an element of the output: cheap for few outputs.
 *
 * @throws TensorError when `f` is async or an operation has no reverse rule.
 * @see `jax.jacrev`.
 * @example
 * ```ts
 * import { jacrev, square, tensor, toArray } from "@cotangent/core";
 *
 * toArray(jacrev(square)(tensor([1, 2]))); // [[2, 0], [0, 4]]
 * ```
 */
export const jacrev: Jacobians = (f: UserFunction, given?: Options): Untyped => {
  checkFunction("jacrev", f);
  const options = optionsOf("jacrev", given, ["argnums"]);
  return rowsOf(f, options);
};

const rowsOf =
  (f: UserFunction, options: Options) =>
  (...args: readonly unknown[]): unknown => {
    const { input, result } = lineariseArgument("jacrev", f, options, args);
    const { output, linear } = result;
    const basis = standardBasis(output.tensors);
    const rows = mapLeaves(basis.size, basis.blocks, (cotangents) =>
      pullBack("jacrev", linear, cotangents).map((cotangent, index) =>
        isZero(cotangent) ? fill(0, input.tensors[index] as Value) : cotangent,
      ),
    );
    return blocksOf(output, input, (row, column) => {
      const block = sliceAlong(
        rows[column] as Value,
        0,
        basis.starts[row] as number,
        basis.starts[row + 1] as number,
      );
      return reshape(block, [
        ...(output.tensors[row] as Value).shape,
        ...(input.tensors[column] as Value).shape,
      ]);
    });
  };

/**
 * The Hessian, forward over reverse: `∂²f/∂x²`, with the axes of the input twice.
 *
 * @throws TensorError when `f` is async or an operation lacks a rule.
 * @see `jax.hessian`.
 * @example
 * ```ts
 * import { hessian, prod, tensor, toArray } from "@cotangent/core";
 *
 * toArray(hessian((x) => prod(x))(tensor([2, 3]))); // [[0, 1], [1, 0]]
 * ```
 */
export const hessian: Hessian = (f: UserFunction, given?: Options): Untyped => {
  checkFunction("hessian", f);
  const options = optionsOf("hessian", given, ["argnums"]);
  return columnsOf(rowsOf(f, options), options);
};

/**
 * The Hessian times a vector, `∂²f(x) v`, without the Hessian: the derivative of the gradient along v.
 *
 * @throws TensorError when a tangent does not fit its primal, or `f` returns no floating scalar.
 * @see Pearlmutter, Fast exact multiplication by the Hessian, 1994.
 * @example
 * ```ts
 * import { hvp, prod, tensor, toArray } from "@cotangent/core";
 *
 * toArray(hvp((x) => prod(x), [tensor([2, 3])], [tensor([1, 0])])[0]); // [0, 1]
 * ```
 */
export const hvp: HessianProduct = (
  f: UserFunction,
  primals: readonly unknown[],
  tangents: readonly unknown[],
): Untyped => {
  checkFunction("hvp", f, "the first argument", "give the function itself: hvp(f, [x], [v])");
  const argnums = checkTuple("hvp", "primals", primals).map((_, index) => index);
  const gradients = (...args: readonly unknown[]): unknown =>
    differentiate("hvp", f, { argnums }, args).gradient;
  return pushTangents("hvp", gradients, primals, tangents)[1];
};

const lineariseArgument = (
  operation: string,
  f: UserFunction,
  { argnums = 0 }: Options,
  args: readonly unknown[],
): { readonly input: Tensors; readonly result: LinearisedTrees } => {
  const input = openTree(operation, args[argnums] ?? null, `argument ${argnums}`);
  const apply = (chosen: unknown): unknown =>
    f(...(args.map((arg, index) => (index === argnums ? chosen : arg)) as never[]));
  // The tuple of one argument has the tensors of the argument.
  const result = lineariseTrees(
    operation,
    apply,
    openTree(operation, [args[argnums] ?? null], "arguments"),
    false,
  );
  return { input, result };
};

interface Basis {
  readonly size: number;
  /** For each tensor, its part of every basis vector. */
  readonly blocks: readonly Value[];
  /** For each tensor, which basis vectors are its own. */
  readonly starts: readonly number[];
}

/** The unit vectors of all floating elements of some tensors together. */
const standardBasis = (tensors: readonly Value[]): Basis => {
  const starts = [0];
  for (const { shape, dtype } of tensors)
    starts.push((starts.at(-1) ?? 0) + (isFloating(dtype) ? sizeOfShape(shape) : 0));
  const size = starts.at(-1) ?? 0;
  const blocks = tensors.map(({ shape, dtype }, index) => {
    const length = sizeOfShape(shape);
    const data = allocate(dtype, size * length);
    if (isFloating(dtype))
      for (let element = 0; element < length; element++)
        data[((starts[index] ?? 0) + element) * length + element] = 1;
    return contiguousTensor(data, [size, ...shape], dtype);
  });
  return { size, blocks, starts };
};

/** The tree of the output with the tree of the input at every leaf; `null` where either has no tangent. */
const blocksOf = (output: Tensors, input: Tensors, block: (row: number, column: number) => Value): unknown =>
  closeTree(
    output,
    output.tensors.map(({ dtype }, row) =>
      isFloating(dtype)
        ? closeTree(
            input,
            input.tensors.map((tensor, column) => (isFloating(tensor.dtype) ? block(row, column) : null)),
          )
        : null,
    ),
  );
