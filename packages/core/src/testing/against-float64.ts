/** A program's results, interpreted and in float64: what another way to run it is measured against. */

import { programsIn } from "../program/nested.js";
import type { Program } from "../program/program.js";
import { ArrayTensor, contiguousTensor } from "../tensor/array-tensor.js";
import { isFloating } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { evaluate } from "../trace/evaluate.js";
import { runWith } from "../trace/interpreter.js";
import { evaluateProgram } from "../transforms/call.js";
import { runProgram } from "../transforms/run-program.js";
import { elementsOf } from "./elements-of.js";
import { largest, waysOf } from "./ways.js";
import { WideInterpreter } from "./wide.js";

/** Where an output is too far from what it should be, in words, or nothing. */
export type DifferenceOf = (output: ArrayTensor, index: number) => string | undefined;

/**
 * Measures outputs of a program on arguments: at most twice the interpreter's distance from float64 is allowed, and some places
 * of the last bit of the largest floating value on the way to the output. Nothing where rounding decides what the program gives.
 */
export const measured = (
  program: Program,
  args: readonly ArrayTensor[],
  places = 4,
): DifferenceOf | undefined => {
  const all = withAll(program);
  const narrow = evaluateProgram(all, args);
  const wide = inFloat64(all, args);
  if (!isDecided(all, narrow, wide) || dependsOnOrder(all, narrow, args)) return undefined;
  const waysTo = waysOf(program, wide, args);
  const first = narrow.length - program.outputs.length;
  return (output, index) => {
    const [interpreted, exact] = [narrow[first + index], wide[first + index]];
    if (interpreted === undefined || exact === undefined) return "is one too many";
    const { scale, isNarrow } = waysTo(program.outputs[index] as Value); // as there are results
    return differenceOf(
      output,
      interpreted,
      exact,
      places * lastPlace(scale, isNarrow ? "float32" : output.dtype),
    );
  };
};

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
  const isNested = hasNested(program);
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
      return !isNested || Math.abs(one - other) <= 1e-3 * scale;
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

/** A place of the last bit of a number of a dtype, at most the least normal number's. */
const lastPlace = (x: number, dtype: string): number =>
  dtype === "float32"
    ? 2 ** (Math.floor(Math.log2(Math.max(x, 2 ** -126))) - 23)
    : 2 ** (Math.floor(Math.log2(Math.max(x, 2 ** -1022))) - 52);

const differenceOf = (
  output: ArrayTensor,
  interpreted: ArrayTensor,
  exact: ArrayTensor,
  allowed: number,
): string | undefined => {
  const [got, expected, wide] = [elementsOf(output), elementsOf(interpreted), elementsOf(exact)];
  const place = got.findIndex((x, at) => {
    const [e, w] = [expected[at] ?? NaN, wide[at] ?? NaN];
    if (Object.is(x, e) || x === e) return false;
    if (!isFloating(output.dtype) || !Number.isFinite(x) || !Number.isFinite(e)) return true;
    return !(Math.abs(x - w) <= 2 * Math.abs(e - w) + allowed);
  });
  if (place < 0) return undefined;
  return `at ${place} is ${got[place]} compiled, ${expected[place]} interpreted and ${wide[place]} in float64`;
};
