/** Where values are while a module runs: in buffers of the memory, or, the small ones, in variables. */

import type { Affine } from "../program/lowering.js";
import type { DType, Shape } from "../types/tensor.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Expression } from "../wasm/expression.js";
import type { Lane } from "./lanes.js";

/** Row-major elements at `pointer + offset` bytes. */
export interface BufferStorage {
  readonly kind: "buffer";
  readonly shape: Shape;
  readonly dtype: DType;
  readonly pointer: Expression<"i32">;
  readonly offset: number;
  /** The piece of scratch that it lies in, which is given back when nothing reads it any more. */
  readonly piece: Piece | undefined;
}

/** Elements of a buffer as a sum over indices. */
export interface Strided {
  readonly buffer: BufferStorage;
  readonly at: Affine;
}

/** Row-major elements, one a variable. */
export interface LaneStorage {
  readonly kind: "lanes";
  readonly shape: Shape;
  readonly dtype: DType;
  readonly lanes: readonly Lane[];
}

/** Where a value is: in memory, or in variables. */
export type Storage = BufferStorage | LaneStorage;

/** A part of the scratch. */
export interface Piece {
  readonly offset: number;
  readonly bytes: number;
}

/** The strides of the elements of a buffer. */
export const stridesOf = (buffer: BufferStorage): readonly number[] => rowMajorStrides(buffer.shape);

/** The bytes that a value takes, with room to read whole vectors. */
export const storedBytes = ({ shape, dtype }: Aval): number =>
  roundUp(sizeOfShape(shape) * bytesOf(dtype), 16);

/** The least multiple of a step that is not below a value. */
export const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Hands out pieces of scratch while a module is written: what is free at a place in the code, can be used there. */
export class Scratch {
  private free: Piece[] = [];
  private end: number;

  constructor(start: number) {
    this.end = roundUp(start, 16);
  }

  /** The most that was ever in use. */
  get bytes(): number {
    return this.end;
  }

  take(bytes: number): Piece {
    const size = Math.max(16, roundUp(bytes, 16));
    // The smallest that fits.
    let best: Piece | undefined;
    for (const piece of this.free) {
      if (piece.bytes >= size && (best === undefined || piece.bytes < best.bytes)) best = piece;
    }
    if (best === undefined) {
      const last = this.free.find((piece) => piece.offset + piece.bytes === this.end);
      const offset = last === undefined ? this.end : last.offset;
      if (last !== undefined) this.free = this.free.filter((piece) => piece !== last);
      this.end = offset + size;
      return { offset, bytes: size };
    }
    const taken = best;
    this.free = this.free.filter((piece) => piece !== taken);
    if (taken.bytes > size) this.free.push({ offset: taken.offset + size, bytes: taken.bytes - size });
    return { offset: taken.offset, bytes: size };
  }

  give(piece: Piece): void {
    const before = this.free.find((other) => other.offset + other.bytes === piece.offset);
    const behind = this.free.find((other) => other.offset === piece.offset + piece.bytes);
    const offset = before?.offset ?? piece.offset;
    const end = behind === undefined ? piece.offset + piece.bytes : behind.offset + behind.bytes;
    this.free = this.free.filter((other) => other !== before && other !== behind);
    this.free.push({ offset, bytes: end - offset });
  }
}
