/** Elements in the middle of a compiled loop: four side by side in a vector, or one as a number. */

import type { Element, Emit } from "../program/lowering.js";
import { isFloating } from "../tensor/dtype.js";
import type { DType } from "../types/tensor.js";
import { select } from "../wasm/control.js";
import { local, type Expression, type Operand, type Statement } from "../wasm/expression.js";
import { f32, f64 } from "../wasm/float.js";
import { call, imported } from "../wasm/function.js";
import { float32Functions } from "../wasm/float32/functions.js";
import { i32 } from "../wasm/integer.js";
import { f32x4, i32x4, v128 } from "../wasm/simd.js";
import type { ValueType } from "../wasm/value-type.js";

/** Bools are masks in vectors, 0 or 1 as numbers. */
export interface Lane extends Element {
  readonly value: Expression;
}

/** Functions on numbers that a module imports, by the names under which it does. */
export type HostFunctions = Map<string, (...values: never[]) => unknown>;

export const hostModule = "host";

const scalarTypes: Readonly<Record<DType, "f32" | "f64" | "i32">> = {
  float32: "f32",
  float64: "f64",
  int32: "i32",
  uint32: "i32",
  bool: "i32",
};

export const scalarType = (dtype: DType): "f32" | "f64" | "i32" => scalarTypes[dtype];

// The dtype of a lane says the type of its value, which the compiler of TypeScript does not see.
const asVector = ({ value }: Lane): Expression<"v128"> => value as Expression<"v128">;
const asSingle = ({ value }: Lane): Expression<"f32"> => value as Expression<"f32">;
const asDouble = ({ value }: Lane): Expression<"f64"> => value as Expression<"f64">;
const asInteger = ({ value }: Lane): Expression<"i32"> => value as Expression<"i32">;

/** What both kinds share: results are kept in variables, in the place where code is being written. */
abstract class Lanes implements Emit<Lane> {
  /** Where statements go. */
  sink: Statement[] = [];

  constructor(protected readonly host: HostFunctions) {}

  /** The same in a variable. */
  named = ({ dtype, value }: Lane): Lane => this.keep(dtype, value);

  protected keep(dtype: DType, value: Expression): Lane {
    const variable = local<ValueType>(value.type);
    this.sink.push(variable.set(value as Operand<ValueType>));
    return { dtype, value: variable };
  }

  abstract constant(value: number, dtype: DType): Lane;
  abstract add(a: Lane, b: Lane): Lane;
  abstract sub(a: Lane, b: Lane): Lane;
  abstract mul(a: Lane, b: Lane): Lane;
  abstract div(a: Lane, b: Lane): Lane;
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
  abstract shiftLeft(x: Lane, bits: number): Lane;
  abstract shiftRight(x: Lane, bits: number): Lane;
  abstract select(condition: Lane, a: Lane, b: Lane): Lane;
  abstract convert(x: Lane, dtype: DType): Lane;
  abstract bitcast(x: Lane, dtype: DType): Lane;
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
    this.host.set(key, kernel as (...values: never[]) => unknown); // numbers come in
    const f = imported(hostModule, key, new Array<"f64">(operands.length).fill("f64"), scalarType(dtype));
    return call(f, ...operands.map(toDouble));
  }
}

/** A number of any dtype as a float64. */
const toDouble = (x: Lane): Expression<"f64"> =>
  x.dtype === "float64"
    ? asDouble(x)
    : x.dtype === "float32"
      ? f64.promoteF32(asSingle(x))
      : x.dtype === "uint32"
        ? f64.convertI32U(asInteger(x))
        : f64.convertI32S(asInteger(x));

const bit = (value: number): 0 | 1 => (value === 0 ? 0 : 1);

