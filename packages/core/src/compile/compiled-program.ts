/** What the compiler gives for a program: a module, and what its caller must lay out for it. */

import type { Program } from "../program/program.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { Aval } from "../tensor/shape.js";

/** Functions that a module imports from `host`. They are given addresses. */
export type HostFunctions = Readonly<Record<string, (...values: readonly number[]) => number | undefined>>;

/**
 * The module imports `host.memory` and the functions under `host`, and exports `run(base: i32): i32`. The memory begins with the tables of
 * `wasm/float32/tables.ts`.
 *
 * At `base`, a multiple of 16, lies a table of i32 addresses: of the inputs, then the constants, then the outputs. Behind it, up to
 * `scratchBytes` (the table included), the module writes what it likes. Inputs, constants and outputs are row-major without gaps, begin
 * at multiples of 16, and can be read up to the next multiple of 16 behind their end. An element of bool is a byte.
 *
 * `run` gives 0, or the number, from 1, of the check that failed; then the interpreter says what is wrong with the inputs.
 */
export interface CompiledProgram {
  readonly wasm: Uint8Array;
  /** Made for the memory of an instance, whose buffer changes when it grows. */
  readonly hostFunctions: (memory: () => ArrayBuffer) => HostFunctions;
  readonly scratchBytes: number;
  readonly inputs: readonly Aval[];
  /** Views are laid out without gaps by the caller. */
  readonly constants: readonly ArrayTensor[];
  readonly outputs: readonly Aval[];
  /** All that is computed, in additions, if each element of it is cheap; else Infinity (`work.ts`). */
  readonly work: number;
  /** The plan, as text. */
  readonly explain: () => string;
}

/**
 * Compiles a program without calls, whose inputs are all read, and whose outputs are results of its equations, each once. Gives nothing
 * where it is too large for a module.
 */
export type Compile = (program: Program) => CompiledProgram | undefined;
