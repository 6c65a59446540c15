/** What code of single equations sees of the block that it is written in. */

import type { Program } from "../program/program.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";
import type { Statement } from "../wasm/expression.js";
import type { Expansion } from "./expand.js";
import type { FunctionWriter } from "./function-writer.js";
import type { Lane } from "./lanes.js";
import type { LoopJob } from "./loop-job.js";
import type { BufferStorage, Piece, Storage, Strided } from "./storage.js";

/** The code of one program in the making, as those who write parts of it see it. */
export interface CodeBlock {
  readonly statements: Statement[];
  readonly writer: FunctionWriter;
  /** Where a value is. */
  storageOf(value: Value): Storage;
  /** A value in memory. */
  bufferOf(value: Value): BufferStorage;
  /** The elements of a small value, one a variable. */
  lanesOf(value: Value): readonly Lane[];
  /** What is added to the place of a row of a value to give the row, if it is that: such rows need not be stored. */
  rowNumber(value: Value): number | undefined;
  /** A view of a stored value, for code that walks it by itself. */
  strided(value: Value): Strided;
  /** A new buffer in scratch. */
  allocate(aval: Aval): BufferStorage;
  /** Gives back a buffer of this block that nothing reads any more. */
  giveBack(buffer: BufferStorage): void;
  /** Where the result of an equation shall go. */
  resultBuffer(output: Aval & { readonly index: number }): BufferStorage;
  setStorage(index: number, storage: Storage): void;
  /** Says where the elements of variables are in memory too. */
  remember(storage: Storage, memory: BufferStorage): void;
  /** One number everywhere. */
  fill(value: number, buffer: BufferStorage): void;
  /** Copies elements in row-major order. */
  copyTo(storage: Storage, target: BufferStorage): void;
  /** A loop over a domain that copies elements from place to place. */
  writeCopy(source: Strided, domain: Shape, to: Strided): void;
  /** Writes loops. */
  loops(job: LoopJob): void;
  /** Elements of values at places of so many loops, for code that computes them where it needs them. */
  expansion(rank: number): Expansion;
  /** The block of a program that an equation holds, in a function; targets say where its outputs go. */
  inner(
    program: Program,
    writer: FunctionWriter,
    inputs: readonly Storage[],
    targets?: readonly (BufferStorage | undefined)[],
  ): InnerBlock;
}

/** Loops that follow an equation, and write to none of the pieces that it reads; in an expansion, if it is of one. */
export type Follow = (operands: readonly (Piece | undefined)[], expansion?: Expansion) => LoopJob;

/** The code of a program that an equation holds. */
export interface InnerBlock extends CodeBlock {
  /** Writes everything; gives where the outputs are. */
  write(): readonly Storage[];
  /** Gives back the scratch of what is left, when nothing of the block is read any more. */
  release(): void;
}
