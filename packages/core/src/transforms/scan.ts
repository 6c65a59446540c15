/** Loops with a known number of steps: `scan`, `foriLoop` and `map`. */

import type { Untyped } from "../types/tensor.js";
import type { ForLoop, MapRows, Scan } from "../types/control.js";
import { tensorError } from "../errors/tensor-error.js";
import { iota } from "../primitives/iota.js";
import { plus } from "../primitives/additive.js";
import { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { describe } from "../trace/operands.js";
import { pathsOf } from "../tree/flatten.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import { checkFunction, openResult, type UserFunction } from "./arguments.js";
import { checkSameTree, stageClosed } from "./closed.js";
import { fill } from "../primitives/define.js";
import { optionsOf } from "../trace/options.js";
import { scanPrimitive } from "./scan-primitive.js";

interface Options {
  readonly length?: number;
  readonly reverse?: boolean;
}

/**
 * A fold over the rows of `xs` that also collects: `[carry, y] = f(carry, x)` step by step, from `init`. Gives the last
 * carry, and the ys stacked.
 *
 * Differentiable in both modes, mapped by vmap; memory for reverse mode grows with what the steps must remember. Without
 * `xs` (null) give `length`. With `reverse` it goes from the last row to the first; ys keep the places of their rows.
 *
 * @throws TensorError when the carry changes its tree, shapes or dtypes, when lengths differ, or a number stands in the carry.
 * @see `jax.lax.scan`.
 * @example
 * ```ts
 * import { add, scalar, scan, tensor, toArray } from "@cotangent/core";
 *
 * const [total, sums] = scan((sum, x) => [add(sum, x), add(sum, x)], scalar(0), tensor([1, 2, 3]));
 * toArray(sums); // [1, 3, 6]
 * ```
 */
export const scan: Scan = (
  f: UserFunction,
  init: unknown,
  xs: unknown = null,
  options?: Options,
): Untyped => {
  checkFunction(
    "scan",
    f,
    "the step",
    "the order is scan(step, init, xs), where step(carry, x) gives [carry, y]",
  );
  return scanTrees("scan", f, init, xs, optionsOf("scan", options, ["length", "reverse"]));
};

/** The loop, for an operation of a name. */
const scanTrees = (
  operation: string,
  f: UserFunction,
  init: unknown,
  xs: unknown,
  options: Options,
): readonly [unknown, unknown] => {
  const { reverse = false } = options;
  if (typeof reverse !== "boolean") {
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: "reverse is true or false",
      found: [["got", describe(reverse)]],
      fix: "reverse: true to begin with the last row",
    });
  }
  const start = openCarry(operation, init);
  const rows = openTree(operation, xs, "xs");
  const length = lengthOf(operation, rows, options.length);
  // An example of a row: only its shape counts.
  const example = closeTree(
    rows,
    rows.tensors.map(({ shape, dtype }) => fill(0, { shape: shape.slice(1), dtype })),
  );
  let ys: Tensors = rows;
  let carried: Tensors = start;
  const step = (carry: unknown, x: unknown): unknown => {
    const result: unknown = f(...([carry, x] as never[])); // the trees that the user gave
    if (!Array.isArray(result) || result.length !== 2) {
      throw tensorError({
        kind: "InvalidArgument",
        operation,
        problem: "the step must return a pair",
        found: [
          ["expected", "[carry, y]"],
          ["got", describe(result)],
        ],
        fix: "return [carry, y], with null for y where nothing is collected",
      });
    }
    const pair: readonly unknown[] = result;
    carried = openResult(operation, pair[0]);
    ys = openTree(operation, pair[1], "y");
    return pair;
  };
  const { program, captured } = stageClosed(operation, step, [init, example]);
  checkSameTree(
    operation,
    "the carry changes",
    ["carry in", "carry out"],
    start,
    carried,
    "return a carry of the same tree, shapes and dtypes: convert, reshape or broadcastTo it",
  );
  const results = bind(scanPrimitive, [...captured, ...start.tensors, ...rows.tensors], {
    body: program,
    length,
    reverse,
    constants: captured.length,
    carry: start.tensors.length,
  });
  const count = start.tensors.length;
  return [closeTree(start, results.slice(0, count)), closeTree(ys, results.slice(count))];
};

