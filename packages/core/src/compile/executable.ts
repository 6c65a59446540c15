/** A compiled program in the memory of all: lays out its inputs, runs it, and makes tensors of its outputs. */

import { tensorError } from "../errors/tensor-error.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import { checkKept, donations, isGivenAway } from "../tensor/donated.js";
import type { CompiledProgram } from "./compiled-program.js";
import type { Block } from "./heap.js";
import { Instances } from "./instances.js";
import { Layout } from "./layout.js";
import { bytesOnHeap, Recipe, type Repeatable } from "./recipe.js";
import type { Runtime } from "./runtime.js";
import { copyIn, copyOut, type Slot } from "./slots.js";

/** The blocks of a call, until it ends or they are another's. */
interface CallBlocks {
  /** The scratch of a call within another. */
  scratch: Block | undefined;
  /** Those of the large outputs. */
  readonly results: (Block | undefined)[];
}

/** A module of the engine, with the places that its inputs, constants and results have in the memory. */
export class Executable implements Repeatable {
  private readonly layout: Layout;
  private readonly instances: Instances;

  constructor(
    private readonly runtime: Runtime,
    module: object,
    private readonly compiled: CompiledProgram,
  ) {
    this.layout = new Layout(compiled);
    this.instances = new Instances(runtime, module, compiled, this.layout);
  }

  /**
   * The outputs; undefined where a check of the program failed, or the engine does not run it.
   *
   * @throws TensorError when the memory cannot grow, or a constant was donated.
   */
  run(inputs: readonly ArrayTensor[], donated?: readonly boolean[]): readonly ArrayTensor[] | undefined {
    const { residents } = this.runtime;
    if (donations.any) for (const constant of this.compiled.constants) checkKept("jit", constant);
    const blocks: CallBlocks = { scratch: undefined, results: [] };
    residents.calls.begin();
    try {
      if (this.compute(inputs, blocks) !== 0) return undefined;
      const outputs = this.outputsOf(blocks.results, donated === undefined ? inputs : undefined);
      if (donated !== undefined)
        for (const { place } of this.layout.largeInputs)
          if (donated[place] === true) residents.forget(inputs[place] as ArrayTensor); // as many as inputs
      return outputs;
    } finally {
      this.end(blocks);
    }
  }

  remake(inputs: readonly ArrayTensor[], largeOutput: number, keep: (block: Block) => void): void {
    const { residents } = this.runtime;
    const blocks: CallBlocks = { scratch: undefined, results: [] };
    residents.calls.begin();
    try {
      if (this.compute(inputs, blocks) !== 0) throw notAgain(); // no check fails that did not
      keep(blocks.results[largeOutput] as Block); // one each
      blocks.results[largeOutput] = undefined;
    } finally {
      // What was donated since came for this call.
      if (donations.any)
        for (const x of [...inputs, ...this.compiled.constants]) if (isGivenAway(x.data)) residents.forget(x);
      this.end(blocks);
    }
  }

  /**
   * Runs the module: 0, or the number of the check that failed; -1 where there is no instance of it. The blocks are there as soon as
   * they are taken.
   */
  private compute(inputs: readonly ArrayTensor[], blocks: CallBlocks): number {
    const { runtime, layout } = this;
    const { heap, residents } = runtime;
    const instance = this.instances.current();
    if (instance === undefined) return -1;
    // A call from within another leaves the scratch to the other.
    const { isNested } = residents.calls;
    if (isNested) blocks.scratch = residents.allocate(layout.totalBytes);
    const base = blocks.scratch?.address ?? runtime.scratchOf(layout.totalBytes);
    const addresses = this.addressesOf(inputs);
    // One by one, so that those before one that fails are given back.
    for (const { bytes } of layout.largeOutputs) blocks.results.push(residents.allocate(bytes));
    const { views } = heap.space;
    const table = views.int32;
    layout.bind(base, views);
    if (isNested || runtime.scratchOwner !== this) {
      layout.writeTable(base, instance.constants?.address ?? 0, table);
      if (!isNested) runtime.scratchOwner = this;
    }
    for (const [place, address] of addresses) table[base / 4 + place] = address;
    blocks.results.forEach((block, index) => {
      table[base / 4 + (layout.largeOutputs[index]?.place ?? 0)] = block?.address ?? 0;
    });
    for (let index = 0; index < layout.inputs.length; index++) {
      const slot = layout.inputs[index];
      const input = inputs[index];
      if (slot?.isSmall === true && input !== undefined) copyIn(slot, input);
    }
    const failed = instance.run(base);
    // A host function may have had the memory grow.
    layout.bind(base, heap.space.views);
    return failed;
  }

