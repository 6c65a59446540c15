/** The law of the compiler: its results are the interpreter's, to the rounding that the interpreter is granted too. */

import { programsIn } from "../src/program/nested.js";
import { programToString } from "../src/program/print.js";
import type { Program } from "../src/program/program.js";
import { ArrayTensor, contiguousTensor } from "../src/tensor/array-tensor.js";
import { isFloating } from "../src/tensor/dtype.js";
import { showAval } from "../src/tensor/shape.js";
import type { Value } from "../src/tensor/value.js";
import { elementsOf } from "../src/testing/elements-of.js";
import { WideInterpreter } from "../src/testing/wide.js";
import { evaluate } from "../src/trace/evaluate.js";
import { runWith } from "../src/trace/interpreter.js";
import { evaluateProgram } from "../src/transforms/call.js";
import { runProgram } from "../src/transforms/run-program.js";
import type { Compile } from "../src/compile/compiled-program.js";
import { compiledRunner, coreOf } from "./run-compiled.js";

/** How a program was: compared, or of no use, since nothing is computed or rounding decides what it gives. */
export type Comparison = "compared" | "empty" | "undecided";

/** Every result of every equation, then the outputs. */
const withAll = (program: Program): Program => ({
  ...program,
  outputs: [...program.equations.flatMap(({ outputs }) => outputs), ...program.outputs],
});

/** The values of a program whose float32 are float64 instead. */
const inFloat64 = (program: Program, args: readonly ArrayTensor[]): readonly ArrayTensor[] => {
  const interpreter = new WideInterpreter(evaluate);
  try {
    const inputs = args.map((x) =>
      x.dtype === "float32" ? interpreter.present(contiguousTensor(elementsOf(x), x.shape, "float64")) : x,
    );
    return runWith(interpreter, () => runProgram(program, inputs)).map(
      (value: Value) => interpreter.held(value) as ArrayTensor, // evaluated at once
    );
  } finally {
    interpreter.active = false;
  }
};

/** Primitives whose results jump where their operands are rounded. */
const jumps = new Set(["floor", "ceil", "round", "sign", "mod", "trunc"]);

const hasNested = (program: Program): boolean =>
  program.equations.some(({ params }) => programsIn(params).length > 0);

/** Whether rounding decides: an integer, a bool, or what jumps is another in float64, or a number is not one there. */
const isDecided = (
  program: Program,
  narrow: readonly ArrayTensor[],
  wide: readonly ArrayTensor[],
): boolean => {
  const names = program.equations.flatMap(({ primitive, outputs }) => outputs.map(() => primitive.name));
  return narrow.every((x, index) => {
    const exact = wide[index];
    if (exact === undefined) return false;
    const [a, b] = [elementsOf(x), elementsOf(exact)];
    const scale = largest([b]);
    return a.every((one, place) => {
      const other = b[place] ?? 0;
      if (Object.is(one, other) || one === other) return true;
      if (!isFloating(x.dtype) || !Number.isFinite(one) || !Number.isFinite(other)) return false;
      if (jumps.has(names[index] ?? "")) return Math.abs(one - other) < 0.01;
      // What a loop or a branch decides inside shows in how far its results are from each other.
      return !hasNested(program) || Math.abs(one - other) <= 1e-3 * scale;
    });
  });
};

/** Whether a product has infinite and tiny factors: whether the tiny ones come to 0 first is a matter of order. */
const dependsOnOrder = (
  program: Program,
  results: readonly ArrayTensor[],
  args: readonly ArrayTensor[],
): boolean =>
  program.equations.some(({ primitive, inputs }) => {
    const [input] = inputs;
    if (primitive.name !== "prod" || input === undefined) return false;
    const place = program.outputs.indexOf(input);
    const tensor =
      input instanceof ArrayTensor ? input : (results[place] ?? args[program.inputs.indexOf(input as never)]);
    if (tensor === undefined) return false;
    const sizes = [...elementsOf(tensor)].map(Math.abs);
    return sizes.includes(Infinity) && sizes.some((size) => size > 0 && size < 1e-18);
  });

const largest = (lists: readonly Float64Array[]): number => {
  let found = 0;
  for (const list of lists)
    for (const element of list) if (Number.isFinite(element)) found = Math.max(found, Math.abs(element));
  return found;
};

/** A place of the last bit of a number of a dtype, at most the least normal number's. */
const lastPlace = (x: number, dtype: string): number =>
  dtype === "float32"
    ? 2 ** (Math.floor(Math.log2(Math.max(x, 2 ** -126))) - 23)
    : 2 ** (Math.floor(Math.log2(Math.max(x, 2 ** -1022))) - 52);

/** Compares a compiled program with the interpreted one, on arguments. */
export type Compare = (args: readonly ArrayTensor[]) => Comparison;

/**
 * Compiles a program, and compares what it gives with what the interpreter gives, both measured against float64.
 *
 * @throws Error with the element that differs, and the program.
 */
export const comparison = (program: Program, compile?: Compile): Compare => {
  const parts = coreOf(program);
  if (parts === undefined) return () => "empty";
  const { core, read } = parts;
  const all = withAll(core);
  const run = compiledRunner(core, compile);
  return (args) => {
    const chosen = read.map((place) => args[place] as ArrayTensor); // an argument for each input
    const narrow = evaluateProgram(all, chosen);
    const wide = inFloat64(all, chosen);
    if (!isDecided(all, narrow, wide) || dependsOnOrder(all, narrow, chosen)) return "undecided";
    const scale = largest([...wide, ...chosen].map(elementsOf));
    const first = narrow.length - core.outputs.length;
    const { status, outputs } = run(chosen);
    if (status !== 0) throw new Error(`check ${status} fails\n${programToString(core)}`);
    outputs.forEach((output, index) => {
      const [interpreted, exact] = [narrow[first + index], wide[first + index]];
      if (interpreted === undefined || exact === undefined) throw new Error("a result is missing");
      const difference = differenceOf(output, interpreted, exact, scale);
      if (difference !== undefined)
        throw new Error(`output ${index}, ${showAval(output)}, ${difference}\n${programToString(core)}`);
    });
    return "compared";
  };
};

const differenceOf = (
  output: ArrayTensor,
  interpreted: ArrayTensor,
  exact: ArrayTensor,
  scale: number,
): string | undefined => {
  const [got, expected, wide] = [elementsOf(output), elementsOf(interpreted), elementsOf(exact)];
  const ulp = lastPlace(scale, output.dtype);
  const place = got.findIndex((x, at) => {
    const [e, w] = [expected[at] ?? NaN, wide[at] ?? NaN];
    if (Object.is(x, e) || x === e) return false;
    if (!isFloating(output.dtype) || !Number.isFinite(x) || !Number.isFinite(e)) return true;
    return !(Math.abs(x - w) <= 2 * Math.abs(e - w) + 4 * ulp);
  });
  if (place < 0) return undefined;
  return `at ${place} is ${got[place]} compiled, ${expected[place]} interpreted and ${wide[place]} in float64`;
};

export const compareCompiled = (program: Program, args: readonly ArrayTensor[]): Comparison =>
  comparison(program)(args);