/** A carry holds tensors alone: a number would stay what it is. */
export const openCarry = (operation: string, carry: unknown): Tensors => {
  const opened = openTree(operation, carry, "carry");
  const constant = opened.leaves.findIndex((leaf) => !(leaf instanceof Value));
  if (constant < 0) return opened;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "a number, boolean or string cannot be carried: it would never change",
    found: [["got", describe(opened.leaves[constant])]],
    path: pathsOf(opened)[constant] ?? "carry",
    fix: "write scalar(0) for 0",
  });
};

/** Steps are counted by an int32. */
const mostSteps = 2 ** 31 - 1;

const lengthOf = (operation: string, rows: Tensors, given: number | undefined): number => {
  const paths = pathsOf(rows);
  const lengths = rows.tensors.map(({ shape }, index) => [paths[index] ?? "xs", shape[0]] as const);
  const length = given ?? lengths[0]?.[1];
  if (
    length !== undefined &&
    Number.isInteger(length) &&
    length >= 0 &&
    length <= mostSteps &&
    lengths.every(([, each]) => each === length)
  )
    return length;
  throw tensorError({
    kind: "ShapeMismatch",
    operation,
    problem:
      length === undefined
        ? "the number of steps is not known"
        : `the number of steps must be one whole number for all, up to ${mostSteps}`,
    found: [
      ...(given === undefined ? [] : [["length", String(given)] as const]),
      ...lengths.map(([path, each]) => [path, each === undefined ? "a scalar" : `length ${each}`] as const),
    ],
    fix:
      length === undefined
        ? "give xs with a first axis, or { length: 10 }"
        : lengths.length === 0
          ? "give a length of 0 or more"
          : "give xs of one length along their first axis",
  });
};

/**
 * Repeats `carry = body(i, carry)` for i from `from` up to, and without, `to`: i is an int32 scalar.
 *
 * Differentiable in both modes.
 *
 * @throws TensorError when the bounds are no whole numbers, or the carry changes its tree, shapes or dtypes.
 * @see `jax.lax.fori_loop`, of constant bounds.
 * @example
 * ```ts
 * import { foriLoop, grad, item, mul, scalar, type Tensor } from "@cotangent/core";
 *
 * const power = (x: Tensor<[]>) => foriLoop(0, 3, (_i, y) => mul(y, x), scalar(1));
 * item(grad(power)(scalar(2))); // 12
 * ```
 */
export const foriLoop: ForLoop = (from: number, to: number, body: UserFunction, init: unknown): Untyped => {
  checkFunction(
    "foriLoop",
    body,
    "the body",
    "the order is foriLoop(from, to, body, init), where body(i, carry) gives the next carry",
  );
  const isBound = (bound: number): boolean => Number.isInteger(bound) && Math.abs(bound) <= mostSteps;
  if (!isBound(from) || !isBound(to) || to - from > mostSteps) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "foriLoop",
      problem: `the bounds must be whole numbers of up to ${mostSteps}, and no further apart, since the steps are counted by an int32`,
      found: [["got", `${describe(from)}, ${describe(to)}`]],
      fix: "for a bound that is a tensor write whileLoop, with the counter in its carry",
    });
  }
  const length = Math.max(0, to - from);
  const steps = iota(length, "int32");
  const places = from === 0 ? steps : plus(steps, fill(from, steps));
  const step = (carry: never, i: never): readonly [unknown, null] => [body(i, carry), null];
  return scanTrees("foriLoop", step, init, places, {})[0];
};

/**
 * `f` of every row of `xs`, one after another, stacked: `vmap` without its memory.
 *
 * @throws TensorError as `scan` does.
 * @see `jax.lax.map`.
 * @example
 * ```ts
 * import { map, square, sum, tensor, toArray } from "@cotangent/core";
 *
 * toArray(map((row) => sum(square(row)), tensor([[1, 2], [3, 4]]))); // [5, 25]
 * ```
 */
export const map: MapRows = (f: UserFunction, xs: unknown): Untyped => {
  checkFunction("map", f, "the first argument", "the order is map(f, xs), where f takes a row of xs");
  const step = (_carry: never, x: never): readonly [null, unknown] => [null, f(x)];
  return scanTrees("map", step, null, xs, {})[1];
};
