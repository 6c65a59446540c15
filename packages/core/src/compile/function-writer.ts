/** What code of one function of the module shares: the base of scratch, pointers from the table, what the module imports. */

import type { ArrayTensor } from "../tensor/array-tensor.js";
import { local, type Expression, type Local, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import type { Procedures } from "../wasm/matrix-product/procedures.js";
import type { Item } from "./items.js";
import type { HostFunctions } from "./lanes.js";
import type { Scratch } from "./storage.js";

/** Reads and writes tensors at addresses of the module's memory. */
export type HostKernel = (memory: () => ArrayBuffer) => (...addresses: number[]) => void;

/** What the functions of a module share. */
export interface ModuleParts {
  readonly numbers: HostFunctions;
  readonly kernels: Map<string, HostKernel>;
  readonly scratch: Scratch;
  /** The place in the table of each constant that has more than one element. */
  readonly constants: ReadonlyMap<ArrayTensor, number>;
  /** Where the number of the check that failed is. */
  readonly status: number;
  /** How many functions there are for steps of loops. */
  functions: number;
  /** What was written, in order. */
  readonly plan: Item[];
  /** What products of matrices share. */
  readonly procedures: Procedures;
}

/** The most variables of a function for small values. */
const mostVariables = 6000;

/** What is gathered while one function of a module is written: its prologue, and the pointers that it loads there. */
export class FunctionWriter {
  readonly base: Local<"i32"> = local("i32");
  /** How many variables it may still have for small values. */
  room = mostVariables;
  /** Whether there is so much in it that loops are functions of their own. */
  isLong = false;
  /** Runs before all else. */
  readonly prologue: Statement[] = [];
  private readonly pointers = new Map<number, Local<"i32">>();

  constructor(readonly module: ModuleParts) {}

  /** Says that so many variables are used, if there is room for them; whether there is. */
  takeVariables(count: number): boolean {
    if (count > this.room) return false;
    this.room -= count;
    return true;
  }

  /** An address in the table. */
  pointer(place: number): Expression<"i32"> {
    const known = this.pointers.get(place);
    if (known !== undefined) return known;
    const pointer = local("i32");
    this.prologue.push(pointer.set(i32.load(this.base, 4 * place)));
    this.pointers.set(place, pointer);
    return pointer;
  }
}
