/** Operations on vectors of 128 bits (SIMD128, and the relaxed multiply-add). Comparisons give masks: all bits of a lane, or none. */

import { float32Bytes, float64Bytes, int32Bytes, int64Bytes, unsigned } from "./bytes.js";
import type { Code } from "./code.js";
import {
  accessPlace,
  loads,
  operand,
  operations,
  stores,
  type Expression,
  type Operand,
} from "./expression.js";
import type { ValueType } from "./value-type.js";

type Vector = Expression<"v128">;

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];

/** Opcodes that follow each other. */
const from = <N extends string>(first: number, ...names: readonly N[]): Readonly<Record<N, Code>> => {
  const opcodes: Partial<Record<N, Code>> = {};
  names.forEach((name, index) => (opcodes[name] = simd(first + index)));
  return opcodes as Record<N, Code>; // each name has been given one
};

const unary = ["v128"] as const;
const binary = ["v128", "v128"] as const;
const ternary = ["v128", "v128", "v128"] as const;
const shift = ["v128", "i32"] as const;

/** A vector of lanes of the same bytes. */
const constant = (lane: readonly number[]): Vector => ({ type: "v128", code: { kind: "vector", lane } });

/** Lanes of one type: splats, constants, and single lanes by number. */
const lanes = <T extends ValueType, C extends number | bigint = number>(
  family: string,
  type: T,
  count: number,
  bytesOf: (value: C) => readonly number[],
  opcodes: { readonly splat: number; readonly extract: number; readonly replace: number },
) => {
  const checked = (lane: number): number => {
    if (!(Number.isInteger(lane) && lane >= 0 && lane < count))
      throw new TypeError(`${family}: there is no lane ${lane}`);
    return lane;
  };
  return {
    /** One number in all lanes. */
    const: (value: C): Vector => constant(bytesOf(value)),
    ...operations(family, "v128", [type], { splat: simd(opcodes.splat) }),
    extractLane: (x: Vector, lane: number): Expression<T> => ({
      type,
      code: [operand(`${family}.extractLane`, "v128", x).code, simd(opcodes.extract), checked(lane)],
    }),
    replaceLane: (x: Vector, lane: number, value: Operand<T>): Vector => ({
      type: "v128",
      code: [
        operand(`${family}.replaceLane`, "v128", x).code,
        operand(`${family}.replaceLane`, type, value).code,
        simd(opcodes.replace),
        checked(lane),
      ],
    }),
    /** The vector with one lane from an address and a constant offset. */
    loadLane: (address: Operand<"i32">, x: Vector, lane: number, offset = 0): Vector => ({
      type: "v128",
      code: [
        operand(`${family}.loadLane`, "i32", address).code,
        operand(`${family}.loadLane`, "v128", x).code,
        simd(0x54 + Math.log2(16 / count)),
        accessPlace(16 / count, offset),
        checked(lane),
      ],
    }),
  };
};

/** a b + c, rounded once where the module is assembled for engines that can, else twice. */
const multiplyAdd =
  (family: string, multiply: number, add: number, fused: number) =>
  (a: Vector, b: Vector, c: Vector): Vector => {
    const codeOf = (x: Vector): Code => operand(`${family}.multiplyAdd`, "v128", x).code;
    return {
      type: "v128",
      code: [
        [codeOf(a), codeOf(b), { kind: "either", fused: [], plain: simd(multiply) }],
        [codeOf(c), { kind: "either", fused: simd(fused), plain: simd(add) }],
      ],
    };
  };

/**
 * What is done to sign bits alone, with a constant: that stands in front of a loop, while V8 makes it anew for each of the instructions for
 * this.
 */
const signs = (family: string, bytesOfSign: readonly number[]) =>
  operations(family, "v128", unary, {
    abs: [constant(bytesOfSign.map((byte) => byte ^ 255)).code, simd(0x4e)],
    neg: [constant(bytesOfSign).code, simd(0x51)],
  });

/** Operations on the 128 bits of a vector, whatever its lanes are. */
export const v128 = /* @__PURE__ */ (() =>
  ({
    ...operations("v128", "v128", unary, { not: simd(0x4d) }),
    ...operations("v128", "v128", binary, from(0x4e, "and", "andNot", "or", "xor")),
    /** The bits of the first where the third has ones, else those of the second. */
    ...operations("v128", "v128", ternary, { bitselect: simd(0x52) }),
    ...operations("v128", "i32", unary, { anyTrue: simd(0x53) }),
    ...loads("v128", "v128", {
      load: [simd(0x00), 16],
      load32Splat: [simd(0x09), 4],
      load64Splat: [simd(0x0a), 8],
      load32Zero: [simd(0x5c), 4],
      load64Zero: [simd(0x5d), 8],
    }),
    ...stores("v128", "v128", { store: [simd(0x0b), 16] }),
  }) as const)();

