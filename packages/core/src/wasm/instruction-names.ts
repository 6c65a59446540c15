/** What WebAssembly's text format calls the instructions that this assembler writes, and what follows each. */

import { once } from "./engine.js";

/** What comes behind an opcode: a number of something, where to access the memory, or a constant. */
export type Immediate =
  | "none"
  | "structure"
  | "types"
  | "number"
  | "function"
  | "memories"
  | "access"
  | "lane"
  | "access and lane"
  | "order"
  | "signed"
  | "float32"
  | "float64"
  | "vector";

/** An instruction's name, and what comes behind its opcode. */
interface Instruction {
  readonly name: string;
  readonly immediate: Immediate;
}

/** Instructions with opcodes that follow each other. */
type Row = readonly [firstOpcode: number, immediate: Immediate, family: string, names: string];

const integerComparisons = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
const integerArithmetic =
  "clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr";
const floatComparisons = "eq ne lt gt le ge";
const floatArithmetic = "abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign";
const laneArithmetic = "add sub mul div min max pmin pmax";
const lane = "extract_lane replace_lane";

/** An opcode behind a prefix stands here behind it: 0xfd 0x105 as 0xfd105. */
const rows = (): readonly Row[] => [
  [0x02, "structure", "", "block loop if"],
  [0x05, "none", "", "else"],
  [0x0b, "none", "", "end"],
  [0x0c, "number", "", "br br_if"],
  [0x10, "function", "", "call"],
  [0x1a, "none", "", "drop select"],
  [0x1c, "types", "", "select"],
  [0x20, "number", "local", "get set tee"],
  [0x28, "access", "", "i32.load i64.load f32.load f64.load"],
  [0x2d, "access", "i32", "load8_u"],
  [0x36, "access", "", "i32.store i64.store f32.store f64.store i32.store8"],
  [0x41, "signed", "", "i32.const i64.const"],
  [0x43, "float32", "f32", "const"],
  [0x44, "float64", "f64", "const"],
  [0x45, "none", "i32", `eqz ${integerComparisons}`],
  [0x50, "none", "i64", `eqz ${integerComparisons}`],
  [0x5b, "none", "f32", floatComparisons],
  [0x61, "none", "f64", floatComparisons],
  [0x67, "none", "i32", integerArithmetic],
  [0x79, "none", "i64", integerArithmetic],
  [0x8b, "none", "f32", floatArithmetic],
  [0x99, "none", "f64", floatArithmetic],
  [0xa7, "none", "i32", "wrap_i64"],
  [0xac, "none", "i64", "extend_i32_s extend_i32_u"],
  [0xb2, "none", "f32", "convert_i32_s convert_i32_u convert_i64_s convert_i64_u demote_f64"],
  [0xb7, "none", "f64", "convert_i32_s convert_i32_u convert_i64_s convert_i64_u promote_f32"],
  [0xbc, "none", "", "i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64"],
  [0xfc000, "none", "i32", "trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u"],
  [0xfc004, "none", "i64", "trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u"],
  [0xfc00a, "memories", "memory", "copy"],
  [0xfd000, "access", "v128", "load"],
  [0xfd009, "access", "v128", "load32_splat load64_splat store"],
  [0xfd00c, "vector", "v128", "const"],
  [0xfd00d, "order", "i8x16", "shuffle"],
  [0xfd011, "none", "", "i32x4.splat i64x2.splat f32x4.splat f64x2.splat"],
  [0xfd01b, "lane", "i32x4", lane],
  [0xfd01d, "lane", "i64x2", lane],
  [0xfd01f, "lane", "f32x4", lane],
  [0xfd021, "lane", "f64x2", lane],
  [0xfd037, "none", "i32x4", integerComparisons],
  [0xfd041, "none", "f32x4", floatComparisons],
  [0xfd047, "none", "f64x2", floatComparisons],
  [0xfd04d, "none", "v128", "not and andnot or xor bitselect any_true"],
  [0xfd054, "access and lane", "v128", "load8_lane load16_lane load32_lane load64_lane"],
  [0xfd05c, "access", "v128", "load32_zero load64_zero"],
  [0xfd05e, "none", "", "f32x4.demote_f64x2_zero f64x2.promote_low_f32x4"],
  [0xfd067, "none", "f32x4", "ceil floor trunc nearest"],
  [0xfd074, "none", "f64x2", "ceil floor"],
  [0xfd07a, "none", "f64x2", "trunc"],
  [0xfd089, "none", "i16x8", "extend_low_i8x16_u"],
  [0xfd094, "none", "f64x2", "nearest"],
  [0xfd0a0, "none", "i32x4", "abs neg"],
  [0xfd0a3, "none", "i32x4", "all_true bitmask"],
  [0xfd0a9, "none", "i32x4", "extend_low_i16x8_u"],
  [0xfd0ab, "none", "i32x4", "shl shr_s shr_u add"],
  [0xfd0b1, "none", "i32x4", "sub"],
  [0xfd0b5, "none", "i32x4", "mul min_s min_u max_s max_u"],
  [0xfd0c0, "none", "i64x2", "abs neg"],
  [0xfd0cb, "none", "i64x2", "shl shr_s shr_u add"],
  [0xfd0d1, "none", "i64x2", "sub"],
  [0xfd0d5, "none", "i64x2", "mul"],
  [0xfd0e3, "none", "f32x4", `sqrt ${laneArithmetic}`],
  [0xfd0ef, "none", "f64x2", `sqrt ${laneArithmetic}`],
  [0xfd0f8, "none", "i32x4", "trunc_sat_f32x4_s trunc_sat_f32x4_u"],
  [0xfd0fa, "none", "f32x4", "convert_i32x4_s convert_i32x4_u"],
  [0xfd0fe, "none", "f64x2", "convert_low_i32x4_s convert_low_i32x4_u"],
  [0xfd105, "none", "f32x4", "relaxed_madd"],
  [0xfd107, "none", "f64x2", "relaxed_madd"],
];

/** Instructions by opcode: for people who read a module, and made when the first one does. */
export const instructions = /* @__PURE__ */ once(
  (): ReadonlyMap<number, Instruction> =>
    new Map(
      rows().flatMap(([first, immediate, family, names]) =>
        names
          .split(" ")
          .map((name, index): [number, Instruction] => [
            first + index,
            { name: family === "" ? name : `${family}.${name}`, immediate },
          ]),
      ),
    ),
);
