/**
 * Copies of large tensors in the memory of modules. Tensors are immutable, so a copy never goes stale; which ones are worth their place
 * is what this file decides.
 *
 * A copy begins young: young ones together are few bytes, the oldest go first, so that a loop whose every step has new tensors uses the same few addresses
 * again and again, without waiting for the garbage collector. One that had to go and is asked for again soon after shows that these bytes
 * are too few, and they become more. One that is asked for again later, or often, becomes old: it stays until the byte
 * limit of all old ones has it go as the one used longest ago, or its tensor is collected.
 */

import type { ArrayTensor } from "../tensor/array-tensor.js";
import { bytesOf, type TypedArray } from "../tensor/dtype.js";
import { checkKept } from "../tensor/donated.js";
import { sizeOfShape } from "../tensor/shape.js";
import { contiguous } from "../kernels/strided.js";
import type { Block, Heap } from "./heap.js";

/** Which elements of a storage, in which order. */
interface View {
  readonly offset: number;
  readonly size: number;
  /** Empty for those that lie one behind the other. */
  readonly layout: string;
}

/** A copy of a view of a storage. It holds no tensor. */
export interface Resident {
  readonly view: View;
  block: Block | undefined;
  /** The number of the call that used it last, and how many did. */
  lastUse: number;
  uses: number;
  isOld: boolean;
}

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
/** The bytes of young copies grow up to this, by copies up to that. */
const mostYoungBytes = 64 << 20;
const smallCopy = 8 << 20;

/** The copies of tensors in the memory: found by storage, made where they are missing, and removed where room is needed. */
export class Residents {
  /** Weak in the storage. A copy that had to go leaves its record, from which its return is known. */
  private readonly copies = new WeakMap<TypedArray, Resident[]>();
  private readonly young = new Set<Resident>();
  private readonly old = new Set<Resident>();
  private youngTotal = 0;
  private oldTotal = 0;
  private youngLimit: number;
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
      this.drop(resident);
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
    const found = this.recordOf(x);
    if (!this.isPresent(found)) return undefined;
    this.touch(found, x.data);
    return found;
  }

  /** Notes a use of a copy of a storage that is present. */
  touch(resident: Resident, storage: TypedArray): void {
    if (resident.lastUse === this.call) return;
    resident.lastUse = this.call;
    resident.uses++;
    if (resident.isOld) {
      this.old.delete(resident);
      this.old.add(resident);
    } else if (resident.uses >= oftenUsed) this.promote(resident, storage);
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
    const known = this.recordOf(x);
    const length = sizeOfShape(x.shape);
    const block = this.allocate(length * bytesOf(x.dtype));
    const { data, offset } = contiguous(x);
    const at = block.address / data.BYTES_PER_ELEMENT;
    this.heap.space.views[x.dtype].set(
      offset === 0 && data.length === length ? data : data.subarray(offset, offset + length),
      at,
    );
    return this.keep(known ?? this.newRecord(x.data, viewOf(x)), block, x.data);
  }

  /** Takes a block that holds the elements of a new storage. */
  adopt(storage: TypedArray, block: Block): void {
    this.keep(this.newRecord(storage, wholeOf(storage)), block, storage);
  }

  /** A block, for which young copies may have to go. */
  allocate(bytes: number): Block {
    this.makeRoomForYoung(bytes);
    return this.heap.allocate(bytes, () => this.dropUnused());
  }

  /** The storage is read no more: its copies go at once. */
  forget(storage: TypedArray): void {
    for (const resident of this.copies.get(storage) ?? []) this.drop(resident);
    this.copies.delete(storage);
  }

  /** All copies that no running call uses. */
  dropUnused(): void {
    for (const generation of [this.young, this.old])
      for (const resident of generation) if (!this.isInUse(resident)) this.drop(resident);
  }

  private keep(resident: Resident, block: Block, storage: TypedArray): Present {
    const hasReturned = resident.uses > 0;
    const isSoon = this.call - resident.lastUse <= shortAbsence && block.bytes <= smallCopy;
    resident.block = block;
    resident.lastUse = this.call;
    resident.uses++;
    this.young.add(resident);
    this.youngTotal += block.bytes;
    if (hasReturned && isSoon) this.youngLimit = Math.min(mostYoungBytes, this.youngLimit + block.bytes);
    else if (hasReturned) this.promote(resident, storage);
    return resident as Present; // by the assignment above
  }

  private promote(resident: Resident, storage: TypedArray): void {
    const bytes = resident.block?.bytes ?? 0;
    this.young.delete(resident);
    this.youngTotal -= bytes;
    resident.isOld = true;
    this.old.add(resident);
    this.oldTotal += bytes;
    this.collected.register(storage, resident);
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

  private drop(resident: Resident): void {
    const { block } = resident;
    if (block === undefined) return;
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

  private recordOf(x: ArrayTensor): Resident | undefined {
    const records = this.copies.get(x.data);
    if (records === undefined) return undefined;
    const { offset, size, layout } = viewOf(x);
    return records.find(({ view }) => view.offset === offset && view.size === size && view.layout === layout);
  }

  private newRecord(storage: TypedArray, view: View): Resident {
    const record: Resident = { view, block: undefined, lastUse: this.call, uses: 0, isOld: false };
    const records = this.copies.get(storage);
    if (records === undefined) this.copies.set(storage, [record]);
    else {
      // Slices of one storage are many; a record of what is gone is worth less than the memory of all.
      if (records.length >= mostRecords)
        records.splice(0, records.length, ...records.filter(({ block }) => block !== undefined));
      records.push(record);
    }
    return record;
  }
}

/** The views of one storage whose records are kept when their copies are gone. */
const mostRecords = 64;

const viewOf = ({ offset, shape, strides, contiguous: isRow }: ArrayTensor): View => ({
  offset,
  size: sizeOfShape(shape),
  layout: isRow ? "" : `${shape.join()}/${strides.join()}`,
});

const wholeOf = ({ length }: TypedArray): View => ({ offset: 0, size: length, layout: "" });
