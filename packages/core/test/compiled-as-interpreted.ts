/** The law of the compiler: its results are the interpreter's, to the rounding that the interpreter is granted too. */

import { programToString } from "../src/program/print.js";
import type { Program } from "../src/program/program.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { showAval } from "../src/tensor/shape.js";
import { measured } from "../src/testing/against-float64.js";
import type { Compile } from "../src/compile/compiled-program.js";
import { compiledRunner, coreOf } from "./run-compiled.js";

/** How a program was: compared, or of no use, since nothing is computed or rounding decides what it gives. */
export type Comparison = "compared" | "empty" | "undecided";

/** Compares a compiled program with the interpreted one, on arguments. */
export type Compare = (args: readonly ArrayTensor[]) => Comparison;

/**
 * Compiles a program, and compares what it gives with what the interpreter gives, both measured against float64: to so many
 * places of the last bit.
 *
 * @throws Error with the element that differs, and the program.
 */
export const comparison = (program: Program, compile?: Compile, places?: number): Compare => {
  const parts = coreOf(program);
  if (parts === undefined) return () => "empty";
  const { core, read } = parts;
  const run = compiledRunner(core, compile);
  return (args) => {
    const chosen = read.map((place) => args[place] as ArrayTensor); // an argument for each input
    const differenceOf = measured(core, chosen, places);
    if (differenceOf === undefined) return "undecided";
    const { status, outputs } = run(chosen);
    if (status !== 0) throw new Error(`check ${status} fails\n${programToString(core)}`);
    outputs.forEach((output, index) => {
      const difference = differenceOf(output, index);
      if (difference !== undefined)
        throw new Error(`output ${index}, ${showAval(output)}, ${difference}\n${programToString(core)}`);
    });
    return "compared";
  };
};

export const compareCompiled = (program: Program, args: readonly ArrayTensor[]): Comparison =>
  comparison(program)(args);
