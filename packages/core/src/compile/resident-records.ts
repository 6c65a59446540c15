/** What is remembered of the views of each storage that were ever in the memory of modules. */

import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { TypedArray } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import { storageOf } from "../tensor/unread.js";
import type { Block } from "./heap.js";
import type { HeldElements } from "./held-elements.js";

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
  /** The elements, while they are nowhere but in the block. */
  held: HeldElements | undefined;
  /** The number of the call that used it last, and how many did. */
  lastUse: number;
  uses: number;
  isOld: boolean;
}

/** A copy that is there. */
export interface Present extends Resident {
  block: Block;
}

/** The views of one storage whose records are kept when their copies are gone. */
const mostRecords = 64;

/** Records by storage, or by the tensor while it is unread; weak in it. A copy that had to go leaves its record, from which its return is known. */
export class ResidentRecords {
  private readonly records = new WeakMap<object, Resident[]>();

  /** All records of the storage of a tensor. */
  allOf(x: ArrayTensor): readonly Resident[] {
    return this.records.get(storageOf(x)) ?? none;
  }

  of(x: ArrayTensor): Resident | undefined {
    const records = this.records.get(storageOf(x));
    if (records === undefined) return undefined;
    const { offset, size, layout } = viewOf(x);
    return records.find(({ view }) => view.offset === offset && view.size === size && view.layout === layout);
  }

  /** A new record of a tensor; `call` is the number of the current one. */
  add(x: ArrayTensor, call: number): Resident {
    const record = {
      view: viewOf(x),
      block: undefined,
      held: undefined,
      lastUse: call,
      uses: 0,
      isOld: false,
    };
    const storage = storageOf(x);
    const records = this.records.get(storage);
    if (records === undefined) this.records.set(storage, [record]);
    else {
      // Slices of one storage are many; a record of what is gone is worth less than the memory of all.
      if (records.length >= mostRecords)
        records.splice(0, records.length, ...records.filter(({ block }) => block !== undefined));
      records.push(record);
    }
    return record;
  }

  /** The elements of an unread tensor have a storage from now on. */
  settle(record: Resident, storage: TypedArray): void {
    record.held = undefined;
    this.records.set(storage, [record]);
  }

  forget(x: ArrayTensor): void {
    this.records.delete(storageOf(x));
  }
}

const none: readonly Resident[] = [];

const viewOf = ({ offset, shape, strides, contiguous: isRow }: ArrayTensor): View => ({
  offset,
  size: sizeOfShape(shape),
  layout: isRow ? "" : `${shape.join()}/${strides.join()}`,
});
