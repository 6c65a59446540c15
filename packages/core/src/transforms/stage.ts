/** stage: a function becomes a program, from examples of its arguments; nothing is computed. */

import type { DType, Shape, Tensor, Untyped } from "../types/tensor.js";
import type { WithLeaves } from "../types/tree.js";
import type { Program } from "../program/program.js";
import { runWith } from "../trace/interpreter.js";
import { Recorder } from "../trace/record.js";
import { closeTree, openTree, pathsOfTensors, type Tensors } from "../tree/tensors.js";
import { checkFunction, openResult, type UserFunction } from "./arguments.js";

/** A program with the trees that its inputs and outputs come from. */
export interface Staged {
  readonly program: Program;
  readonly args: Tensors;
  readonly output: Tensors;
}

/** Records a function of trees under a name. */
export const stageTrees = (transformation: string, f: UserFunction, examples: readonly unknown[]): Staged => {
  checkFunction(transformation, f);
  const args = openTree(transformation, examples, "arguments");
  const recorder = new Recorder(transformation);
  try {
    const from = pathsOfTensors(args);
    const inputs = args.tensors.map((example, index) => recorder.input(example, from(index)));
    const output = runWith(recorder, () =>
      openResult(transformation, f(...(closeTree(args, inputs) as never[]))),
    );
    return { program: recorder.program(output.tensors), args, output };
  } finally {
    recorder.active = false;
  }
};

/**
 * The program of a function at the shapes and dtypes of some examples: inputs, equations, outputs.
 *
 * Tensors that the function closes over, and numbers, are constants of the program.
 *
 * @throws TensorError when the function reads a value that depends on its arguments, or is async.
 * @see `jax.make_jaxpr`.
 * @example
 * ```ts
 * import { mul, programToString, sin, stage, zeros } from "@cotangent/core";
 *
 * programToString(stage((x) => mul(2, sin(x)))(zeros([3])));
 * ```
 */
export const stage =
  <A extends readonly unknown[] = Tensor[]>(f: (...args: A) => unknown): ((...examples: A) => Program) =>
  (...examples) =>
    stageTrees("stage", f, examples).program;

/** What a tensor would be: its shape and dtype. */
export interface ShapeAndDType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** The tree `T` with shape and dtype in the place of every tensor. */
export type ShapesOf<T> = WithLeaves<T, ShapeAndDType>;

/**
 * The shapes and dtypes that a function would give, without computing anything.
 *
 * @throws TensorError as `stage` does.
 * @see `jax.eval_shape`.
 * @example
 * ```ts
 * import { evalShape, matmul, zeros } from "@cotangent/core";
 *
 * evalShape(matmul)(zeros([2, 3]), zeros([3, 4])); // { shape: [2, 4], dtype: "float32" }
 * ```
 */
export const evalShape =
  <A extends readonly unknown[] = Tensor[], R = unknown>(
    f: (...args: A) => R,
  ): ((...examples: A) => ShapesOf<R>) =>
  (...examples): Untyped => {
    const { output } = stageTrees("evalShape", f, examples);
    return closeTree(
      output,
      output.tensors.map(({ shape, dtype }) => ({ shape, dtype })),
    );
  };
