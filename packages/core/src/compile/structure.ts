/** Equations with code of their own: contractions, convolutions, rows by index, loops and branches, and kernels outside of the module. */

import type { Equation } from "../program/program.js";
import type { CodeBlock, Follow } from "./code-block.js";
import { writeArgExtremum } from "./arg-extremum.js";
import { writeContraction } from "./contraction.js";
import { writeConvolution } from "./convolution.js";
import { writeBranches } from "./branches.js";
import { writeCumulation } from "./cumulative.js";
import { writeGather, writeScatterAdd } from "./gather.js";
import { writeHostKernel } from "./host-kernel.js";
import { writeScan } from "./scan-loop.js";
import { writeArgSort } from "./sort.js";
import { writeWindow } from "./window.js";
import { writeWhile } from "./while-loop.js";

/**
 * The same, followed block by block by loops: these are made when what the equation reads is known, with the expansion
 * of the loops where its elements are, if it has no buffer.
 */
export const writeFollowed = (
  block: CodeBlock,
  equation: Equation,
  isKept: boolean,
  follow: Follow,
): void => {
  switch (equation.primitive.lower.kind) {
    case "contract":
      writeContraction(block, equation, follow);
      return;
    case "convolve":
      writeConvolution(block, equation, follow);
      return;
    default:
      writeGather(block, equation, { follow, isKept });
  }
};

/** Writes an equation that has code of its own instead of a loop over elements. */
export const writeStructure = (block: CodeBlock, equation: Equation): void => {
  switch (equation.primitive.lower.kind) {
    case "contract":
      writeContraction(block, equation);
      return;
    case "convolve":
      writeConvolution(block, equation);
      return;
    case "gather":
      writeGather(block, equation);
      return;
    case "scatterAdd":
      writeScatterAdd(block, equation);
      return;
    case "cumulate":
      writeCumulation(block, equation);
      return;
    case "argSort":
      writeArgSort(block, equation);
      return;
    case "argExtremum":
      writeArgExtremum(block, equation, equation.primitive.lower.reducer);
      return;
    case "window":
      writeWindow(block, equation, equation.primitive.lower.of);
      return;
    case "scan":
      writeScan(block, equation);
      return;
    case "while":
      writeWhile(block, equation);
      return;
    case "cond":
      writeBranches(block, equation);
      return;
    default:
      writeHostKernel(block, equation);
  }
};
