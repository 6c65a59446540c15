/**
 * Code as a value: bytes, and what becomes bytes once its surroundings are known (variables, calls, branches).
 * Nested lists, so that code made of code is not copied.
 */

import type { ValueType } from "./value-type.js";

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
  readonly body?: Body;
}

/** What a function of the module does. */
export interface Body {
  readonly code: Code;
  /** Parameters first, then those that come in its code. */
  readonly variables: readonly VariableIdentity[];
  /** What it calls. */
  readonly callables: ReadonlySet<Callable>;
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

/** A constant v128, whose lanes are all the same. */
export interface VectorConstant {
  readonly kind: "vector";
  /** The bytes of a lane. */
  readonly lane: readonly number[];
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

/** Whether code is a list of code: `Array.isArray`, which narrows readonly lists too. */
export const isList = (code: Code): code is readonly Code[] => Array.isArray(code);

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

/** What code refers to. */
export interface References {
  readonly variables: ReadonlySet<VariableIdentity>;
  readonly callables: ReadonlySet<Callable>;
}

/** Every variable and every callable of code, each once, in the order in which they come. */
export const referencesOf = (code: Code): References => {
  const variables = new Set<VariableIdentity>();
  const callables = new Set<Callable>();
  const visit = (part: Code): void => {
    if (typeof part === "number") return;
    if (isList(part)) part.forEach(visit);
    else if (part.kind === "variable") variables.add(part.variable);
    else if (part.kind === "call") callables.add(part.callable);
    else if (part.kind === "structure") visit(part.body);
    else if (part.kind === "rare") visit(part.whole);
  };
  visit(code);
  return { variables, callables };
};
