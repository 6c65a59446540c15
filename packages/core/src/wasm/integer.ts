/** Operations on integers. Comparisons give an i32, 0 or 1. */

import { loads, operand, operations, stores, type Expression } from "./expression.js";

const integer = <T extends "i32" | "i64">(
  type: T,
  comparisons: number,
  arithmetic: number,
  counts: number,
) => ({
  const: (value: number | bigint): Expression<T> =>
    // A bigint is a constant of either type, as the table of constants has it.
    operand(`${type}.const`, type, value as never),
  ...operations(type, "i32", [type], { eqz: comparisons }),
  ...operations(type, "i32", [type, type], {
    eq: comparisons + 1,
    ne: comparisons + 2,
    ltS: comparisons + 3,
    ltU: comparisons + 4,
    gtS: comparisons + 5,
    gtU: comparisons + 6,
    leS: comparisons + 7,
    leU: comparisons + 8,
    geS: comparisons + 9,
    geU: comparisons + 10,
  }),
  ...operations(type, type, [type], { clz: counts, ctz: counts + 1, popcnt: counts + 2 }),
  ...operations(type, type, [type, type], {
    add: arithmetic,
    sub: arithmetic + 1,
    mul: arithmetic + 2,
    divS: arithmetic + 3,
    divU: arithmetic + 4,
    remS: arithmetic + 5,
    remU: arithmetic + 6,
    and: arithmetic + 7,
    or: arithmetic + 8,
    xor: arithmetic + 9,
    shl: arithmetic + 10,
    shrS: arithmetic + 11,
    shrU: arithmetic + 12,
    rotl: arithmetic + 13,
    rotr: arithmetic + 14,
  }),
});

/** Operations on 32-bit integers, by WebAssembly's names in camelCase: S and U take the bits as signed and unsigned. */
export const i32 = /* @__PURE__ */ (() =>
  ({
    ...integer("i32", 0x45, 0x6a, 0x67),
    ...operations("i32", "i32", ["i64"], { wrapI64: 0xa7 }),
    ...operations("i32", "i32", ["f32"], {
      truncSatF32S: [0xfc, 0],
      truncSatF32U: [0xfc, 1],
      reinterpretF32: 0xbc,
    }),
    ...operations("i32", "i32", ["f64"], { truncSatF64S: [0xfc, 2], truncSatF64U: [0xfc, 3] }),
    ...loads("i32", "i32", { load: [0x28, 4], load8U: [0x2d, 1] }),
    ...stores("i32", "i32", { store: [0x36, 4], store8: [0x3a, 1] }),
  }) as const)();

/** Operations on 64-bit integers, by WebAssembly's names in camelCase: S and U take the bits as signed and unsigned. */
export const i64 = /* @__PURE__ */ (() =>
  ({
    ...integer("i64", 0x50, 0x7c, 0x79),
    ...operations("i64", "i64", ["i32"], { extendI32S: 0xac, extendI32U: 0xad }),
    ...operations("i64", "i64", ["f64"], {
      truncSatF64S: [0xfc, 6],
      truncSatF64U: [0xfc, 7],
      reinterpretF64: 0xbd,
    }),
    ...loads("i64", "i64", { load: [0x29, 8] }),
    ...stores("i64", "i64", { store: [0x37, 8] }),
  }) as const)();