export class ScalarLanes extends Lanes {
  constant(value: number, dtype: DType): Lane {
    if (dtype === "float32") return { dtype, value: f32.const(Math.fround(value)) };
    if (dtype === "float64") return { dtype, value: f64.const(value) };
    return { dtype, value: i32.const(dtype === "bool" ? bit(value) : value | 0) };
  }
  add = (a: Lane, b: Lane): Lane => this.both("add", a, b);
  sub = (a: Lane, b: Lane): Lane => this.both("sub", a, b);
  mul = (a: Lane, b: Lane): Lane => this.both("mul", a, b);
  div(a: Lane, b: Lane): Lane {
    return a.dtype === "float64"
      ? this.keep(a.dtype, f64.div(asDouble(a), asDouble(b)))
      : this.keep(a.dtype, f32.div(asSingle(a), asSingle(b)));
  }
  neg(x: Lane): Lane {
    return isFloating(x.dtype) ? this.one("neg", x) : this.keep(x.dtype, i32.sub(0, asInteger(x)));
  }
  abs(x: Lane): Lane {
    if (isFloating(x.dtype)) return this.one("abs", x);
    if (x.dtype === "uint32") return x;
    return this.keep(x.dtype, select(i32.ltS(asInteger(x), 0), i32.sub(0, asInteger(x)), asInteger(x)));
  }
  min = (a: Lane, b: Lane): Lane => this.extremum("min", a, b);
  max = (a: Lane, b: Lane): Lane => this.extremum("max", a, b);
  sqrt = (x: Lane): Lane => this.one("sqrt", x);
  floor = (x: Lane): Lane => this.one("floor", x);
  ceil = (x: Lane): Lane => this.one("ceil", x);
  trunc = (x: Lane): Lane => this.one("trunc", x);
  nearest = (x: Lane): Lane => this.one("nearest", x);
  equal = (a: Lane, b: Lane): Lane => this.compare("eq", "eq", "eq", a, b);
  less = (a: Lane, b: Lane): Lane => this.compare("lt", "ltS", "ltU", a, b);
  lessEqual = (a: Lane, b: Lane): Lane => this.compare("le", "leS", "leU", a, b);
  and = (a: Lane, b: Lane): Lane => this.keep(a.dtype, i32.and(asInteger(a), asInteger(b)));
  or = (a: Lane, b: Lane): Lane => this.keep(a.dtype, i32.or(asInteger(a), asInteger(b)));
  xor = (a: Lane, b: Lane): Lane => this.keep(a.dtype, i32.xor(asInteger(a), asInteger(b)));
  not = (x: Lane): Lane => this.keep(x.dtype, i32.xor(asInteger(x), x.dtype === "bool" ? 1 : -1));
  shiftLeft = (x: Lane, bits: number): Lane => this.keep(x.dtype, i32.shl(asInteger(x), bits));
  shiftRight(x: Lane, bits: number): Lane {
    return this.keep(x.dtype, i32[x.dtype === "int32" ? "shrS" : "shrU"](asInteger(x), bits));
  }
  select(condition: Lane, a: Lane, b: Lane): Lane {
    return this.keep(a.dtype, select(asInteger(condition), a.value, b.value));
  }

  convert(x: Lane, dtype: DType): Lane {
    if (x.dtype === dtype) return x;
    if (dtype === "bool") return this.not(this.equal(x, this.constant(0, x.dtype)));
    if (dtype === "float64") return this.keep(dtype, toDouble(x));
    if (dtype === "float32") {
      if (x.dtype === "float64") return this.keep(dtype, f32.demoteF64(asDouble(x)));
      return this.keep(dtype, f32[x.dtype === "uint32" ? "convertI32U" : "convertI32S"](asInteger(x)));
    }
    if (x.dtype === "float32")
      return this.keep(dtype, i32[dtype === "int32" ? "truncSatF32S" : "truncSatF32U"](asSingle(x)));
    if (x.dtype === "float64")
      return this.keep(dtype, i32[dtype === "int32" ? "truncSatF64S" : "truncSatF64U"](asDouble(x)));
    return { dtype, value: x.value };
  }

  bitcast(x: Lane, dtype: DType): Lane {
    if (x.dtype === "float32" && dtype !== "float32")
      return this.keep(dtype, i32.reinterpretF32(asSingle(x)));
    if (x.dtype !== "float32" && dtype === "float32")
      return this.keep(dtype, f32.reinterpretI32(asInteger(x)));
    return { dtype, value: x.value };
  }

