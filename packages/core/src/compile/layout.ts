/** Where the inputs, constants and outputs of a compiled program lie: their places in the table of addresses, and those of small ones in the memory. */

import type { ArrayTensor } from "../tensor/array-tensor.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { CompiledProgram } from "./compiled-program.js";
import { roundUpTo } from "./free-list.js";
import type { Views } from "./heap.js";
import { mostArgumentBytes } from "./recipe.js";
import type { Resident } from "./resident-records.js";
import { Slot, smallBytes } from "./slots.js";

/** A constant in the one block that a module has for those that are small. */
interface SmallConstant {
  readonly tensor: ArrayTensor;
  readonly place: number;
  readonly offset: number;
}

/** A constant that lies in the memory like a large input. */
interface LargeConstant {
  readonly tensor: ArrayTensor;
  readonly place: number;
  resident: Resident | undefined;
}

/** The places of all that a module is given the addresses of. */
export class Layout {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  readonly largeInputs: readonly Slot[];
  readonly largeOutputs: readonly Slot[];
  /** For each large output, the most bytes of arguments that may be kept alive to make it again. */
  readonly mostArgumentBytes: readonly number[];
  readonly smallConstants: readonly SmallConstant[];
  readonly largeConstants: readonly LargeConstant[];
  /** The bytes of all small constants. */
  readonly constantBytes: number;
  /** The bytes of the table, the scratch, and the small inputs and outputs behind it. */
  readonly totalBytes: number;
  /** What the views of the slots were made for. */
  private boundViews: object | undefined;
  private boundBase = -1;

  constructor(compiled: CompiledProgram) {
    const { inputs, constants, outputs, scratchBytes } = compiled;
    let end = roundUpTo(Math.max(scratchBytes, 4 * (inputs.length + constants.length + outputs.length)), 16);
    const slot = (aval: Aval, place: number): Slot => {
      const made = new Slot(aval, place, end);
      if (made.isSmall) end += roundUpTo(made.bytes, 16);
      return made;
    };
    this.inputs = inputs.map(slot);
    this.outputs = outputs.map((aval, index) => slot(aval, inputs.length + constants.length + index));
    this.totalBytes = end;
    this.largeInputs = this.inputs.filter(({ isSmall }) => !isSmall);
    this.largeOutputs = this.outputs.filter(({ isSmall }) => !isSmall);
    this.mostArgumentBytes = this.largeOutputs.map(({ aval }) => mostArgumentBytes(compiled, aval));
    let constantBytes = 0;
    const smallConstants: SmallConstant[] = [];
    const largeConstants: LargeConstant[] = [];
    constants.forEach((tensor, index) => {
      const place = inputs.length + index;
      const bytes = sizeOfShape(tensor.shape) * bytesOf(tensor.dtype);
      if (bytes < smallBytes) {
        smallConstants.push({ tensor, place, offset: constantBytes });
        constantBytes += roundUpTo(bytes, 16);
      } else largeConstants.push({ tensor, place, resident: undefined });
    });
    this.smallConstants = smallConstants;
    this.largeConstants = largeConstants;
    this.constantBytes = constantBytes;
  }

  /** Writes the addresses that are the same at every call, to the table at `base`; `constants` is that of the small constants. */
  writeTable(base: number, constants: number, table: Views["int32"]): void {
    for (const list of [this.inputs, this.outputs])
      for (const { isSmall, place, offset } of list) if (isSmall) table[base / 4 + place] = base + offset;
    for (const { place, offset } of this.smallConstants) table[base / 4 + place] = constants + offset;
  }

  /** Has the small slots see the memory as it is now. */
  bind(base: number, views: Views): void {
    if (this.boundViews === views && this.boundBase === base) return;
    this.boundViews = views;
    this.boundBase = base;
    for (const list of [this.inputs, this.outputs]) {
      for (const slot of list) {
        slot.view = views[slot.aval.dtype];
        slot.start = (base + slot.offset) / slot.view.BYTES_PER_ELEMENT;
      }
    }
  }
}
