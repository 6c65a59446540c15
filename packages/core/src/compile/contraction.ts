/** Contractions as products of matrices: batch axes, free axes and contracted axes each become one. */

import type { Equation } from "../program/program.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import { run } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import { matrixProduct } from "../wasm/matrix-product/matrix-product.js";
import type { CodeBlock, Follow } from "./code-block.js";
import { contractionAxes } from "./contract-indices.js";
import { addressIn, addressOf } from "./copy.js";
import { oneStep } from "./one-step.js";
import { productEpilogue } from "./product-epilogue.js";
import type { BufferStorage } from "./storage.js";

/** An operand as a batch of matrices: steps in elements. */
interface Side {
  readonly buffer: BufferStorage;
  readonly start: number;
  readonly batch: number;
  readonly free: number;
  readonly depth: number;
}

/** Where loops follow it, its place is known, and they run on each block while it is near. */
export const writeContraction = (block: CodeBlock, equation: Equation, follow?: Follow): void => {
  const output = equation.outputs[0] as (typeof equation.outputs)[0] & object; // it gives one value
  const axes = contractionAxes(equation);
  const { rows, columns } = axes;
  const left = sideOf(block, axes.left);
  const right = sideOf(block, axes.right);
  const result = follow === undefined ? block.resultBuffer(output) : block.bufferOf(output);
  const { module, base } = block.writer;
  const pieces = [left, right].map(({ buffer }) => buffer.piece);
  const job = follow?.(pieces);
  const epilogue = job && productEpilogue(block.writer, axes, result, job);
  const { procedure, scratchBytes } = matrixProduct(module.procedures, {
    rows,
    columns,
    depth: axes.depth,
    batch: axes.batch,
    left: { rowStep: left.free, columnStep: left.depth, batchStep: left.batch },
    right: { rowStep: right.depth, columnStep: right.free, batchStep: right.batch },
    out: { rowStep: columns, columnStep: 1, batchStep: rows * columns },
    dtype: output.dtype as "float32", // of numbers
    epilogue: epilogue?.code,
  });
  const piece = module.scratch.take(scratchBytes);
  const addresses = [
    ...[left, right].map(({ buffer, start }) => addressIn(buffer, start)),
    addressOf(result),
    i32.add(base, piece.offset),
  ];
  block.statements.push(run(procedure, ...addresses, ...(epilogue?.operands ?? [])));
  module.scratch.give(piece);
};

const sideOf = (
  block: CodeBlock,
  { value, batch, free, depth }: ReturnType<typeof contractionAxes>["left"],
): Side => {
  const { buffer, at } = block.strided(value);
  const steps = [batch, free, depth].map((axes) => oneStep(value.shape, axes, at));
  const [batchStep, freeStep, depthStep] = steps;
  if (batchStep !== undefined && freeStep !== undefined && depthStep !== undefined)
    return { buffer, start: at.start, batch: batchStep, free: freeStep, depth: depthStep };
  // Axes that cannot be walked as one are laid out so that they can.
  const order = [...batch, ...free, ...depth];
  const shape = order.map((axis) => value.shape[axis] ?? 1);
  const copy = block.allocate({ shape, dtype: value.dtype });
  const source = { buffer, at: { start: at.start, steps: order.map((axis) => at.steps[axis] ?? 0) } };
  block.writeCopy(source, shape, { buffer: copy, at: { start: 0, steps: rowMajorStrides(shape) } });
  const deep = sizeOfShape(depth.map((axis) => value.shape[axis] ?? 1));
  const wide = sizeOfShape(free.map((axis) => value.shape[axis] ?? 1));
  return { buffer: copy, start: 0, batch: wide * deep, free: deep, depth: 1 };
};