  apply(
    name: string,
    kernel: (...values: number[]) => number,
    operands: readonly Lane[],
    dtype: DType,
  ): Lane {
    const code = vectorFunction(name, operands, dtype);
    if (code === undefined) return this.keep(dtype, this.callHost(name, kernel, operands, dtype));
    const splats = operands.map((operand) => f32x4.splat(asSingle(operand)));
    return this.keep(dtype, f32x4.extractLane(code(splats), 0));
  }

  private both(name: "add" | "sub" | "mul", a: Lane, b: Lane): Lane {
    if (a.dtype === "float64") return this.keep(a.dtype, f64[name](asDouble(a), asDouble(b)));
    if (a.dtype === "float32") return this.keep(a.dtype, f32[name](asSingle(a), asSingle(b)));
    return this.keep(a.dtype, i32[name](asInteger(a), asInteger(b)));
  }

  private one(name: "neg" | "abs" | "sqrt" | "floor" | "ceil" | "trunc" | "nearest", x: Lane): Lane {
    return x.dtype === "float64"
      ? this.keep(x.dtype, f64[name](asDouble(x)))
      : this.keep(x.dtype, f32[name](asSingle(x)));
  }

  private extremum(name: "min" | "max", a: Lane, b: Lane): Lane {
    if (a.dtype === "float64") return this.keep(a.dtype, f64[name](asDouble(a), asDouble(b)));
    if (a.dtype === "float32") return this.keep(a.dtype, f32[name](asSingle(a), asSingle(b)));
    const first = name === "min" ? this.less(a, b) : this.less(b, a);
    return this.select(first, a, b);
  }

  private compare(
    float: "eq" | "lt" | "le",
    signed: "eq" | "ltS" | "leS",
    unsigned: "eq" | "ltU" | "leU",
    a: Lane,
    b: Lane,
  ): Lane {
    if (a.dtype === "float64") return this.keep("bool", f64[float](asDouble(a), asDouble(b)));
    if (a.dtype === "float32") return this.keep("bool", f32[float](asSingle(a), asSingle(b)));
    return this.keep("bool", i32[a.dtype === "int32" ? signed : unsigned](asInteger(a), asInteger(b)));
  }
}

