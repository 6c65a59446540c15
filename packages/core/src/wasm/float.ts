/** Operations on floating-point numbers. Comparisons give an i32, 0 or 1. */

import { loads, operand, operations, stores, type Expression } from "./expression.js";

const float = <T extends "f32" | "f64">(type: T, comparisons: number, arithmetic: number) => ({
  const: (value: number): Expression<T> =>
    // A number is a constant of either type, as the table of constants has it.
    operand(`${type}.const`, type, value as never),
  ...operations(type, "i32", [type, type], {
    eq: comparisons,
    ne: comparisons + 1,
    lt: comparisons + 2,
    gt: comparisons + 3,
    le: comparisons + 4,
    ge: comparisons + 5,
  }),
  ...operations(type, type, [type], {
    abs: arithmetic,
    neg: arithmetic + 1,
    ceil: arithmetic + 2,
    floor: arithmetic + 3,
    trunc: arithmetic + 4,
    nearest: arithmetic + 5,
    sqrt: arithmetic + 6,
  }),
  ...operations(type, type, [type, type], {
    add: arithmetic + 7,
    sub: arithmetic + 8,
    mul: arithmetic + 9,
    div: arithmetic + 10,
    min: arithmetic + 11,
    max: arithmetic + 12,
    copysign: arithmetic + 13,
  }),
});

/** Operations on float32, by WebAssembly's names in camelCase; conversions name the type that they come from. */
export const f32 = /* @__PURE__ */ (() =>
  ({
    ...float("f32", 0x5b, 0x8b),
    ...operations("f32", "f32", ["i32"], { convertI32S: 0xb2, convertI32U: 0xb3, reinterpretI32: 0xbe }),
    ...operations("f32", "f32", ["f64"], { demoteF64: 0xb6 }),
    ...loads("f32", "f32", { load: [0x2a, 4] }),
    ...stores("f32", "f32", { store: [0x38, 4] }),
  }) as const)();

/** Operations on float64, by WebAssembly's names in camelCase; conversions name the type that they come from. */
export const f64 = /* @__PURE__ */ (() =>
  ({
    ...float("f64", 0x61, 0x99),
    ...operations("f64", "f64", ["i32"], { convertI32S: 0xb7, convertI32U: 0xb8 }),
    ...operations("f64", "f64", ["i64"], { reinterpretI64: 0xbf }),
    ...operations("f64", "f64", ["f32"], { promoteF32: 0xbb }),
    ...loads("f64", "f64", { load: [0x2b, 8] }),
    ...stores("f64", "f64", { store: [0x39, 8] }),
  }) as const)();
