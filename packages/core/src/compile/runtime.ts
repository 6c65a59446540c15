/** What all compiled programs share: the memory, the copies of tensors in it, and one piece of scratch, which they use in turns. */

import type { Engine } from "../wasm/engine.js";
import { Heap, type Block, type HeapLimits } from "./heap.js";
import type { ResidentLimits } from "./generations.js";
import { Residents } from "./residents.js";

export type RuntimeLimits = HeapLimits & ResidentLimits;

/** Scratch above this is given back when it is not needed for long. */
const largeScratch = 16 << 20;
/** So many calls are long. */
const longUnneeded = 1024;
/** So many calls in a row must find the memory wasteful before it is given back. */
const longWasteful = 256;

/** The memory that compiled programs share, with its resident copies and its scratch. */
export class Runtime {
  readonly heap: Heap;
  readonly residents: Residents;
  private readonly abandoned = new FinalizationRegistry<Block>((block) => {
    this.heap.free(block);
    this.giveBack();
  });
  private scratch: Block | undefined;
  /** Whose addresses stand at the start of the scratch. */
  scratchOwner: object | undefined;
  private callsUnneeded = 0;
  private callsWasteful = 0;

  /** @throws RangeError where the engine gives no memory. */
  constructor(
    readonly engine: Engine,
    limits: RuntimeLimits = {},
  ) {
    this.heap = new Heap(engine, limits);
    this.residents = new Residents(this.heap, limits, () => this.giveBack());
  }

  /**
   * The address of at least so many bytes of scratch, for the one call that runs.
   *
   * @throws TensorError when there is no room.
   */
  scratchOf(bytes: number): number {
    const { scratch, heap } = this;
    if (scratch?.space === heap.space && scratch.bytes >= bytes) {
      if (scratch.bytes < largeScratch || bytes > scratch.bytes / 2) {
        this.callsUnneeded = 0;
        return scratch.address;
      }
      if (++this.callsUnneeded < longUnneeded) return scratch.address;
    }
    if (scratch !== undefined) heap.free(scratch);
    this.scratch = undefined;
    this.scratchOwner = undefined;
    this.callsUnneeded = 0;
    this.scratch = this.newScratch(bytes);
    return this.scratch.address;
  }

  /** A quarter more where there is room for it, so that programs of similar needs share one block. */
  private newScratch(bytes: number): Block {
    const makeRoom = (): void => this.residents.dropUnused();
    try {
      return this.heap.allocate(bytes + Math.floor(bytes / 4), makeRoom);
    } catch {
      return this.heap.allocate(bytes, makeRoom);
    }
  }

  /** Frees a block when its owner is collected. */
  holdFor(owner: object, block: Block): void {
    this.abandoned.register(owner, block);
  }

  /** A call has ended. */
  end(): void {
    this.residents.calls.end();
    if (!this.heap.isWasteful) this.callsWasteful = 0;
    else if (++this.callsWasteful >= longWasteful) this.giveBack();
  }

  /** Moves to a new memory, if that gives much back. */
  private giveBack(): void {
    if (this.residents.calls.isRunning || !this.heap.isWasteful) return;
    this.callsWasteful = 0;
    try {
      this.residents.dropUnused();
    } catch {
      return; // results for which the JavaScript heap has no room stay in this memory
    }
    this.scratch = undefined;
    this.scratchOwner = undefined;
    this.heap.move();
  }
}
