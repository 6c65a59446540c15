/** Contractions as products of matrices: batch axes, free axes and contracted axes each become one. */

import type { ContractParams } from "../primitives/contract.js";
import { freeAxes } from "../primitives/contract.js";
import type { Affine } from "../program/lowering.js";
import type { Equation } from "../program/program.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";
import { run } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import { matrixProduct } from "../wasm/matrix-product/matrix-product.js";
import type { CodeBlock } from "./code-block.js";
import { addressOf } from "./copy.js";
import type { BufferStorage } from "./storage.js";

/** An operand as a batch of matrices: steps in elements. */
interface Side {
  readonly buffer: BufferStorage;
  readonly start: number;
  readonly batch: number;
  readonly free: number;
  readonly depth: number;
}

export const writeContraction = (block: CodeBlock, { inputs, outputs, params }: Equation): void => {
  const [x, y] = inputs as readonly [Value, Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const { contracted, batch } = params as ContractParams; // of a contraction
  const lefts = freeAxes(x.shape.length, contracted[0], batch[0]);
  const rights = freeAxes(y.shape.length, contracted[1], batch[1]);
  const left = sideOf(block, x, batch[0], lefts, contracted[0]);
  const right = sideOf(block, y, batch[1], rights, contracted[1]);
  const result = block.resultBuffer(output);
  const lengths = (shape: Shape, axes: readonly number[]): number =>
    sizeOfShape(axes.map((axis) => shape[axis] ?? 1));
  const rows = lengths(x.shape, lefts);
  const columns = lengths(y.shape, rights);
  const { module, base } = block.writer;
  const { procedure, scratchBytes } = matrixProduct(module.procedures, {
    rows,
    columns,
    depth: lengths(x.shape, contracted[0]),
    batch: lengths(x.shape, batch[0]),
    left: { rowStep: left.free, columnStep: left.depth, batchStep: left.batch },
    right: { rowStep: right.depth, columnStep: right.free, batchStep: right.batch },
    out: { rowStep: columns, columnStep: 1, batchStep: rows * columns },
    dtype: output.dtype as "float32", // of numbers
    fused: module.fused,
  });
  const piece = module.scratch.take(scratchBytes);
  const address = ({ buffer, start }: Side) =>
    addressOf({ pointer: buffer.pointer, offset: buffer.offset + start * sizeOfElement(buffer) });
  block.statements.push(
    run(procedure, address(left), address(right), addressOf(result), i32.add(base, piece.offset)),
  );
  module.scratch.give(piece);
};

const sizeOfElement = ({ dtype }: BufferStorage): number => (dtype === "float64" ? 8 : 4);

const sideOf = (
  block: CodeBlock,
  value: Value,
  batch: readonly number[],
  free: readonly number[],
  depth: readonly number[],
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

/** The step of some axes, walked in order as one; undefined if they jump. */
const oneStep = (shape: Shape, axes: readonly number[], { steps }: Affine): number | undefined => {
  const long = axes.filter((axis) => shape[axis] !== 1);
  const fits = long.every((axis, index) => {
    const next = long[index + 1];
    return next === undefined || (steps[axis] ?? 0) === (steps[next] ?? 0) * (shape[next] ?? 1);
  });
  return fits ? (steps[long.at(-1) ?? -1] ?? 0) : undefined;
};
