/**
 * Large tensors in the memory of modules: copies of those on the JavaScript heap, and results that nobody has read. Tensors are immutable, so
 * a copy never goes stale; which ones are worth their place is what `generations.ts` decides. Before the block of an unread result is given up, its
 * elements are brought to the JavaScript heap or known to be made again, unless its tensor is known to be collected.
 */

import { unreadTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { bytesOf, type TypedArray } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { elsewhereOf } from "../tensor/unread.js";
import { contiguous } from "../kernels/strided.js";
import { Generations, smallCopy, type ResidentLimits } from "./generations.js";
import type { Block, Heap } from "./heap.js";
import { HeldElements } from "./held-elements.js";
import type { Recipe } from "./recipe.js";
import { ResidentRecords, type Present, type Resident } from "./resident-records.js";
import { RunningCalls } from "./running-calls.js";

/** The copies of tensors in the memory: found by storage, made where they are missing, and removed where room is needed. */
export class Residents {
  readonly calls = new RunningCalls();
  private readonly records = new ResidentRecords();
  private readonly generations: Generations;
  /**
   * What was copied to the JavaScript heap last, for a caller or as a storage, if it is not too large. Where all such arrays are dead at a collection, the system's
   * allocator gives their pages back, and takes new ones for the next; beneath one that is alive it keeps them.
   */
  latest: TypedArray | undefined;

  constructor(
    private readonly heap: Heap,
    limits: ResidentLimits = {},
    onCollected: () => void = () => undefined,
  ) {
    this.generations = new Generations(
      this.calls,
      limits,
      (resident) => this.drop(resident),
      (resident) => {
        this.discard(resident);
        onCollected();
      },
    );
  }

  /** The bytes that copies take. */
  get bytes(): number {
    return this.generations.bytes;
  }

  /** The copy of a tensor's elements, if there is one. */
  find(x: ArrayTensor): Present | undefined {
    const found = this.records.of(x);
    if (!this.isPresent(found)) return undefined;
    this.touch(found, x);
    return found;
  }

  /** Notes a use of a tensor's copy, which is present. */
  touch(resident: Present, x: ArrayTensor): void {
    this.generations.touch(resident, x);
  }

  isPresent(resident: Resident | undefined): resident is Present {
    return resident?.block?.space === this.heap.space;
  }

  /**
   * Copies a tensor's elements, in row-major order, or makes them again.
   *
   * @throws TensorError when there is no room.
   */
  copyIn(x: ArrayTensor): Present {
    const known = this.records.of(x);
    known?.held?.restore();
    if (this.isPresent(known)) return known;
    const length = sizeOfShape(x.shape);
    const block = this.allocate(length * bytesOf(x.dtype));
    const { data, offset } = contiguous(x);
    const at = block.address / data.BYTES_PER_ELEMENT;
    this.heap.space.views[x.dtype].set(
      offset === 0 && data.length === length ? data : data.subarray(offset, offset + length),
      at,
    );
    return this.keep(known ?? this.records.add(x, this.calls.latest), block, x);
  }

  /** A tensor, unread, of the elements in a block, which is taken over; `recipe` makes them again. */
  adopt(aval: Aval, strides: readonly number[], block: Block, recipe?: Recipe): ArrayTensor {
    const held = new HeldElements(aval, block, recipe, {
      onCopied: (copy) => {
        if (copy.byteLength <= smallCopy) this.latest = copy;
      },
      onRestored: (restored) => void this.keep(resident, restored, undefined),
      onRead: (storage) => this.settle(resident, storage),
    });
    const x = unreadTensor(aval, strides, held);
    const resident = this.records.add(x, this.calls.latest);
    resident.held = held;
    this.keep(resident, block, x);
    return x;
  }

  /**
   * A block, for which young copies may have to go.
   *
   * @throws TensorError when there is no room for it, or none for the elements of a result that has to go.
   */
  allocate(bytes: number): Block {
    this.generations.makeRoom(bytes);
    return this.heap.allocate(bytes, () => this.dropUnused());
  }

  /** The storage of a tensor is read no more: its copies go at once. */
  forget(x: ArrayTensor): void {
    elsewhereOf(x)?.lose();
    for (const resident of this.records.allOf(x)) this.discard(resident);
    this.records.forget(x);
  }

  /**
   * Drops all copies that no running call uses.
   *
   * @throws TensorError when the JavaScript heap has no room for the elements of a result. That and others stay.
   */
  dropUnused(): void {
    this.generations.dropUnused();
  }

  private keep(resident: Resident, block: Block, x: ArrayTensor | undefined): Present {
    resident.block = block;
    const present = resident as Present; // by the assignment above
    this.generations.enter(present, x);
    return present;
  }

  /** The elements of a result have a storage from now on. */
  private settle(resident: Resident, storage: TypedArray): void {
    this.records.settle(resident, storage);
    this.generations.settle(resident, storage);
  }

  /** Drops a copy whose elements nobody can read any more. */
  private discard(resident: Resident): void {
    resident.held = undefined;
    this.drop(resident);
  }

  private drop(resident: Resident): void {
    const { block } = resident;
    if (block === undefined) return;
    resident.held?.leave();
    this.generations.leave(resident as Present); // as seen above
    resident.block = undefined;
    this.heap.free(block);
  }
}
