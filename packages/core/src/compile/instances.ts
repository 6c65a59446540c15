/** A module in the memory of all: as that is another after a move, so is the instance. */

import { sizeOfShape } from "../tensor/shape.js";
import { contiguous } from "../kernels/strided.js";
import type { Exports } from "../wasm/engine.js";
import type { CompiledProgram } from "./compiled-program.js";
import type { Block, Space } from "./heap.js";
import type { Layout } from "./layout.js";
import type { Runtime } from "./runtime.js";

/** An instance of the module in one memory. */
export interface Instance {
  readonly space: Space;
  readonly run: (base: number) => number;
  /** The small constants lie in one block. */
  readonly constants: Block | undefined;
}

/** The instances of one module, of which the one in the memory of now is kept. */
export class Instances {
  private latest: Instance | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly module: object,
    private readonly compiled: CompiledProgram,
    private readonly layout: Layout,
  ) {}

  /**
   * The module in the memory of now; undefined where the engine makes no instance of it.
   *
   * @throws TensorError when there is no room for its small constants.
   */
  current(): Instance | undefined {
    const { space } = this.runtime.heap;
    if (this.latest?.space === space) return this.latest;
    const run = this.runIn(space);
    if (run === undefined) return undefined;
    const { constantBytes, smallConstants } = this.layout;
    const constants = constantBytes === 0 ? undefined : this.runtime.residents.allocate(constantBytes);
    if (constants !== undefined) {
      for (const { tensor, offset } of smallConstants) {
        const { data, offset: from } = contiguous(tensor);
        const to = (constants.address + offset) / data.BYTES_PER_ELEMENT;
        space.views[tensor.dtype].set(data.subarray(from, from + sizeOfShape(tensor.shape)), to);
      }
      this.runtime.holdFor(this, constants);
    }
    this.latest = { space, run, constants };
    return this.latest;
  }

  private runIn(space: Space): Instance["run"] | undefined {
    const host = { memory: space.memory, ...this.compiled.hostFunctions(() => space.memory.buffer) };
    try {
      const { exports } = new this.runtime.engine.Instance(this.module, { host });
      return (exports as Exports<"run">).run; // so a compiled program is made
    } catch {
      return undefined;
    }
  }
}
