/**
 * Results that need not be copied when their block has to go, since they can be made again: programs are pure, and tensors immutable. Most such results
 * nobody asks for any more, but a program that has not returned to its event loop cannot be told so.
 *
 * That is so where it costs little, and keeps little alive: the elements of the program are cheap, and all that it is given is on the
 * JavaScript heap, and is not much more than the result. So no result keeps a history of others alive.
 */

import { donations, isGivenAway } from "../tensor/donated.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { elsewhereOf } from "../tensor/unread.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { CompiledProgram } from "./compiled-program.js";
import type { Block } from "./heap.js";

/** To make an element again is at most so many additions: two functions and some, about five times what it takes to copy one. */
const mostWork = 32;
/** What is kept alive has at most so many times the bytes of the result. */
const mostKept = 2;

/** What can run again. */
export interface Repeatable {
  /**
   * Computes the large outputs again; `keep` is given the block of one.
   *
   * @throws TensorError when there is no room.
   */
  remake(inputs: readonly ArrayTensor[], largeOutput: number, keep: (block: Block) => void): void;
}

/** How to make a large output of a call again. */
export class Recipe {
  constructor(
    private readonly executable: Repeatable,
    private readonly inputs: readonly ArrayTensor[],
    private readonly largeOutput: number,
  ) {}

  /** Whether nothing was donated since that it would keep alive. */
  get isIntact(): boolean {
    return !donations.any || !this.inputs.some(({ data }) => isGivenAway(data));
  }

  /** @throws TensorError when there is no room. */
  remake(keep: (block: Block) => void): void {
    this.executable.remake(this.inputs, this.largeOutput, keep);
  }
}

/** The most bytes of arguments that an output of a program may keep alive to be made again; negative where it never is. */
export const mostArgumentBytes = ({ work, constants }: CompiledProgram, { shape, dtype }: Aval): number => {
  const size = sizeOfShape(shape);
  if (work > mostWork * size) return -1;
  return constants.reduce(
    (bytes, constant) => bytes - sizeOfShape(constant.shape) * bytesOf(constant.dtype),
    mostKept * size * bytesOf(dtype),
  );
};

/** The bytes that tensors keep alive on the JavaScript heap; Infinity where the elements of one are elsewhere. */
export const bytesOnHeap = (tensors: readonly ArrayTensor[]): number => {
  let bytes = 0;
  for (const x of tensors) {
    if (elsewhereOf(x) !== undefined) return Infinity;
    bytes += x.data.buffer.byteLength;
  }
  return bytes;
};
