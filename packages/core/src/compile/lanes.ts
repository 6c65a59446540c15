/** Elements in the middle of a compiled loop, as numbers or side by side in vectors: what both kinds share. */

import type { Element, Emit } from "../program/lowering.js";
import type { DType } from "../types/tensor.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { f64 } from "../wasm/float.js";
import { call, imported, type WasmFunction } from "../wasm/function.js";
import { float32Functions } from "../wasm/float32/functions.js";
import { i32 } from "../wasm/integer.js";
import { f32x4, i32x4 } from "../wasm/simd.js";
import type { ValueType } from "../wasm/value-type.js";

/** Bools are masks in vectors, 0 or 1 as numbers. */
export interface Lane extends Element {
  readonly value: Expression;
  /** The number that it is, where that is known. */
  readonly constant?: number;
  /** Of a float32 that is the same in all lanes: one divided by it, in float64, which is computed in front of the loops once it is asked for. */
  readonly reciprocal?: () => Expression<"v128">;
}

/** Functions on numbers that a module imports, by the names under which it does. */
export type HostFunctions = Map<string, HostFunction>;

interface HostFunction {
  readonly kernel: (...values: number[]) => number;
  readonly callable: WasmFunction<readonly "f64"[], "f32" | "f64" | "i32">;
}

/** The name of the module that functions of the host are imported from. */
export const hostModule = "host";

const scalarTypes: Readonly<Record<DType, "f32" | "f64" | "i32">> = {
  float32: "f32",
  float64: "f64",
  int32: "i32",
  uint32: "i32",
  bool: "i32",
};

/** The type of one element in a variable of the engine. */
export const scalarType = (dtype: DType): "f32" | "f64" | "i32" => scalarTypes[dtype];

// The dtype of a lane says the type of its value, which the compiler of TypeScript does not see.
/** The value of a lane of four. */
export const asVector = ({ value }: Lane): Expression<"v128"> => value as Expression<"v128">;
/** The value of a float32 lane. */
export const asSingle = ({ value }: Lane): Expression<"f32"> => value as Expression<"f32">;
/** The value of a float64 lane. */
export const asDouble = ({ value }: Lane): Expression<"f64"> => value as Expression<"f64">;
/** The value of a lane of whole numbers or bools. */
export const asInteger = ({ value }: Lane): Expression<"i32"> => value as Expression<"i32">;

/** Results are kept in variables, in the place where code is being written. */
export abstract class Lanes implements Emit<Lane> {
  /** Where statements go. */
  sink: Statement[] = [];

  constructor(protected readonly host: HostFunctions) {}

  /** The same in a variable. */
  named = ({ dtype, value }: Lane): Lane => this.keep(dtype, value);

  protected keep(dtype: DType, value: Expression): Lane {
    const variable = local<ValueType>(value.type);
    this.sink.push(variable.set(value));
    return { dtype, value: variable };
  }

  abstract constant(value: number, dtype: DType): Lane;
  abstract add(a: Lane, b: Lane): Lane;
  abstract sub(a: Lane, b: Lane): Lane;
  abstract mul(a: Lane, b: Lane): Lane;
  abstract div(a: Lane, b: Lane): Lane;
  abstract quotient(a: Lane, b: Lane): Lane;
  abstract neg(x: Lane): Lane;
  abstract abs(x: Lane): Lane;
  abstract min(a: Lane, b: Lane): Lane;
  abstract max(a: Lane, b: Lane): Lane;
  abstract sqrt(x: Lane): Lane;
  abstract floor(x: Lane): Lane;
  abstract ceil(x: Lane): Lane;
  abstract trunc(x: Lane): Lane;
  abstract nearest(x: Lane): Lane;
  abstract equal(a: Lane, b: Lane): Lane;
  abstract less(a: Lane, b: Lane): Lane;
  abstract lessEqual(a: Lane, b: Lane): Lane;
  abstract and(a: Lane, b: Lane): Lane;
  abstract or(a: Lane, b: Lane): Lane;
  abstract xor(a: Lane, b: Lane): Lane;
  abstract not(x: Lane): Lane;
  abstract shiftLeft(x: Lane, bits: Lane): Lane;
  abstract shiftRight(x: Lane, bits: Lane): Lane;
  abstract select(condition: Lane, a: Lane, b: Lane): Lane;
  abstract convert(x: Lane, dtype: DType): Lane;
  abstract bitcast(x: Lane, dtype: DType): Lane;
  abstract half(x: Lane, which: "low" | "high"): Lane;
  abstract joined(low: Lane, high: Lane): Lane;
  abstract apply(
    name: string,
    kernel: (...values: number[]) => number,
    operands: readonly Lane[],
    dtype: DType,
  ): Lane;

