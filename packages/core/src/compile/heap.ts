/**
 * The memory of all modules, and the blocks in it. It grows in steps; a WebAssembly memory cannot shrink, so it is given back by
 * moving: what follows uses a new memory, and blocks of the old one are forgotten.
 */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { DType } from "../types/tensor.js";
import type { TypedArray } from "../tensor/dtype.js";
import type { Engine, Memory } from "../wasm/engine.js";
import { writeTables } from "../wasm/float32/tables.js";
import { reservedBytes } from "../wasm/reserved.js";
import { blockAlignment, FreeList, roundUpTo } from "./free-list.js";

const pageBytes = 65536;
/** All that 32-bit addresses reach. */
const mostPages = 65536;
/** No step of growth is smaller: growing detaches every view. */
const leastGrowth = 1 << 20;

/** The whole memory as elements of each dtype. */
export type Views = Readonly<Record<DType, TypedArray>>;

const viewsOf = (buffer: ArrayBuffer): Views => ({
  float32: new Float32Array(buffer),
  float64: new Float64Array(buffer),
  int32: new Int32Array(buffer),
  uint32: new Uint32Array(buffer),
  bool: new Uint8Array(buffer),
});

/** A part of a memory that somebody holds. */
export interface Block {
  readonly space: Space;
  readonly address: number;
  readonly bytes: number;
}

/** One memory. Its views change when it grows. */
export class Space {
  views: Views;
  used = 0;
  private readonly free = new FreeList();

  constructor(
    readonly memory: Memory,
    private readonly limit: number,
  ) {
    this.views = viewsOf(memory.buffer);
    writeTables(memory.buffer);
    this.free.give(reservedBytes, memory.buffer.byteLength - reservedBytes);
  }

  get reserved(): number {
    return this.views.bool.length;
  }

  /** Undefined where the memory cannot grow. */
  take(bytes: number): Block | undefined {
    const size = Math.max(blockAlignment, roundUpTo(bytes, blockAlignment));
    const address = this.free.take(size) ?? (this.grow(size) ? this.free.take(size) : undefined);
    if (address === undefined) return undefined;
    this.used += size;
    return { space: this, address, bytes: size };
  }

  give({ address, bytes }: Block): void {
    this.used -= bytes;
    this.free.give(address, bytes);
  }

  private grow(bytes: number): boolean {
    const before = this.reserved;
    const missing = Math.ceil((bytes - this.free.freeBefore(before)) / pageBytes);
    const generous = Math.ceil(Math.max(leastGrowth, before / 4) / pageBytes);
    const room = Math.floor(this.limit / pageBytes) - before / pageBytes;
    for (const pages of [Math.min(Math.max(missing, generous), room), missing]) {
      if (pages < missing || pages > room) continue;
      try {
        this.memory.grow(pages);
      } catch {
        continue;
      }
      this.views = viewsOf(this.memory.buffer);
      this.free.give(before, this.reserved - before);
      return true;
    }
    return false;
  }
}

/** How large the memory may be, and from where on it is worth moving. */
export interface HeapLimits {
  /** The most bytes of the memory: 4 GiB if left out. */
  readonly mostBytes?: number;
  /** A smaller memory is not worth moving: 64 MiB if left out. */
  readonly leastMoved?: number;
}

/** Hands out blocks of the one memory of the engine, and takes them back. */
export class Heap {
  private current: Space;
  private readonly limit: number;
  private readonly leastMoved: number;

  /** @throws RangeError where the engine gives no memory at all. */
  constructor(
    private readonly engine: Engine,
    { mostBytes = mostPages * pageBytes, leastMoved = 64 << 20 }: HeapLimits = {},
  ) {
    this.limit = Math.max(pageBytes, mostBytes);
    this.leastMoved = leastMoved;
    this.current = this.newSpace();
  }

  get space(): Space {
    return this.current;
  }

  /**
   * A block. `makeRoom` frees what can be computed or copied again; it is asked where the memory cannot grow.
   *
   * @throws TensorError when there is no room even then. All blocks stay as they are.
   */
  allocate(bytes: number, makeRoom: () => void): Block {
    const block = this.current.take(bytes);
    if (block !== undefined) return block;
    makeRoom();
    const again = this.current.take(bytes);
    if (again !== undefined) return again;
    throw outOfMemory(bytes, this.current);
  }

  /** Gives a block back, if its memory is still in use. */
  free(block: Block): void {
    if (block.space === this.current) block.space.give(block);
  }

  /** Whether much more is reserved than is in use. */
  get isWasteful(): boolean {
    const { reserved, used } = this.current;
    return reserved > this.leastMoved && used < reserved / 4;
  }

  /** Goes on with a new memory. Whoever holds blocks of the old one sees that `space` is another. */
  move(): void {
    this.current = this.newSpace();
  }

  private newSpace(): Space {
    // Without a maximum: some engines reserve all of it at once.
    return new Space(new this.engine.Memory({ initial: 1 }), this.limit);
  }
}

const inMegabytes = (bytes: number): string => `${(bytes / (1 << 20)).toFixed(1)} MiB`;

const outOfMemory = (bytes: number, { reserved, used }: Space): TensorError =>
  tensorError({
    kind: "OutOfMemory",
    operation: "jit",
    problem: "the memory of compiled programs cannot grow",
    found: [
      ["wanted", inMegabytes(bytes)],
      ["in use", `${inMegabytes(used)} of ${inMegabytes(reserved)}`],
    ],
    fix: 'compute in smaller batches, use checkpoint to remember less, or run the program outside of it: jit(f, { backend: "interpreter" })',
  });