  /** Gives back what is still a call's own. */
  private end({ scratch, results }: CallBlocks): void {
    const { heap } = this.runtime;
    if (scratch !== undefined) heap.free(scratch);
    for (const block of results) if (block !== undefined) heap.free(block);
    this.runtime.end();
  }

  /** Where the large inputs and constants lie, by their places in the table; brought there if they are not. */
  private addressesOf(inputs: readonly ArrayTensor[]): readonly (readonly [number, number])[] {
    const { largeInputs, largeConstants } = this.layout;
    if (largeInputs.length + largeConstants.length === 0) return none;
    const { residents } = this.runtime;
    const given = largeInputs.map(({ place }) => inputs[place] as ArrayTensor); // as many as inputs
    // First those that are there, so that none has to go for another.
    const present = given.map((input) => residents.find(input));
    for (const constant of largeConstants) {
      if (residents.isPresent(constant.resident)) residents.touch(constant.resident, constant.tensor);
      else constant.resident = residents.find(constant.tensor);
    }
    const found: (readonly [number, number])[] = [];
    given.forEach((input, index) => {
      // One that came twice is there by now.
      const { block } = present[index] ?? residents.find(input) ?? residents.copyIn(input);
      found.push([largeInputs[index]?.place ?? 0, block.address]);
    });
    for (const constant of largeConstants) {
      const { tensor, place, resident } = constant;
      const there = residents.isPresent(resident)
        ? resident
        : (residents.find(tensor) ?? residents.copyIn(tensor));
      constant.resident = there;
      found.push([place, there.block.address]);
    }
    return found;
  }

  /** Tensors of what was computed. The elements of a large one stay in its block; `inputs` may be kept to make them again. */
  private outputsOf(
    results: (Block | undefined)[],
    inputs: readonly ArrayTensor[] | undefined,
  ): readonly ArrayTensor[] {
    const slots = this.layout.outputs;
    let large = 0;
    const outputs = new Array<ArrayTensor>(slots.length);
    for (let index = 0; index < outputs.length; index++) {
      const slot = slots[index] as Slot; // the loop stays inside
      const { aval, strides } = slot;
      if (slot.isSmall)
        outputs[index] = new ArrayTensor(copyOut(slot), aval.shape, aval.dtype, strides, 0, true);
      else {
        const block = results[large] as Block; // one each
        outputs[index] = this.runtime.residents.adopt(aval, strides, block, this.recipeOf(inputs, large));
        results[large++] = undefined;
      }
    }
    return outputs;
  }

  /** How a large output is made again of what a call was given; undefined where it is brought out instead. */
  private recipeOf(inputs: readonly ArrayTensor[] | undefined, largeOutput: number): Recipe | undefined {
    const most = this.layout.mostArgumentBytes[largeOutput] ?? -1;
    if (inputs === undefined || most < 0) return undefined;
    if (bytesOnHeap(inputs) > most || bytesOnHeap(this.compiled.constants) === Infinity) return undefined;
    return new Recipe(this, inputs, largeOutput);
  }
}

const notAgain = (): Error =>
  tensorError({
    kind: "OutOfMemory",
    operation: "jit",
    problem: "a result that made room cannot be computed again: the engine runs its program no more",
    fix: "free memory, or read results before others are computed",
  });

const none: readonly (readonly [number, number])[] = [];
