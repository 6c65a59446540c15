/** Equations with code of their own: contractions, convolutions, rows by index, loops and branches, and kernels outside of the module. */

import type { Equation } from "../program/program.js";
import type { CodeBlock } from "./code-block.js";
import { writeContraction } from "./contraction.js";
import { writeConvolution } from "./convolution.js";
import { writeBranches } from "./branches.js";
import { writeGather, writeScatterAdd } from "./gather.js";
import { writeHostKernel } from "./host-kernel.js";
import { writeScan } from "./scan-loop.js";
import { writeWhile } from "./while-loop.js";

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
