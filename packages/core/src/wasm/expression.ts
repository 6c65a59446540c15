/**
 * Expressions: code that leaves a value, with the value's type. An operand of the wrong type is an error of the
 * compiler's, and where it does not see the type, of the operation that is given it: never of the engine's.
 */

import { float32Bytes, float64Bytes, signed, signedLong, unsigned } from "./bytes.js";
import type { Code, VariableIdentity } from "./code.js";
import type { ValueType } from "./value-type.js";

/** Code that leaves one value of a type on the engine's stack. */
export interface Expression<T extends ValueType = ValueType> {
  readonly type: T;
  readonly code: Code;
}

/** Code that leaves nothing. */
export interface Statement {
  readonly type: "void";
  readonly code: Code;
}

/** A value, or a number that stands for a constant. */
export type Operand<T extends ValueType> =
  Expression<T> | (T extends "i64" ? bigint | number : T extends "v128" ? never : number);

/** A variable of a function; as an expression, its value. */
export interface Variable<T extends ValueType = ValueType> extends Expression<T> {
  readonly variable: VariableIdentity;
}

/** A variable that may be set: WebAssembly's local. */
export interface Local<T extends ValueType> extends Variable<T> {
  readonly set: (value: Operand<T>) => Statement;
  /** Sets it, and is the value. */
  readonly tee: (value: Operand<T>) => Expression<T>;
}

/** Code that leaves nothing, as a statement. */
export const statement = (...code: readonly Code[]): Statement => ({ type: "void", code });

/** A variable of the function in whose code it comes; zero at first. */
export const local = <T extends ValueType>(type: T): Local<T> => localOf(type, { type });

/** One that code has already. */
export const localOf = <T extends ValueType>(type: T, variable: VariableIdentity): Local<T> => {
  const access = (opcode: number): Code => ({ kind: "variable", opcode, variable });
  return {
    type,
    variable,
    code: access(0x20),
    set: (value) => statement(operand("local.set", type, value).code, access(0x21)),
    tee: (value) => ({ type, code: [operand("local.tee", type, value).code, access(0x22)] }),
  };
};

/** A variable behind which a loop may be cut in two: `stages.ts`. */
export const stagedLocal = <T extends ValueType>(type: T): Local<T> => localOf(type, { type, staged: true });

/** Makes of a value, and of what is computed with it, one expression. */
type With = <T extends ValueType, R extends ValueType>(
  value: Expression<T>,
  expression: (value: Expression<T>) => Expression<R>,
) => Expression<R>;

const withKept =
  (variableOf: <T extends ValueType>(type: T) => Local<T>): With =>
  (value, expression) => {
    const kept = variableOf(value.type);
    const { type, code } = expression(kept);
    return { type, code: [kept.set(value).code, code] };
  };

/** An expression in which a value, computed once, comes several times. */
export const withValue = /* @__PURE__ */ withKept(local);

/** The same, of a value behind which a loop may be cut in two: `stages.ts`. */
export const withStaged = /* @__PURE__ */ withKept(stagedLocal);

const constant = (type: ValueType, value: number | bigint): Code => {
  switch (type) {
    case "i32":
      return [0x41, signed(Number(value))];
    case "i64":
      return [0x42, signedLong(BigInt(value))];
    case "f32":
      return [0x43, float32Bytes(Number(value))];
    case "f64":
      return [0x44, float64Bytes(Number(value))];
    case "v128":
      throw new TypeError("a number is no v128: splat it");
  }
};

/** An operand as an expression of the type that `operation` wants. */
export const operand = <T extends ValueType>(
  operation: string,
  type: T,
  value: Operand<T>,
): Expression<T> => {
  if (typeof value === "number" || typeof value === "bigint") return { type, code: constant(type, value) };
  if (value.type !== type)
    throw new TypeError(`${operation}: an operand is ${(value as Expression).type}, not ${type}`);
  return value;
};

/** Operands of the types of a list. */
export type Operands<A extends readonly ValueType[]> = { readonly [I in keyof A]: Operand<A[I]> };

/** The operands' code, in order. */
export const operandsCode = <A extends readonly ValueType[]>(
  operation: string,
  types: A,
  values: Operands<A>,
): readonly Code[] => {
  if (values.length !== types.length)
    throw new TypeError(`${operation}: ${values.length} operands, not ${types.length}`);
  return types.map((type, index) => operand(operation, type, values[index]!).code);
};

/** Operations of one signature, named in a table of their opcodes. */
export const operations = <N extends string, R extends ValueType, const A extends readonly ValueType[]>(
  family: string,
  result: R,
  types: A,
  table: Readonly<Record<N, Code>>,
): Readonly<Record<N, (...values: Operands<A>) => Expression<R>>> =>
  mapTable(table, (name, opcode) => (...values) => ({
    type: result,
    code: [...operandsCode(`${family}.${name}`, types, values), opcode],
  }));

/** Loads from an address and a constant offset, named in a table of their opcodes; `width` bytes each. */
export const loads = <N extends string, R extends ValueType>(
  family: string,
  result: R,
  table: Readonly<Record<N, readonly [opcode: Code, width: number]>>,
): Readonly<Record<N, (address: Operand<"i32">, offset?: number) => Expression<R>>> =>
  mapTable(table, (name, [opcode, width]) => (address, offset = 0) => ({
    type: result,
    code: [operand(`${family}.${name}`, "i32", address).code, opcode, accessPlace(width, offset)],
  }));

/** Stores to an address and a constant offset. */
export const stores = <N extends string, T extends ValueType>(
  family: string,
  type: T,
  table: Readonly<Record<N, readonly [opcode: Code, width: number]>>,
): Readonly<Record<N, (address: Operand<"i32">, value: Operand<T>, offset?: number) => Statement>> =>
  mapTable(
    table,
    (name, [opcode, width]) =>
      (address, value, offset = 0) =>
        statement(
          operand(`${family}.${name}`, "i32", address).code,
          operand(`${family}.${name}`, type, value).code,
          opcode,
          accessPlace(width, offset),
        ),
  );

/** The alignment (a power of two) and the offset of an access. */
export const accessPlace = (width: number, offset: number): Code => {
  if (!Number.isInteger(offset) || offset < 0) throw new TypeError(`an access has the offset ${offset}`);
  return [Math.log2(width), unsigned(offset)];
};

const mapTable = <N extends string, V, W>(
  table: Readonly<Record<N, V>>,
  make: (name: N, value: V) => W,
): Readonly<Record<N, W>> => {
  const made: Partial<Record<N, W>> = {};
  // Object.keys forgets which names there are.
  for (const name of Object.keys(table) as N[]) made[name] = make(name, table[name]);
  return made as Record<N, W>; // each name has been made
};
