/** A place where programs run: chosen at `jit`, and nowhere else. */

import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { Program } from "./program.js";

/** What a program became on its way to a place, as text, for people. */
export interface Explanation {
  /** The program after all passes. */
  readonly program: string;
  /** How its equations are put together and where their values lie; empty where nothing is planned. */
  readonly plan: string;
  /** The code that runs; empty where there is none. */
  readonly module: string;
}

/** A place where programs run: what `jit(f, { backend })` takes in the place of the compiler. */
export interface Backend {
  /** How it prints. */
  readonly name: string;
  /**
   * The outputs of a program, one tensor for each, in its order: `jit` refuses anything else. An input that is donated is read here for the last time: its storage may be used for the outputs.
   *
   * @throws TensorError where the program refuses its inputs: an index that is out of range.
   */
  run(program: Program, inputs: readonly ArrayTensor[], donated?: readonly boolean[]): readonly ArrayTensor[];
  /** What it makes of a program. */
  explain?(program: Program): Explanation | undefined;
}

/** A backend as a parameter of equations, where it prints by its name and compares by identity, whatever it holds. */
export class Place implements Backend {
  constructor(private readonly backend: Backend) {}

  get name(): string {
    return this.backend.name;
  }

  run(
    program: Program,
    inputs: readonly ArrayTensor[],
    donated?: readonly boolean[],
  ): readonly ArrayTensor[] {
    return this.backend.run(program, inputs, donated);
  }

  explain(program: Program): Explanation | undefined {
    return this.backend.explain?.(program);
  }
}
