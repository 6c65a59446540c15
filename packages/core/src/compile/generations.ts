/**
 * Which copies in the memory go where room is needed. A copy begins young: young ones together are few bytes, the oldest go first, so that a loop
 * whose every step has new tensors uses the same few addresses again and again, without waiting for the garbage collector. One that had to go
 * and is asked for again soon after shows that these bytes are too few, and they become more. One that is asked for again later, or often,
 * becomes old: it stays until the byte limit of all old ones has it go as the one used longest ago, or its tensor is collected.
 */

import type { ArrayTensor } from "../tensor/array-tensor.js";
import { storageOf } from "../tensor/unread.js";
import type { Present, Resident } from "./resident-records.js";
import type { RunningCalls } from "./running-calls.js";

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
export const smallCopy = 8 << 20;

/** The copies that are there, by age. */
export class Generations {
  private readonly young = new Set<Present>();
  private readonly old = new Set<Present>();
  private youngTotal = 0;
  private oldTotal = 0;
  private youngLimit: number;
  private readonly oldLimit: number;
  private readonly collected: FinalizationRegistry<Resident>;

  /** `drop` has a copy leave; where it throws, the copy stays. `onCollected` is told of old ones whose tensor is gone. */
  constructor(
    private readonly calls: RunningCalls,
    { oldBytes = 256 << 20, youngBytes = 1 << 20 }: ResidentLimits,
    private readonly drop: (resident: Present) => void,
    onCollected: (resident: Resident) => void,
  ) {
    this.oldLimit = oldBytes;
    this.youngLimit = youngBytes;
    this.collected = new FinalizationRegistry(onCollected);
  }

  /** The bytes that copies take. */
  get bytes(): number {
    return this.youngTotal + this.oldTotal;
  }

  /** A copy has come, of a tensor: without it, one that somebody reads and no call has asked for, which never makes it old. */
  enter(resident: Present, x: ArrayTensor | undefined): void {
    const { bytes } = resident.block;
    const hasReturned = resident.uses > 0;
    const isSoon = this.calls.latest - resident.lastUse <= shortAbsence && bytes <= smallCopy;
    resident.lastUse = this.calls.latest;
    resident.uses++;
    this.young.add(resident);
    this.youngTotal += bytes;
    if (!hasReturned) return;
    if (isSoon) this.youngLimit = Math.min(mostYoungBytes, this.youngLimit + bytes);
    else if (x !== undefined) this.promote(resident, x);
  }

  /** Notes a use of a tensor's copy. */
  touch(resident: Present, x: ArrayTensor): void {
    if (resident.lastUse === this.calls.latest) return;
    resident.lastUse = this.calls.latest;
    resident.uses++;
    if (resident.isOld) {
      this.old.delete(resident);
      this.old.add(resident);
    } else if (resident.uses >= oftenUsed) this.promote(resident, x);
  }

  /** A copy goes. */
  leave(resident: Present): void {
    const { bytes } = resident.block;
    if (resident.isOld) {
      this.collected.unregister(resident);
      this.old.delete(resident);
      this.oldTotal -= bytes;
    } else {
      this.young.delete(resident);
      this.youngTotal -= bytes;
    }
    resident.isOld = false;
  }

  /** The oldest young copies go for so many bytes. */
  makeRoom(bytes: number): void {
    if (this.youngTotal + bytes <= this.youngLimit) return;
    for (const oldest of this.young) {
      if (this.youngTotal + bytes <= this.youngLimit) break;
      if (!this.isInUse(oldest)) this.drop(oldest);
    }
  }

  /** All copies go that no running call uses. */
  dropUnused(): void {
    for (const generation of [this.young, this.old])
      for (const resident of generation) if (!this.isInUse(resident)) this.drop(resident);
  }

  /** The elements of a result have a storage from now on, whose end is that of the copy. */
  settle(resident: Resident, storage: object): void {
    if (!resident.isOld) return;
    this.collected.unregister(resident);
    this.collected.register(storage, resident, resident);
  }

  private promote(resident: Present, x: ArrayTensor): void {
    const { bytes } = resident.block;
    this.young.delete(resident);
    this.youngTotal -= bytes;
    resident.isOld = true;
    this.old.add(resident);
    this.oldTotal += bytes;
    // It stays for long, and so would arguments from which it could be made again.
    resident.held?.forgetRecipe();
    this.collected.register(storageOf(x), resident, resident);
    for (const oldest of this.old) {
      if (this.oldTotal <= this.oldLimit) break;
      if (oldest !== resident && !this.isInUse(oldest)) this.drop(oldest);
    }
  }

  private isInUse({ lastUse }: Resident): boolean {
    return this.calls.uses(lastUse);
  }
}