  /** The kernel on numbers, called outside of the module. */
  protected callHost(
    name: string,
    kernel: (...values: number[]) => number,
    operands: readonly Lane[],
    dtype: DType,
  ): Expression {
    const key = [name, ...operands.map((operand) => operand.dtype), dtype].join(" ");
    const types = operands.map(() => "f64" as const);
    const known = this.host.get(key) ?? {
      kernel,
      callable: imported(hostModule, key, types, scalarType(dtype)),
    };
    this.host.set(key, known);
    return call(known.callable, ...operands.map(toDouble));
  }
}

/** A number of any dtype as a float64. */
export const toDouble = (x: Lane): Expression<"f64"> =>
  x.dtype === "float64"
    ? asDouble(x)
    : x.dtype === "float32"
      ? f64.promoteF32(asSingle(x))
      : x.dtype === "uint32"
        ? f64.convertI32U(asInteger(x))
        : f64.convertI32S(asInteger(x));

/** A bool as it is stored. */
export const bit = (value: number): 0 | 1 => (value === 0 ? 0 : 1);

/** The engine's code for a float32 function of a name, if there is one. */
export const vectorFunction = (
  name: string,
  operands: readonly Lane[],
  dtype: DType,
): ((values: readonly Expression<"v128">[]) => Expression<"v128">) | undefined => {
  if (dtype !== "float32" || operands.some((operand) => operand.dtype !== "float32")) return undefined;
  if (operands.length === 1) {
    const unary = lookUp(float32Functions.unary, name);
    return unary && (([x]) => unary(x as Expression<"v128">));
  }
  const binary = lookUp(float32Functions.binary, name);
  return binary && (([x, y]) => binary(x as Expression<"v128">, y as Expression<"v128">));
};

/** Whether there is vector code for a function of these operands. */
export const hasVectorFunction = (
  name: string,
  operands: readonly (DType | undefined)[],
  dtype: DType,
): boolean =>
  dtype === "float32" &&
  operands.every((each) => each === "float32") &&
  lookUp(
    operands.length === 1
      ? float32Functions.unary
      : (float32Functions.binary as Readonly<Record<string, unknown>>),
    name,
  ) !== undefined;

const lookUp = <F>(table: Readonly<Record<string, F>>, name: string): F | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** One lane of a vector as a number. */
export const laneOf = (x: Lane, lane: number): Lane => {
  if (x.dtype === "float32") return { dtype: x.dtype, value: f32x4.extractLane(asVector(x), lane) };
  const bits = i32x4.extractLane(asVector(x), lane);
  return { dtype: x.dtype, value: x.dtype === "bool" ? i32.and(bits, 1) : bits };
};

/** Numbers of a dtype, up to four, as the lanes of a vector. */
export const packed = (numbers: readonly Expression[], dtype: DType): Expression<"v128"> => {
  const [first, ...others] = numbers;
  if (dtype === "float32") {
    return others.reduce<Expression<"v128">>(
      (vector, number, index) => f32x4.replaceLane(vector, index + 1, number as Expression<"f32">),
      f32x4.splat(first as Expression<"f32">),
    );
  }
  const mask = (number: Expression): Expression<"i32"> =>
    dtype === "bool" ? i32.sub(0, number as Expression<"i32">) : (number as Expression<"i32">);
  return others.reduce<Expression<"v128">>(
    (vector, number, index) => i32x4.replaceLane(vector, index + 1, mask(number)),
    i32x4.splat(mask(first as Expression)),
  );
};
