/** A compiled program in the memory of all: lays out its inputs, runs it, and makes tensors of its outputs. */

import { ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, bytesOf, copyOfElements, type TypedArray } from "../tensor/dtype.js";
import { checkKept, donations } from "../tensor/donated.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import { contiguous } from "../kernels/strided.js";
import type { Exports } from "../wasm/engine.js";
import type { CompiledProgram } from "./compiled-program.js";
import { roundUpTo } from "./free-list.js";
import type { Block, Space } from "./heap.js";
import type { Resident } from "./resident-records.js";
import type { Runtime } from "./runtime.js";

/** Tensors of fewer bytes are copied at each call, to a place behind the scratch: to keep and find a copy would cost as much. */
const smallBytes = 16384;
/** Up to so many elements a loop is faster than `set`. */
const loopedElements = 32;

/** One input or output, where it lies behind the base of the scratch if it is small. */
class Slot {
  readonly size: number;
  readonly bytes: number;
  readonly isSmall: boolean;
  readonly strides: readonly number[];
  /** All of the memory, and the place of the first element there, while the base stays. */
  view: TypedArray | undefined;
  start = 0;

  constructor(
    readonly aval: Aval,
    readonly place: number,
    readonly offset: number,
  ) {
    this.size = sizeOfShape(aval.shape);
    this.bytes = this.size * bytesOf(aval.dtype);
    this.isSmall = this.bytes < smallBytes;
    this.strides = rowMajorStrides(aval.shape);
  }
}

/** An instance of the module in one memory. */
interface Instance {
  readonly space: Space;
  readonly run: (base: number) => number;
  /** The small constants lie in one block. */
  readonly constants: Block | undefined;
}

interface LargeConstant {
  readonly tensor: ArrayTensor;
  readonly place: number;
  resident: Resident | undefined;
}

/** A module of the engine, with the places that its inputs, constants and results have in the memory. */
export class Executable {
  private readonly inputs: readonly Slot[];
  private readonly outputs: readonly Slot[];
  private readonly largeInputs: readonly Slot[];
  private readonly largeOutputs: readonly Slot[];
  private readonly smallConstants: readonly {
    readonly tensor: ArrayTensor;
    readonly place: number;
    readonly offset: number;
  }[];
  private readonly constantBytes: number;
  private readonly largeConstants: readonly LargeConstant[];
  private readonly totalBytes: number;
  private instance: Instance | undefined;
  /** What the views of the slots were made for. */
  private boundViews: object | undefined;
  private boundBase = -1;

  constructor(
    private readonly runtime: Runtime,
    private readonly module: object,
    private readonly compiled: CompiledProgram,
  ) {
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
    let constantBytes = 0;
    const placed = constants.map((tensor, index) => {
      const bytes = sizeOfShape(tensor.shape) * bytesOf(tensor.dtype);
      const offset = constantBytes;
      if (bytes < smallBytes) constantBytes += roundUpTo(bytes, 16);
      return { tensor, place: inputs.length + index, offset, isSmall: bytes < smallBytes };
    });
    this.smallConstants = placed.filter(({ isSmall }) => isSmall);
    this.largeConstants = placed
      .filter(({ isSmall }) => !isSmall)
      .map(({ tensor, place }) => ({ tensor, place, resident: undefined }));
    this.constantBytes = constantBytes;
  }

  /**
   * The outputs; undefined where a check of the program failed.
   *
   * @throws TensorError when the memory cannot grow, or a constant was donated.
   */
  run(inputs: readonly ArrayTensor[], donated?: readonly boolean[]): readonly ArrayTensor[] | undefined {
    const { runtime } = this;
    const { heap, residents } = runtime;
    const isNested = residents.isRunning;
    let own: Block | undefined;
    const results: (Block | undefined)[] = [];
    if (donations.any) for (const constant of this.compiled.constants) checkKept("jit", constant);
    residents.begin();
    try {
      const instance = this.instantiated();
      // A call from within another, by way of a host function, leaves the scratch to the other.
      if (isNested) own = residents.allocate(this.totalBytes);
      const base = own === undefined ? runtime.scratchOf(this.totalBytes) : own.address;
      const addresses = this.addressesOf(inputs);
      // One by one, so that those before one that fails are given back.
      for (const { bytes } of this.largeOutputs) results.push(residents.allocate(bytes));
      this.bind(base);
      if (isNested) this.writeTable(base, instance);
      else if (runtime.scratchOwner !== this) {
        this.writeTable(base, instance);
        runtime.scratchOwner = this;
      }
      const table = heap.space.views.int32;
      for (const [place, address] of addresses) table[base / 4 + place] = address;
      results.forEach((block, index) => {
        table[base / 4 + (this.largeOutputs[index]?.place ?? 0)] = block?.address ?? 0;
      });
      for (let index = 0; index < this.inputs.length; index++) {
        const slot = this.inputs[index];
        const input = inputs[index];
        if (slot?.isSmall === true && input !== undefined) copyIn(slot, input);
      }
      if (instance.run(base) !== 0) return undefined;
      // A host function may have had the memory grow.
      this.bind(base);
      const outputs = this.outputsOf(results);
      if (donated !== undefined)
        for (const { place } of this.largeInputs)
          if (donated[place] === true) residents.forget(inputs[place] as ArrayTensor); // as many as inputs
      return outputs;
    } finally {
      if (own !== undefined) heap.free(own);
      for (const block of results) if (block !== undefined) heap.free(block);
      runtime.end();
    }
  }

