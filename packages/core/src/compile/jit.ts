/** jit: a function is traced once for each kind of arguments, and from then on its program runs, compiled. */

import type { Jit } from "../types/jit.js";
import type { Untyped } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import type { Backend } from "../program/backend.js";
import { programsIn } from "../program/nested.js";
import type { Program } from "../program/program.js";
import { simplify } from "../program/simplify.js";
import { ArrayTensor, scalarTensor } from "../tensor/array-tensor.js";
import { checkKept, donations } from "../tensor/donated.js";
import { Value } from "../tensor/value.js";
import { evaluate } from "../trace/evaluate.js";
import { currentInterpreter } from "../trace/interpreter.js";
import { describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { checkFunction, type UserFunction } from "../transforms/arguments.js";
import { checkGiven, checkPositions } from "../transforms/positions.js";
import { call } from "../transforms/call.js";
import { stageClosed } from "../transforms/closed.js";
import { scanPrimitive } from "../transforms/scan-primitive.js";
import { whilePrimitive } from "../transforms/while-loop.js";
import type { Flattened } from "../tree/flatten.js";
import { closeTree, openTree } from "../tree/tensors.js";
import { placeOf } from "./backends.js";
import { donate, donatedTensors } from "./donate.js";
import { reasonFor } from "./explain-retrace.js";
import { keepTraces, Traces, type Trace } from "./traces.js";
import { treeBuilder } from "./tree-builder.js";

interface Options {
  readonly donate?: unknown;
  readonly staticArgs?: unknown;
  readonly backend?: unknown;
}

/**
 * `f`, traced once for each structure, shapes and dtypes of its arguments: later calls run the compiled program.
 *
 * Numbers, booleans and strings in the arguments are constants of the trace, and so are tensors that `f` closes over. `f` must be
 * pure: what it does beside computing its result happens when it is traced. The result is differentiated, mapped and staged like `f`, and what is
 * derived from it runs compiled too.
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
export const jit: Jit<Backend> = (f: UserFunction, given?: Options): Untyped => {
  checkFunction("jit", f);
  const options = optionsOf("jit", given, ["donate", "staticArgs", "backend"]);
  const place = placeOf(options.backend);
  const donated = checkPositions("jit", "donate", options.donate);
  const statics = checkPositions("jit", "staticArgs", options.staticArgs);
  checkApart(donated, statics);
  const label = f.name === "" ? "anonymous" : f.name;
  const traces: Traces = new Traces(label, place, (args) => traceFor(f, traces, args, statics, donated));
  const jitted = (...args: readonly unknown[]): unknown => {
    const found = traces.find(args);
    if (found !== undefined) return runTrace(traces, found.trace, found.tensors);
    const { trace, captured, tensors } = traces.traceFor(args);
    if (captured.length === 0) return runTrace(traces, trace, tensors);
    // For one run a module is worth its making only where something in it runs many times.
    const how = hasLoop(trace.program) ? { backend: place } : {};
    return trace.close(call(label, trace.program, [...captured, ...tensors], how));
  };
  keepTraces(jitted, traces);
  return jitted;
};

const runTrace = (
  { label, place }: Traces,
  { program, close, donated }: Trace,
  tensors: readonly Value[],
): unknown => {
  if (currentInterpreter() !== evaluate || !areArrays(tensors))
    return close(call(label, program, tensors, { backend: place }));
  if (donations.any) for (const tensor of tensors) checkKept(`jit(${label})`, tensor);
  const outputs = place.run(program, tensors, donated);
  return close(donated === undefined ? outputs : donate(label, tensors, donated, outputs));
};

const hasLoop = ({ equations }: Program): boolean =>
  equations.some(
    ({ primitive, params }) =>
      primitive === scanPrimitive || primitive === whilePrimitive || programsIn(params).some(hasLoop),
  );

const areArrays = (tensors: readonly Value[]): tensors is readonly ArrayTensor[] => {
  for (const tensor of tensors) if (!(tensor instanceof ArrayTensor)) return false;
  return true;
};

/** Traces a function for the arguments of a call. What it captured of a transformation that runs ends with it: such a trace is for this call alone. */
const traceFor = (
  f: UserFunction,
  traces: Traces,
  args: readonly unknown[],
  staticArgs: readonly number[],
  donated: readonly number[],
): ReturnType<Traces["traceFor"]> => {
  checkGiven(`jit(${traces.label})`, "donate", donated, args);
  checkGiven(`jit(${traces.label})`, "staticArgs", staticArgs, args);
  const statics = staticArgs.map((position) => [position, staticArg(traces.label, args, position)] as const);
  const traced =
    staticArgs.length === 0
      ? args
      : args.map((arg, position) => (staticArgs.includes(position) ? null : arg));
  const opened = openTree("jit", traced, "arguments");
  const withStatics = (...chosen: readonly unknown[]): unknown =>
    f(...(chosen.map((arg, position) => (staticArgs.includes(position) ? args[position] : arg)) as never[])); // as they were given
  const { program, captured, output } = stageClosed(
    "jit",
    withStatics,
    closeTree(opened, opened.tensors) as readonly unknown[], // the list of arguments
  );
  traces.note(reasonFor(traces, opened, args));
  const trace: Trace = {
    key: {
      tree: withoutElements(opened),
      avals: opened.tensors.map(({ shape, dtype }) => ({ shape, dtype })),
      statics,
    },
    program: simplify(program),
    close: treeBuilder(output),
    donated: captured.length === 0 ? donatedTensors(opened, donated) : undefined,
  };
  if (captured.length === 0) traces.keep(trace);
  return { trace, captured, tensors: opened.tensors };
};

const placeholder = /* @__PURE__ */ scalarTensor(0, "float32");

/** A tree that keeps no tensor alive. */
const withoutElements = ({ structure, root, leaves }: Flattened): Flattened => ({
  structure,
  root,
  leaves: leaves.map((leaf) => (leaf instanceof Value ? placeholder : leaf)),
});

const checkApart = (donated: readonly number[], statics: readonly number[]): void => {
  const both = donated.find((position) => statics.includes(position));
  if (both === undefined) return;
  throw tensorError({
    kind: "InvalidArgument",
    operation: "jit",
    problem: `argument ${both} is static and donated`,
    fix: "donate tensors alone, and make other arguments static alone",
  });
};

/** A static argument is compared by identity, so it must be something that is the same at the next call. */
const staticArg = (label: string, args: readonly unknown[], position: number): unknown => {
  const value = args[position];
  if (value === null || typeof value !== "object") return value;
  throw tensorError({
    kind: "InvalidArgument",
    operation: `jit(${label})`,
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
