/**
 * Code as a value: bytes, and what becomes bytes once its surroundings are known (variables, calls, branches).
 * Nested lists, so that code made of code is not copied.
 */

import type { ValueType } from "./value-type.js";
import { append, unsigned } from "./bytes.js";

/** Bytes, lists of code, and what is written once its surroundings are known. */
export type Code =
  | number
  | readonly Code[]
  | VariableAccess
  | Invocation
  | Structure
  | Branch
  | VectorConstant
  | Either
  | Rare;

/** A variable of a function; which one, is an object's identity. */
export interface VariableIdentity {
  readonly type: ValueType;
  /** Whether a loop may be cut behind it: `stages.ts`. */
  readonly staged?: true;
}

/** What can be called: a function of the module, or one that it imports. */
export interface Callable {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | undefined;
  /** The module that it is imported from. */
  readonly importedFrom?: string;
  readonly variables?: readonly VariableIdentity[];
  readonly code?: Code;
}

/** Where a branch goes: the end of a block, the start of a loop. */
export interface Label {
  readonly kind: "label";
}

interface VariableAccess {
  readonly kind: "variable";
  readonly opcode: number;
  readonly variable: VariableIdentity;
}

interface Invocation {
  readonly kind: "call";
  readonly callable: Callable;
}

/** A block, loop or condition around code, whose label branches inside of it name. */
export interface Structure {
  readonly kind: "structure";
  readonly opcode: number;
  readonly label: Label;
  readonly body: Code;
}

interface Branch {
  readonly kind: "branch";
  readonly opcode: number;
  readonly label: Label;
}

/** The sixteen bytes of a v128. */
export interface VectorConstant {
  readonly kind: "vector";
  readonly bytes: readonly number[];
}

/** What is set in front of a loop, and read where the constants come in it. */
export interface LoopConstants {
  readonly settings: Map<string, readonly [VariableIdentity, VectorConstant]>;
  readonly places: Map<VectorConstant, VariableIdentity>;
}

/** Two ways to write something that leave the same types. */
export interface Either {
  readonly kind: "either";
  /** For engines with a multiply-add that rounds once. */
  readonly fused: Code;
  readonly plain: Code;
}

/** What is done where a lane of `measure` is above `limit`, as signed numbers: statements behind others, in whose place they may be done. */
export interface Rare {
  readonly kind: "rare";
  readonly measure: Code;
  readonly limit: Code;
  /** The test, and the statements. */
  readonly whole: Code;
}

/** What code refers to, as numbers, and which way it is written. */
interface Surroundings {
  readonly variable: (variable: VariableIdentity) => number;
  readonly callable: (callable: Callable) => number;
  readonly fuses: boolean;
  /** Constants that stand in front of loops. */
  readonly constants: ReadonlyMap<Structure, LoopConstants>;
}

const [localGet, localSet] = [0x20, 0x21];
const noType = 0x40;
const end = 0x0b;

/** Whether code is a list of code: `Array.isArray`, which narrows readonly lists too. */
export const isList = (code: Code): code is readonly Code[] => Array.isArray(code);

/** Writes code behind `bytes`. */
export const writeCode = (
  code: Code,
  { variable, callable, fuses, constants }: Surroundings,
  bytes: number[],
): void => {
  const labels: Label[] = [];
  let places: LoopConstants["places"] | undefined;
  const access = (opcode: number, which: VariableIdentity): void => {
    bytes.push(opcode);
    append(bytes, unsigned(variable(which)));
  };
  const constant = (part: VectorConstant): void => {
    bytes.push(0xfd, 0x0c);
    append(bytes, part.bytes);
  };
  const write = (part: Code): void => {
    if (typeof part === "number") bytes.push(part);
    else if (isList(part)) for (const inner of part) write(inner);
    else if (part.kind === "variable") access(part.opcode, part.variable);
    else if (part.kind === "call") bytes.push(0x10, ...unsigned(callable(part.callable)));
    else if (part.kind === "branch") {
      const index = labels.lastIndexOf(part.label);
      if (index < 0) throw new TypeError("a branch leads out of the function");
      bytes.push(part.opcode, ...unsigned(labels.length - 1 - index));
    } else if (part.kind === "vector") {
      const place = places?.get(part);
      if (place === undefined) constant(part);
      else access(localGet, place);
    } else if (part.kind === "either") write(fuses ? part.fused : part.plain);
    else if (part.kind === "rare") write(part.whole);
    else {
      const own = constants.get(part);
      for (const [place, value] of own?.settings.values() ?? []) {
        constant(value);
        access(localSet, place);
      }
      places = own?.places ?? places;
      labels.push(part.label);
      bytes.push(part.opcode, noType);
      write(part.body);
      bytes.push(end);
      labels.pop();
      if (own !== undefined) places = undefined;
    }
  };
  write(code);
};

/** How long code is: about its bytes, but for constants. */
export const lengthOf = (code: Code): number => {
  if (typeof code === "number") return 1;
  if (isList(code)) return code.reduce<number>((length, part) => length + lengthOf(part), 0);
  if (code.kind === "structure") return 2 + lengthOf(code.body);
  if (code.kind === "rare") return lengthOf(code.whole);
  return code.kind === "either" ? lengthOf(code.plain) : 2;
};

/** Whether code runs from its beginning to its end. */
export const isStraight = (code: Code): boolean =>
  isList(code)
    ? code.every(isStraight)
    : typeof code === "number" || (code.kind !== "structure" && code.kind !== "rare");

/** Every variable and every callable of code, each once, in the order in which they come. */
export const referencesOf = (
  code: Code,
): { readonly variables: ReadonlySet<VariableIdentity>; readonly callables: ReadonlySet<Callable> } => {
  const variables = new Set<VariableIdentity>();
  const callables = new Set<Callable>();
  const visit = (part: Code): void => {
    if (typeof part === "number") return;
    if (isList(part)) for (const inner of part) visit(inner);
    else if (part.kind === "variable") variables.add(part.variable);
    else if (part.kind === "call") callables.add(part.callable);
    else if (part.kind === "structure") visit(part.body);
    else if (part.kind === "rare") visit(part.whole);
  };
  visit(code);
  return { variables, callables };
};
