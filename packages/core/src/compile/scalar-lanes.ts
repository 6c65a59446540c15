/** Elements as numbers, one at a time: of every dtype. */

import { isFloating } from "../tensor/dtype.js";
import type { DType } from "../types/tensor.js";
import { select } from "../wasm/control.js";
import { withValue, type Expression } from "../wasm/expression.js";
import { f32, f64 } from "../wasm/float.js";
import { i32, i64 } from "../wasm/integer.js";
import { f32x4 } from "../wasm/simd.js";
import { asDouble, asInteger, asSingle, bit, Lanes, toDouble, vectorFunction, type Lane } from "./lanes.js";

/** Arithmetic on one element at a time. */
export class ScalarLanes extends Lanes {
  constant(value: number, dtype: DType): Lane {
    if (dtype === "float32") return { dtype, value: f32.const(Math.fround(value)) };
    if (dtype === "float64") return { dtype, value: f64.const(value) };
    return { dtype, value: i32.const(dtype === "bool" ? bit(value) : value | 0), constant: value };
  }
  add = (a: Lane, b: Lane): Lane => this.both("add", a, b);
  sub = (a: Lane, b: Lane): Lane => this.both("sub", a, b);
  mul = (a: Lane, b: Lane): Lane => this.both("mul", a, b);
  div(a: Lane, b: Lane): Lane {
    return a.dtype === "float64"
      ? this.keep(a.dtype, f64.div(asDouble(a), asDouble(b)))
      : this.keep(a.dtype, f32.div(asSingle(a), asSingle(b)));
  }
  quotient(a: Lane, b: Lane): Lane {
    const [x, y] = [asInteger(a), asInteger(b)];
    const divided = a.dtype === "uint32" ? unsignedQuotient(x, y) : signedQuotient(x, y);
    return this.keep(a.dtype, select(y, divided, i32.const(0)));
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
  shiftLeft(x: Lane, bits: Lane): Lane {
    return this.keep(x.dtype, shifted(i32.shl, asInteger(x), bits, i32.const(0)));
  }
  shiftRight(x: Lane, bits: Lane): Lane {
    const word = asInteger(x);
    return x.dtype === "int32"
      ? this.keep(x.dtype, shifted(i32.shrS, word, bits, i32.shrS(word, 31)))
      : this.keep(x.dtype, shifted(i32.shrU, word, bits, i32.const(0)));
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

  half(x: Lane, which: "low" | "high"): Lane {
    const bits = i64.reinterpretF64(asDouble(x));
    return this.keep("uint32", i32.wrapI64(which === "low" ? bits : i64.shrU(bits, 32)));
  }
  joined(low: Lane, high: Lane): Lane {
    const [right, left] = [i64.extendI32U(asInteger(low)), i64.extendI32U(asInteger(high))];
    return this.keep("float64", f64.reinterpretI64(i64.or(i64.shl(left, 32), right)));
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

/** A word with its bits moved; another one where all of them are gone. */
const shifted = (
  move: typeof i32.shl,
  word: Expression<"i32">,
  bits: Lane,
  gone: Expression<"i32">,
): Expression<"i32"> => {
  const { constant } = bits;
  if (constant !== undefined) return constant < 0 || constant > 31 ? gone : move(word, constant);
  return select(i32.ltU(asInteger(bits), 32), move(word, asInteger(bits)), gone);
};

/** The engine divides neither by 0 nor the least number by -1: by them is divided as by 1. */
const unsignedQuotient = (x: Expression<"i32">, y: Expression<"i32">): Expression<"i32"> =>
  i32.divU(x, select(y, y, i32.const(1)));

const signedQuotient = (x: Expression<"i32">, y: Expression<"i32">): Expression<"i32"> => {
  const isOrdinary = i32.gtU(i32.add(y, 1), 1);
  const isMixed = (rest: Expression<"i32">): Expression<"i32"> =>
    i32.and(i32.ne(rest, 0), i32.ltS(i32.xor(rest, y), 0));
  const roundedDown = withValue(select(isOrdinary, y, i32.const(1)), (divisor) =>
    i32.sub(i32.divS(x, divisor), isMixed(i32.remS(x, divisor))),
  );
  return select(i32.eq(y, -1), i32.sub(0, x), roundedDown);
};
