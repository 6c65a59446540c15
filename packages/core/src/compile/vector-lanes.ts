/** Elements side by side in vectors. */

import { isFloating } from "../tensor/dtype.js";
import type { DType } from "../types/tensor.js";
import type { Expression } from "../wasm/expression.js";
import { byReciprocal } from "../wasm/float32/divide.js";
import { f32x4, i32x4, v128 } from "../wasm/simd.js";
import { asVector, bit, laneOf, Lanes, packed, vectorFunction, type Lane } from "./lanes.js";
import { ScalarLanes } from "./scalar-lanes.js";

/** Four elements of 32 bits. There is no float64 in vectors. */
export class VectorLanes extends Lanes {
  /** Whether code is written for every second copy of a loop's body, which divides by reciprocals: so dividers do not have all to do. */
  isOdd = false;

  constant(value: number, dtype: DType): Lane {
    if (dtype === "float32") {
      const constant = Math.fround(value);
      return { dtype, value: f32x4.const(constant), constant };
    }
    return { dtype, value: i32x4.const(dtype === "bool" ? -bit(value) : value | 0), constant: value };
  }
  add = (a: Lane, b: Lane): Lane => this.both("add", a, b);
  sub = (a: Lane, b: Lane): Lane => this.both("sub", a, b);
  mul = (a: Lane, b: Lane): Lane => this.both("mul", a, b);
  div = (a: Lane, b: Lane): Lane =>
    this.keep(
      a.dtype,
      this.isOdd && b.reciprocal !== undefined
        ? byReciprocal(asVector(a), b.reciprocal())
        : f32x4.div(asVector(a), asVector(b)),
    );
  quotient = (a: Lane, b: Lane): Lane => this.oneByOne("quotient", a, b);
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
  shiftLeft = (x: Lane, bits: Lane): Lane => this.shifted("shiftLeft", "shl", x, bits);
  shiftRight = (x: Lane, bits: Lane): Lane =>
    this.shifted("shiftRight", x.dtype === "int32" ? "shrS" : "shrU", x, bits);
  /** A choice that is one instruction where one side is 0; otherwise it is three on x86. */
  select(condition: Lane, a: Lane, b: Lane): Lane {
    const mask = asVector(condition);
    if (isZero(a)) return this.keep(a.dtype, v128.andNot(asVector(b), mask));
    if (isZero(b)) return this.keep(a.dtype, v128.and(asVector(a), mask));
    return this.keep(a.dtype, v128.bitselect(asVector(a), asVector(b), mask));
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
  half = (): Lane => notWide();
  joined = (): Lane => notWide();

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

  /** All lanes by one constant; by bits of their own, one lane after another. */
  private shifted(
    name: "shiftLeft" | "shiftRight",
    move: "shl" | "shrS" | "shrU",
    x: Lane,
    bits: Lane,
  ): Lane {
    const { constant } = bits;
    if (constant !== undefined && constant >= 0 && constant <= 31)
      return this.keep(x.dtype, i32x4[move](asVector(x), constant));
    return this.oneByOne(name, x, bits);
  }

  private oneByOne(name: "shiftLeft" | "shiftRight" | "quotient", x: Lane, y: Lane): Lane {
    const scalars = new ScalarLanes(this.host);
    scalars.sink = this.sink;
    const lanes = [0, 1, 2, 3].map((lane) => scalars[name](laneOf(x, lane), laneOf(y, lane)).value);
    return this.keep(x.dtype, packed(lanes, x.dtype));
  }

  private both(name: "add" | "sub" | "mul", a: Lane, b: Lane): Lane {
    return this.keep(a.dtype, (a.dtype === "float32" ? f32x4 : i32x4)[name](asVector(a), asVector(b)));
  }

  private extremum(name: "min" | "max", a: Lane, b: Lane): Lane {
    const [x, y] = [asVector(a), asVector(b)];
    if (a.dtype === "float32") return this.keep(a.dtype, bounded(name, a, b) ?? f32x4[name](x, y));
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

/** All bits are 0. */
const isZero = ({ constant }: Lane): boolean => Object.is(constant, 0);

/**
 * An extremum of float32 and a constant, where `pmin` or `pmax` gives it, one instruction instead of eight on x86: they keep their first operand
 * if it is NaN, and of two zeros whichever it is. What is added makes 0 of -0.
 */
const bounded = (name: "min" | "max", a: Lane, b: Lane): Expression<"v128"> | undefined => {
  const [x, bound] = a.constant === undefined ? [a, b] : [b, a];
  const { constant } = bound;
  if (constant === undefined || Number.isNaN(constant)) return undefined;
  if (name === "min") return Object.is(constant, -0) ? undefined : f32x4.pmin(asVector(x), asVector(bound));
  const larger = f32x4.pmax(asVector(x), asVector(bound));
  return isZero(bound) ? f32x4.add(larger, asVector(bound)) : larger;
};

const notWide = (): never => {
  throw new TypeError("there is no float64 in vectors");
};
