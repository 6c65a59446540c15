/** Loops over a product's result as the product's epilogue: what they access are matrices that are walked with it. */

import { bytesOf } from "../tensor/dtype.js";
import type { Expression, Variable } from "../wasm/expression.js";
import type { Epilogue, MatrixBlock } from "../wasm/matrix-product/spec.js";
import { addressIn } from "./copy.js";
import type { FunctionWriter } from "./function-writer.js";
import type { LoopJob } from "./loop-job.js";
import { writeLoops } from "./loops.js";
import { accessesOf, movedJob } from "./moved-job.js";
import { matrixSteps, productAxes } from "./product-axes.js";
import type { BufferStorage, Strided } from "./storage.js";

interface ProductEpilogue {
  readonly code: Epilogue;
  /** What the product's procedure is given besides. */
  readonly operands: readonly Expression[];
}

/**
 * The epilogue of a product of these lengths whose result loops follow, and what its procedure has to be given for it.
 *
 * @throws TypeError where the loops do not follow the product.
 */
export const productEpilogue = (
  { module }: FunctionWriter,
  lengths: { readonly batch: number; readonly rows: number; readonly columns: number },
  result: BufferStorage,
  job: LoopJob,
): ProductEpilogue => {
  const accesses = accessesOf(job);
  const product = accesses.find(
    ({ buffer }) => buffer.pointer === result.pointer && buffer.offset === result.offset,
  );
  const axes = product && productAxes(lengths, job.domain, product.at);
  const matrices = accesses.map(({ buffer, at }) => {
    const steps = axes && matrixSteps(job.domain, at, axes);
    if (steps === undefined) throw new TypeError("an epilogue does not follow its product");
    return { ...steps, bytes: bytesOf(buffer.dtype) };
  });
  const parameters = givenVariables(job);
  const blockJob = (rows: number, columns: number, blocks: readonly MatrixBlock[]): LoopJob =>
    movedJob(job, {
      domain: [rows, columns],
      index: () => {
        throw new TypeError("an epilogue counts");
      },
      access: (access) => blockOf(access, blocks[accesses.indexOf(access)]),
    });
  return {
    operands: [...accesses.map(({ buffer, at }) => addressIn(buffer, at.start)), ...parameters],
    code: {
      name: `epilogue ${module.functions++}`,
      matrices,
      parameters,
      block: (rows, columns, blocks) => [writeLoops(blockJob(rows, columns, blocks), module.numbers)],
    },
  };
};

const blockOf = ({ buffer }: Strided, block: MatrixBlock | undefined): Strided => {
  if (block === undefined) throw new TypeError("an epilogue has no such matrix");
  const { address, rowStep, columnStep } = block;
  return {
    buffer: { ...buffer, pointer: address, offset: 0, piece: undefined },
    at: { start: 0, steps: [rowStep, columnStep] },
  };
};

/** The numbers that loops are given in variables. */
const givenVariables = ({ graph }: LoopJob): readonly Variable[] => {
  const variables = new Map<unknown, Variable>();
  for (const node of graph.nodes) {
    if (node.kind !== "given" || !("variable" in node.lane.value)) continue;
    const value = node.lane.value as Variable; // it names one
    variables.set(value.variable, value);
  }
  return [...variables.values()];
};
