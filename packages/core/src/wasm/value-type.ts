/** The types of WebAssembly's values. */

/** The types of variables, operands and results: two integers, two floats, and a vector of 128 bits. */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** How each is written in a module. */
export const typeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
