/** jit: a function is traced once for each kind of arguments, and from then on its program runs. */

import type { Jit } from "../types/jit.js";
import type { Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import type { Program } from "../program/program.js";
import { simplify } from "../program/simplify.js";
import { scalarTensor } from "../tensor/array-tensor.js";
import { sameAval, showAval, type Aval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { pathsOf, sameStructure, showStructure, type Flattened } from "../tree/flatten.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import { checkFunction, type UserFunction } from "./arguments.js";
import { call } from "./call.js";
import { stageClosed } from "./closed.js";

/** What a trace is kept under, and what it gave. */
interface Trace {
  readonly args: Flattened;
  readonly avals: readonly Aval[];
  readonly statics: readonly unknown[];
  readonly program: Program;
  readonly output: Flattened;
}

/** The most traces that a function keeps; the one used longest ago goes first. */
const mostTraces = 64;

/** Why a function was traced again, for `explainRetrace`: a declared cache, weak in the function. */
const histories = /* @__PURE__ */ new WeakMap<object, string[]>();

/**
 * `f`, traced once for each structure, shapes and dtypes of its arguments: later calls run the recorded program.
 *
 * Numbers, booleans and strings in the arguments are constants of the trace, and so are tensors that `f` closes over. `f` must be
 * pure: what it does beside computing its result happens when it is traced. The result is differentiated, mapped and staged like `f`.
 *
 * @throws TensorError when `f` reads a value that depends on its arguments (`item`, `if`), or is async.
 * @see `jax.jit`.
 * @example
 * ```ts
 * import { grad, item, jit, mul, scalar, sin } from "@cotangent/core";
 *
 * const f = jit(grad((x) => mul(x, sin(x))));
 * item(f(scalar(0))); // 0
 * ```
 */
export const jit: Jit = (
  f: UserFunction,
  options: { readonly staticArgs?: readonly number[] } = {},
): Untyped => {
  checkFunction("jit", f);
  const staticArgs = options.staticArgs ?? [];
  const label = f.name === "" ? "anonymous" : f.name;
  const traces: Trace[] = [];
  const history: string[] = [];
  const jitted = (...args: readonly unknown[]): unknown => {
    const statics = staticArgs.map((position) => staticArg(args, position));
    const opened = openTree(
      "jit",
      staticArgs.length === 0
        ? args
        : args.map((arg, position) => (staticArgs.includes(position) ? null : arg)),
      "arguments",
    );
    const known = traces.findIndex((trace) => matches(trace, opened, statics));
    const found = traces[known];
    if (found !== undefined) {
      if (known > 0) traces.unshift(...traces.splice(known, 1));
      return closeTree(found.output, call(label, found.program, opened.tensors));
    }
    const traced = (...chosen: readonly unknown[]): unknown =>
      f(
        ...(chosen.map((arg, position) => (staticArgs.includes(position) ? args[position] : arg)) as never[]),
      );
    const { program, captured, output } = stageClosed(
      "jit",
      traced,
      closeTree(opened, opened.tensors) as readonly unknown[],
    );
    const simplified = simplify(program);
    history.push(
      traces[0] === undefined ? "the first call" : differenceFrom(traces[0], opened, statics, staticArgs),
    );
    // What is captured of a transformation that runs ends with it: such a trace is for this call alone.
    if (captured.length === 0) {
      const avals = opened.tensors.map(({ shape, dtype }) => ({ shape, dtype }));
      traces.unshift({
        args: withoutElements(opened),
        avals,
        statics,
        program: simplified,
        output: withoutElements(output),
      });
      if (traces.length > mostTraces) traces.pop();
    }
    return closeTree(output, call(label, simplified, [...captured, ...opened.tensors]));
  };
  histories.set(jitted, history);
  return jitted;
};

const placeholder = /* @__PURE__ */ scalarTensor(0, "float32");

/** A tree that keeps no tensor alive. */
const withoutElements = ({ structure, root, leaves }: Flattened): Flattened => ({
  structure,
  root,
  leaves: leaves.map((leaf) => (leaf instanceof Value ? placeholder : leaf)),
});

const matches = (trace: Trace, opened: Tensors, statics: readonly unknown[]): boolean =>
  trace.avals.length === opened.tensors.length &&
  trace.avals.every((aval, index) => sameAval(aval, opened.tensors[index] as Value)) &&
  trace.statics.every((value, index) => Object.is(value, statics[index])) &&
  sameStructure(trace.args.structure, opened.structure) &&
  trace.args.leaves.every(
    (leaf, index) =>
      leaf instanceof Value === opened.leaves[index] instanceof Value &&
      (leaf instanceof Value || Object.is(leaf, opened.leaves[index])),
  );

/** A static argument is compared by identity, so it must be something that is the same at the next call. */
const staticArg = (args: readonly unknown[], position: number): unknown => {
  const value = args[position];
  if (value === null || typeof value !== "object") return value;
  throw tensorError({
    kind: "InvalidArgument",
    operation: "jit",
    problem:
      "a static argument must be a string, number, boolean, null or function: others differ from call to call, and would be traced each time",
    found: [["got", describe(value)]],
    path: `arguments[${position}]`,
    fix:
      value instanceof Value
        ? "leave it out of staticArgs: tensors are traced"
        : "pass its fields one by one, or close over it",
  });
};

/** The first thing in which a call differs from the last trace. */
const differenceFrom = (
  trace: Trace,
  opened: Tensors,
  statics: readonly unknown[],
  positions: readonly number[],
): string => {
  const other = trace.statics.findIndex((value, index) => !Object.is(value, statics[index]));
  if (other >= 0)
    return `static argument ${positions[other] ?? other} changed from ${describe(trace.statics[other])} to ${describe(statics[other])}`;
  if (!sameStructure(trace.args.structure, opened.structure))
    return `the tree changed from ${showStructure(trace.args.structure)} to ${showStructure(opened.structure)}`;
  const paths = pathsOf(opened);
  let tensor = 0;
  for (const [index, leaf] of opened.leaves.entries()) {
    const before = trace.args.leaves[index];
    if (leaf instanceof Value) {
      const aval = trace.avals[tensor++];
      if (aval !== undefined && before instanceof Value && !sameAval(aval, leaf))
        return `${paths[index] ?? ""} changed from ${showAval(aval)} to ${showAval(leaf)}`;
    }
    if (
      leaf instanceof Value !== before instanceof Value ||
      (!(leaf instanceof Value) && !Object.is(before, leaf))
    ) {
      return `${paths[index] ?? ""} changed from ${before instanceof Value ? "a tensor" : describe(before)} to ${leaf instanceof Value ? "a tensor" : describe(leaf)}`;
    }
  }
  return "it closes over a value of a transformation that runs, so its trace is not kept";
};

/**
 * Why a jitted function was traced, one line a trace: the first call, and what differed from the trace before.
 *
 * @throws TensorError when it is no jitted function.
 * @example
 * ```ts
 * import { explainRetrace, jit, sin, zeros } from "@cotangent/core";
 *
 * const f = jit(sin);
 * f(zeros([2]));
 * f(zeros([3]));
 * explainRetrace(f); // ["the first call", "arguments[0] changed from float32[2] to float32[3]"]
 * ```
 */
export const explainRetrace = (jitted: (...args: never[]) => unknown): readonly string[] => {
  const history = histories.get(jitted);
  if (history !== undefined) return history.slice();
  throw tensorError({
    kind: "InvalidArgument",
    operation: "explainRetrace",
    problem: "the function was not made by jit",
    fix: "give what jit returned",
  });
};