/** Operations on four float32 lanes. Comparisons give lanes of ones or zeros; `pmin(a, b)` is `b < a ? b : a`. */
export const f32x4 = /* @__PURE__ */ (() =>
  ({
    ...lanes("f32x4", "f32", 4, float32Bytes, { splat: 0x13, extract: 0x1f, replace: 0x20 }),
    ...operations("f32x4", "v128", binary, from(0x41, "eq", "ne", "lt", "gt", "le", "ge")),
    ...operations("f32x4", "v128", unary, {
      ...from(0x67, "ceil", "floor", "trunc", "nearest"),
      sqrt: simd(0xe3),
      convertI32x4S: simd(0xfa),
      convertI32x4U: simd(0xfb),
      demoteF64x2Zero: simd(0x5e),
    }),
    ...operations(
      "f32x4",
      "v128",
      binary,
      from(0xe4, "add", "sub", "mul", "div", "min", "max", "pmin", "pmax"),
    ),
    multiplyAdd: multiplyAdd("f32x4", 0xe6, 0xe4, 0x105),
    ...signs("f32x4", float32Bytes(-0)),
  }) as const)();

/** Operations on two float64 lanes. Comparisons give lanes of ones or zeros; `relaxedMadd(a, b, c)` is a b + c. */
export const f64x2 = /* @__PURE__ */ (() =>
  ({
    ...lanes("f64x2", "f64", 2, float64Bytes, { splat: 0x14, extract: 0x21, replace: 0x22 }),
    ...operations("f64x2", "v128", binary, from(0x47, "eq", "ne", "lt", "gt", "le", "ge")),
    ...operations("f64x2", "v128", unary, {
      sqrt: simd(0xef),
      ceil: simd(0x74),
      floor: simd(0x75),
      trunc: simd(0x7a),
      nearest: simd(0x94),
      convertLowI32x4S: simd(0xfe),
      convertLowI32x4U: simd(0xff),
      promoteLowF32x4: simd(0x5f),
    }),
    ...operations(
      "f64x2",
      "v128",
      binary,
      from(0xf0, "add", "sub", "mul", "div", "min", "max", "pmin", "pmax"),
    ),
    multiplyAdd: multiplyAdd("f64x2", 0xf2, 0xf0, 0x107),
    ...signs("f64x2", float64Bytes(-0)),
  }) as const)();

/** Operations on four 32-bit lanes. Comparisons give lanes of ones or zeros; a shift moves all lanes by one count. */
export const i32x4 = /* @__PURE__ */ (() =>
  ({
    ...lanes("i32x4", "i32", 4, int32Bytes, { splat: 0x11, extract: 0x1b, replace: 0x1c }),
    ...operations(
      "i32x4",
      "v128",
      binary,
      from(0x37, "eq", "ne", "ltS", "ltU", "gtS", "gtU", "leS", "leU", "geS", "geU"),
    ),
    ...operations("i32x4", "v128", unary, {
      ...from(0xa0, "abs", "neg"),
      truncSatF32x4S: simd(0xf8),
      truncSatF32x4U: simd(0xf9),
      extendLowI16x8U: simd(0xa9),
    }),
    ...operations("i32x4", "i32", unary, { allTrue: simd(0xa3), bitmask: simd(0xa4) }),
    ...operations("i32x4", "v128", shift, from(0xab, "shl", "shrS", "shrU")),
    ...operations("i32x4", "v128", binary, {
      add: simd(0xae),
      sub: simd(0xb1),
      mul: simd(0xb5),
      ...from(0xb6, "minS", "minU", "maxS", "maxU"),
    }),
  }) as const)();

/** Operations on two 64-bit lanes. A shift moves both lanes by one count. */
export const i64x2 = /* @__PURE__ */ (() =>
  ({
    ...lanes<"i64", number | bigint>("i64x2", "i64", 2, int64Bytes, {
      splat: 0x12,
      extract: 0x1d,
      replace: 0x1e,
    }),
    ...operations("i64x2", "v128", unary, from(0xc0, "abs", "neg")),
    ...operations("i64x2", "v128", shift, from(0xcb, "shl", "shrS", "shrU")),
    ...operations("i64x2", "v128", binary, { add: simd(0xce), sub: simd(0xd1), mul: simd(0xd5) }),
  }) as const)();

/** Bytes as halves of words: the lower eight. */
export const extendLowI8x16U = (x: Vector): Vector => ({
  type: "v128",
  code: [operand("i16x8.extendLowI8x16U", "v128", x).code, simd(0x89)],
});

/** Operations on the sixteen bytes of a vector. */
export const i8x16 = /* @__PURE__ */ (() =>
  ({
    /** The bytes of two vectors by number: 0 to 15 of the first, 16 to 31 of the second. */
    shuffle: (a: Vector, b: Vector, order: readonly number[]): Vector => {
      if (
        order.length !== 16 ||
        order.some((index) => !(Number.isInteger(index) && index >= 0 && index < 32))
      )
        throw new TypeError("i8x16.shuffle: 16 numbers below 32 are needed");
      return {
        type: "v128",
        code: [operand("shuffle", "v128", a).code, operand("shuffle", "v128", b).code, simd(0x0d), order],
      };
    },
  }) as const)();

/** The 32-bit lanes of two vectors by number: 0 to 3 of the first, 4 to 7 of the second. */
export const shuffle32 = (a: Vector, b: Vector, order: readonly [number, number, number, number]): Vector =>
  i8x16.shuffle(
    a,
    b,
    order.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  );