  /** The module in the memory of now. */
  private instantiated(): Instance {
    const { heap, engine } = this.runtime;
    const { space } = heap;
    if (this.instance?.space === space) return this.instance;
    const constants =
      this.constantBytes === 0 ? undefined : this.runtime.residents.allocate(this.constantBytes);
    if (constants !== undefined) {
      for (const { tensor, offset } of this.smallConstants) {
        const { data, offset: from } = contiguous(tensor);
        const to = (constants.address + offset) / data.BYTES_PER_ELEMENT;
        space.views[tensor.dtype].set(data.subarray(from, from + sizeOfShape(tensor.shape)), to);
      }
      this.runtime.holdFor(this, constants);
    }
    const { exports } = new engine.Instance(this.module, {
      host: { memory: space.memory, ...this.compiled.hostFunctions(() => space.memory.buffer) },
    });
    const { run } = exports as Exports<"run">; // so a compiled program is made
    this.instance = { space, run, constants };
    return this.instance;
  }

  /** Where the large inputs and constants lie, by their places in the table; copied there if they are not. */
  private addressesOf(inputs: readonly ArrayTensor[]): readonly (readonly [number, number])[] {
    if (this.largeInputs.length + this.largeConstants.length === 0) return none;
    const { residents } = this.runtime;
    const given = this.largeInputs.map(({ place }) => inputs[place] as ArrayTensor); // as many as inputs
    // First those that are there, so that none has to go for another.
    const present = given.map((input) => residents.find(input));
    for (const constant of this.largeConstants) {
      if (residents.isPresent(constant.resident)) residents.touch(constant.resident, constant.tensor);
      else constant.resident = residents.find(constant.tensor);
    }
    const found: (readonly [number, number])[] = [];
    given.forEach((input, index) => {
      // One that came twice is there by now.
      const { block } = present[index] ?? residents.find(input) ?? residents.copyIn(input);
      found.push([this.largeInputs[index]?.place ?? 0, block.address]);
    });
    for (const constant of this.largeConstants) {
      const { tensor, place, resident } = constant;
      const there = residents.isPresent(resident)
        ? resident
        : (residents.find(tensor) ?? residents.copyIn(tensor));
      constant.resident = there;
      found.push([place, there.block.address]);
    }
    return found;
  }

  /** The addresses that are the same at every call. */
  private writeTable(base: number, { constants }: Instance): void {
    const table = this.runtime.heap.space.views.int32;
    for (const list of [this.inputs, this.outputs])
      for (const { isSmall, place, offset } of list) if (isSmall) table[base / 4 + place] = base + offset;
    for (const { place, offset } of this.smallConstants)
      table[base / 4 + place] = (constants?.address ?? 0) + offset;
  }

  /** Has the small slots see the memory as it is now. */
  private bind(base: number): void {
    const { views } = this.runtime.heap.space;
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

  /** Tensors of what was computed. The elements of a large one stay in its block. */
  private outputsOf(results: (Block | undefined)[]): readonly ArrayTensor[] {
    let large = 0;
    const outputs = new Array<ArrayTensor>(this.outputs.length);
    for (let index = 0; index < outputs.length; index++) {
      const slot = this.outputs[index] as Slot; // the loop stays inside
      const { aval, strides } = slot;
      if (slot.isSmall)
        outputs[index] = new ArrayTensor(copyOut(slot), aval.shape, aval.dtype, strides, 0, true);
      else {
        outputs[index] = this.runtime.residents.adopt(aval, strides, results[large] as Block); // one each
        results[large++] = undefined;
      }
    }
    return outputs;
  }
}

const none: readonly (readonly [number, number])[] = [];

/** Copies a small tensor's elements to its slot, which is bound. */
const copyIn = ({ view, start, size }: Slot, x: ArrayTensor): void => {
  const { data, offset } = contiguous(x);
  if (view === undefined) return;
  if (size <= loopedElements)
    for (let index = 0; index < size; index++) view[start + index] = data[offset + index] ?? 0;
  else view.set(data.length === size ? data : data.subarray(offset, offset + size), start);
};

/** The elements of a small slot, which is bound. */
const copyOut = ({ view, start, size, aval }: Slot): TypedArray => {
  if (size > loopedElements && view !== undefined) return copyOfElements(view, start, size);
  const data = allocate(aval.dtype, size);
  if (view !== undefined) for (let index = 0; index < size; index++) data[index] = view[start + index] ?? 0;
  return data;
};