/** The engine's code for a float32 function of a name, if there is one. */
const vectorFunction = (
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

/** Four elements of 32 bits. There is no float64 in vectors. */
export class VectorLanes extends Lanes {
  constant(value: number, dtype: DType): Lane {
    if (dtype === "float32") return { dtype, value: f32x4.const(Math.fround(value)) };
    return { dtype, value: i32x4.const(dtype === "bool" ? -bit(value) : value | 0) };
  }
  add = (a: Lane, b: Lane): Lane => this.both("add", a, b);
  sub = (a: Lane, b: Lane): Lane => this.both("sub", a, b);
  mul = (a: Lane, b: Lane): Lane => this.both("mul", a, b);
  div = (a: Lane, b: Lane): Lane => this.keep(a.dtype, f32x4.div(asVector(a), asVector(b)));
  neg = (x: Lane): Lane => this.keep(x.dtype, (isFloating(x.dtype) ? f32x4 : i32x4).neg(asVector(x)));
  abs = (x: Lane): Lane =>
    x.dtype === "uint32" ? x : this.keep(x.dtype, (isFloating(x.dtype) ? f32x4 : i32x4).abs(asVector(x)));
  min = (a: Lane, b: Lane): Lane => this.extremum("min", a, b);
  max = (a: Lane, b: Lane): Lane => this.extremum("max", a, b);
  sqrt = (x: Lane): Lane => this.keep(x.dtype, f32x4.sqrt(asVector(x)));
  floor = (x: Lane): Lane => this.keep(x.dtype, f32x4.floor(asVector(x)));
  ceil = (x: Lane): Lane => this.keep(x.dtype, f32x4.ceil(asVector(x)));
  trunc = (x: Lane): Lane => this.keep(x.dtype, f32x4.trunc(asVector(x)));
  nearest = (x: Lane): Lane => this.keep(x.dtype, f32x4.nearest(asVector(x)));
  equal = (a: Lane, b: Lane): Lane => this.compare("eq", "eq", "eq", a, b);
  less = (a: Lane, b: Lane): Lane => this.compare("lt", "ltS", "ltU", a, b);
  lessEqual = (a: Lane, b: Lane): Lane => this.compare("le", "leS", "leU", a, b);
  and = (a: Lane, b: Lane): Lane => this.keep(a.dtype, v128.and(asVector(a), asVector(b)));
  or = (a: Lane, b: Lane): Lane => this.keep(a.dtype, v128.or(asVector(a), asVector(b)));
  xor = (a: Lane, b: Lane): Lane => this.keep(a.dtype, v128.xor(asVector(a), asVector(b)));
  not = (x: Lane): Lane => this.keep(x.dtype, v128.not(asVector(x)));
  shiftLeft = (x: Lane, bits: number): Lane => this.keep(x.dtype, i32x4.shl(asVector(x), bits));
  shiftRight(x: Lane, bits: number): Lane {
    return this.keep(x.dtype, i32x4[x.dtype === "int32" ? "shrS" : "shrU"](asVector(x), bits));
  }
  select(condition: Lane, a: Lane, b: Lane): Lane {
    return this.keep(a.dtype, v128.bitselect(asVector(a), asVector(b), asVector(condition)));
  }

  convert(x: Lane, dtype: DType): Lane {
    if (x.dtype === dtype) return x;
    if (dtype === "bool") return this.not(this.equal(x, this.constant(0, x.dtype)));
    if (x.dtype === "bool") return this.keep(dtype, v128.and(asVector(x), asVector(this.constant(1, dtype))));
    if (dtype === "float32")
      return this.keep(dtype, f32x4[x.dtype === "uint32" ? "convertI32x4U" : "convertI32x4S"](asVector(x)));
    if (x.dtype === "float32")
      return this.keep(dtype, i32x4[dtype === "int32" ? "truncSatF32x4S" : "truncSatF32x4U"](asVector(x)));
    return { dtype, value: x.value };
  }

  bitcast = (x: Lane, dtype: DType): Lane => ({ dtype, value: x.value });

  apply(
    name: string,
    kernel: (...values: number[]) => number,
    operands: readonly Lane[],
    dtype: DType,
  ): Lane {
    const code = vectorFunction(name, operands, dtype);
    if (code !== undefined) return this.keep(dtype, code(operands.map(asVector)));
    const lanes = [0, 1, 2, 3].map((lane) =>
      this.callHost(
        name,
        kernel,
        operands.map((operand) => laneOf(operand, lane)),
        dtype,
      ),
    );
    return this.keep(dtype, packed(lanes, dtype));
  }

  private both(name: "add" | "sub" | "mul", a: Lane, b: Lane): Lane {
    return this.keep(a.dtype, (a.dtype === "float32" ? f32x4 : i32x4)[name](asVector(a), asVector(b)));
  }

  private extremum(name: "min" | "max", a: Lane, b: Lane): Lane {
    const [x, y] = [asVector(a), asVector(b)];
    if (a.dtype === "float32") return this.keep(a.dtype, f32x4[name](x, y));
    return this.keep(a.dtype, i32x4[`${name}${a.dtype === "int32" ? "S" : "U"}`](x, y));
  }

  private compare(
    float: "eq" | "lt" | "le",
    signed: "eq" | "ltS" | "leS",
    unsigned: "eq" | "ltU" | "leU",
    a: Lane,
    b: Lane,
  ): Lane {
    const [x, y] = [asVector(a), asVector(b)];
    if (a.dtype === "float32") return this.keep("bool", f32x4[float](x, y));
    // Masks of bools are 0 and -1, and false is less than true.
    return this.keep("bool", i32x4[a.dtype === "int32" ? signed : unsigned](x, y));
  }
}

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
