/** Choice by a value that is known only when the program runs. */

import type { Cond, SwitchCase } from "../types/control.js";
import type { Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { convertTo } from "../primitives/convert.js";
import { showAval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { describe } from "../trace/operands.js";
import { closeTree, openTree } from "../tree/tensors.js";
import { checkFunction, type UserFunction } from "./arguments.js";
import { checkSameTree, shareCaptured, stageClosed } from "./closed.js";
import { condPrimitive } from "./cond-primitive.js";

/**
 * `predicate ? ifTrue(...operands) : ifFalse(...operands)`; only the branch that is taken runs, and only it has a gradient.
 *
 * Under vmap with a predicate that differs from row to row, both run, and each row takes its own; an index that is out of range counts only where
 * its branch is taken.
 *
 * @throws TensorError when the predicate is no bool scalar, or the branches give different trees, shapes or dtypes.
 * @see `jax.lax.cond`.
 * @example
 * ```ts
 * import { cond, grad, greater, item, log, scalar, type Tensor } from "@cotangent/core";
 *
 * const f = (x: Tensor<[]>) => cond(greater(x, 0), (y: Tensor<[]>) => log(y), (y: Tensor<[]>) => y, x);
 * item(grad(f)(scalar(2))); // 0.5
 * ```
 */
export const cond: Cond = (
  predicate: unknown,
  ifTrue: UserFunction,
  ifFalse: UserFunction,
  ...operands: readonly unknown[]
): Untyped => {
  const decision = scalarOf("cond", predicate, "bool");
  checkBranch("ifTrue", ifTrue);
  checkBranch("ifFalse", ifFalse);
  return choose("cond", decision, [ifFalse, ifTrue], operands, ["ifFalse", "ifTrue"]);
};

const checkBranch = (name: string, branch: unknown): void => {
  checkFunction(
    "cond",
    branch,
    name,
    branch === undefined
      ? "give both functions: cond(predicate, ifTrue, ifFalse, ...operands)"
      : "choose between values with where(predicate, a, b), or give functions: cond(predicate, () => a, () => b)",
  );
};

/**
 * The branch of an index: `branches[index](...operands)`.
 *
 * @throws TensorError when the index is no int32 scalar or out of range, or the branches give different trees.
 * @see `jax.lax.switch`, which clamps the index.
 * @example
 * ```ts
 * import { cos, item, scalar, sin, switchCase } from "@cotangent/core";
 *
 * item(switchCase(scalar(1, { dtype: "int32" }), [sin, cos], scalar(0))); // 1
 * ```
 */
export const switchCase: SwitchCase = (
  index: unknown,
  branches: readonly UserFunction[],
  ...operands: readonly unknown[]
): Untyped => {
  if (!Array.isArray(branches)) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "switchCase",
      problem: "the branches must be a list of functions",
      found: [["got", describe(branches)]],
      fix: "switchCase(index, [f, g], ...operands)",
    });
  }
  const decision = scalarOf("switchCase", index, "int32");
  branches.forEach((branch, place) => {
    checkFunction(
      "switchCase",
      branch,
      `branches[${place}]`,
      "give functions: [() => a, () => b]; for an element of a tensor write take(values, index)",
    );
  });
  return choose(
    "switchCase",
    decision,
    branches,
    operands,
    branches.map((_, place) => `branch ${place}`),
  );
};

const scalarOf = (operation: string, value: unknown, dtype: "bool" | "int32"): Value => {
  if (value instanceof Value && value.shape.length === 0 && value.dtype === dtype) return value;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `what decides must be a scalar of ${dtype}`,
    found: [
      ["expected", showAval({ shape: [], dtype })],
      ["got", describe(value)],
    ],
    fix:
      typeof value === "boolean"
        ? `a JavaScript boolean needs no ${operation}: write a ? b : c`
        : typeof value === "number" && dtype === "int32"
          ? "a JavaScript number needs no switchCase: call branches[index](...operands)"
          : dtype === "bool"
            ? "compare first: greater(x, 0); reduce with all or any"
            : `convert it: convert(index, "int32")`,
  });
};

const choose = (
  operation: string,
  decision: Value,
  functions: readonly UserFunction[],
  operands: readonly unknown[],
  names: readonly string[],
): unknown => {
  const opened = openTree(operation, operands, "operands");
  const closed = functions.map((f) => stageClosed(operation, f, operands));
  const [first] = closed;
  if (first === undefined) {
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: "there must be at least one branch",
      fix: "give a list of functions",
    });
  }
  closed.forEach(({ output }, place) => {
    checkSameTree(
      operation,
      "the branches differ",
      [names[0] ?? "", names[place] ?? ""],
      first.output,
      output,
      "make all branches return the same tree, shapes and dtypes",
    );
  });
  const { programs, captured } = shareCaptured(closed);
  const results = bind(condPrimitive, [convertTo(decision, "int32"), ...captured, ...opened.tensors], {
    branches: programs,
    ...(decision.dtype === "bool" ? { inRange: true } : {}),
  });
  return closeTree(first.output, results);
};
