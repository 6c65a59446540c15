/** Where the results of a block's equations go: to where its outputs are wanted, or to scratch. */

import type { Aval } from "../tensor/shape.js";
import type { BufferStorage } from "./storage.js";
import type { Values } from "./values.js";

/** A result with the number of its variable. */
export type Result = Aval & { readonly index: number };

/** Gives results their buffers. */
export class ResultPlaces {
  private readonly wanted = new Map<number, BufferStorage>();

  constructor(private readonly values: Values) {}

  /** Says where a variable shall be. */
  want(index: number, buffer: BufferStorage): void {
    this.wanted.set(index, buffer);
  }

  /** Says that a variable waits in the place where another shall be. */
  host({ index, shape, dtype }: Result, output: Result): void {
    const buffer = this.wanted.get(output.index);
    if (buffer !== undefined) this.wanted.set(index, { ...buffer, shape, dtype, piece: undefined });
  }

  isWanted = (index: number): boolean => this.wanted.has(index);

  wantedAt(index: number): BufferStorage | undefined {
    return this.wanted.get(index);
  }

  /** The buffer of a result, which is its storage from now on. */
  take(output: Result): BufferStorage {
    const buffer = this.wanted.get(output.index) ?? this.values.allocate(output);
    this.values.set(output.index, buffer);
    return buffer;
  }
}
