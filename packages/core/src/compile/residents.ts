/**
 * Large tensors in the memory of modules: copies of those on the JavaScript heap, and results that nobody has read. Tensors are immutable, so
 * a copy never goes stale; which ones are worth their place is what this file decides. The elements of an unread result are brought to the
 * JavaScript heap before its block is given up, unless its tensor is known to be collected.
 *
 * A copy begins young: young ones together are few bytes, the oldest go first, so that a loop whose every step has new tensors uses the same few addresses
 * again and again, without waiting for the garbage collector. One that had to go and is asked for again soon after shows that these bytes
 * are too few, and they become more. One that is asked for again later, or often, becomes old: it stays until the byte
 * limit of all old ones has it go as the one used longest ago, or its tensor is collected.
 */

import { unreadTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { bytesOf, type TypedArray } from "../tensor/dtype.js";
import { checkKept } from "../tensor/donated.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { elsewhereOf, storageOf } from "../tensor/unread.js";
import { contiguous } from "../kernels/strided.js";
import type { Block, Heap } from "./heap.js";
import { HeldElements } from "./held-elements.js";
import { ResidentRecords, type Resident } from "./resident-records.js";

/** A copy that is there. */
export interface Present extends Resident {
  block: Block;
}

export interface ResidentLimits {
  /** The bytes of old copies: 256 MiB if left out. */
  readonly oldBytes?: number;
  /** The bytes of young copies to begin with: 1 MiB if left out. */
  readonly youngBytes?: number;
}

/** So often used, a copy is old. */
const oftenUsed = 8;
/** An absence of so few calls is short. */
const shortAbsence = 8;
/** The bytes of young copies grow up to this, by copies up to that; so large at most is a storage that is kept alive. */
const mostYoungBytes = 64 << 20;
const smallCopy = 8 << 20;

/** The copies of tensors in the memory: found by storage, made where they are missing, and removed where room is needed. */
export class Residents {
  private readonly records = new ResidentRecords();
  private readonly young = new Set<Resident>();
  private readonly old = new Set<Resident>();
  private youngTotal = 0;
  private oldTotal = 0;
  private youngLimit: number;
  /**
   * What was brought out last. Where all such storages are dead at a collection, the system's allocator gives their pages back, and takes new ones
   * for the next; beside one that is alive it keeps them.
   */
  latest: TypedArray | undefined;
  private readonly oldLimit: number;
  private readonly collected: FinalizationRegistry<Resident>;
  /** The number of the current call. */
  private call = 0;
  /** Copies used since this call are in use. */
  private firstRunning = 0;
  private running = 0;

  constructor(
    private readonly heap: Heap,
    { oldBytes = 256 << 20, youngBytes = 1 << 20 }: ResidentLimits = {},
    private readonly onCollected: () => void = () => undefined,
  ) {
    this.oldLimit = oldBytes;
    this.youngLimit = youngBytes;
    this.collected = new FinalizationRegistry((resident) => {
      this.discard(resident);
      this.onCollected();
    });
  }

  /** A call begins; what it uses stays until it ends. Calls nest. */
  begin(): void {
    this.call++;
    if (this.running++ === 0) this.firstRunning = this.call;
  }

  end(): void {
    this.running--;
  }

  get isRunning(): boolean {
    return this.running > 0;
  }

  /** The bytes that copies take. */
  get bytes(): number {
    return this.youngTotal + this.oldTotal;
  }

  /** The copy of a tensor's elements, if there is one. */
  find(x: ArrayTensor): Present | undefined {
    const found = this.records.of(x);
    if (!this.isPresent(found)) return undefined;
    this.touch(found, x);
    return found;
  }

  /** Notes a use of a tensor's copy, which is present. */
  touch(resident: Resident, x: ArrayTensor): void {
    if (resident.lastUse === this.call) return;
    resident.lastUse = this.call;
    resident.uses++;
    if (resident.isOld) {
      this.old.delete(resident);
      this.old.add(resident);
    } else if (resident.uses >= oftenUsed) this.promote(resident, x);
  }

  isPresent(resident: Resident | undefined): resident is Present {
    return resident?.block?.space === this.heap.space;
  }

  /**
   * Copies a tensor's elements, in row-major order.
   *
   * @throws TensorError when there is no room.
   */
  copyIn(x: ArrayTensor): Present {
    checkKept("jit", x);
    const known = this.records.of(x);
    const length = sizeOfShape(x.shape);
    const block = this.allocate(length * bytesOf(x.dtype));
    const { data, offset } = contiguous(x);
    const at = block.address / data.BYTES_PER_ELEMENT;
    this.heap.space.views[x.dtype].set(
      offset === 0 && data.length === length ? data : data.subarray(offset, offset + length),
      at,
    );
    return this.keep(known ?? this.records.add(x, this.call), block, x);
  }

  /** A tensor, unread, of the elements in a block, which is taken over. */
  adopt(aval: Aval, strides: readonly number[], block: Block): ArrayTensor {
    const held = new HeldElements(aval, block, (storage) => this.settle(resident, storage));
    const x = unreadTensor(aval, strides, held);
    const resident = this.records.add(x, this.call);
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
    this.makeRoomForYoung(bytes);
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
    for (const generation of [this.young, this.old])
      for (const resident of generation) if (!this.isInUse(resident)) this.drop(resident);
  }

  private keep(resident: Resident, block: Block, x: ArrayTensor): Present {
    const hasReturned = resident.uses > 0;
    const isSoon = this.call - resident.lastUse <= shortAbsence && block.bytes <= smallCopy;
    resident.block = block;
    resident.lastUse = this.call;
    resident.uses++;
    this.young.add(resident);
    this.youngTotal += block.bytes;
    if (hasReturned && isSoon) this.youngLimit = Math.min(mostYoungBytes, this.youngLimit + block.bytes);
    else if (hasReturned) this.promote(resident, x);
    return resident as Present; // by the assignment above
  }

  private promote(resident: Resident, x: ArrayTensor): void {
    const bytes = resident.block?.bytes ?? 0;
    this.young.delete(resident);
    this.youngTotal -= bytes;
    resident.isOld = true;
    this.old.add(resident);
    this.oldTotal += bytes;
    this.collected.register(storageOf(x), resident, resident);
    for (const oldest of this.old) {
      if (this.oldTotal <= this.oldLimit) break;
      if (oldest !== resident && !this.isInUse(oldest)) this.drop(oldest);
    }
  }

  private makeRoomForYoung(bytes: number): void {
    if (this.youngTotal + bytes <= this.youngLimit) return;
    for (const oldest of this.young) {
      if (this.youngTotal + bytes <= this.youngLimit) break;
      if (!this.isInUse(oldest)) this.drop(oldest);
    }
  }

  /** The elements of a result have a storage from now on. */
  private settle(resident: Resident, storage: TypedArray): void {
    this.records.settle(resident, storage);
    if (storage.byteLength <= smallCopy) this.latest = storage;
    if (!resident.isOld) return;
    this.collected.unregister(resident);
    this.collected.register(storage, resident, resident);
  }

  /** Drops a copy whose elements nobody can read any more. */
  private discard(resident: Resident): void {
    resident.held = undefined;
    this.drop(resident);
  }

  private drop(resident: Resident): void {
    const { block } = resident;
    if (block === undefined) return;
    resident.held?.read();
    if (resident.isOld) this.collected.unregister(resident);
    resident.block = undefined;
    if (resident.isOld) {
      this.old.delete(resident);
      this.oldTotal -= block.bytes;
    } else {
      this.young.delete(resident);
      this.youngTotal -= block.bytes;
    }
    resident.isOld = false;
    this.heap.free(block);
  }

  private isInUse(resident: Resident): boolean {
    return this.running > 0 && resident.lastUse >= this.firstRunning;
  }
}
