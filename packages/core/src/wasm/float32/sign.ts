/** Sizes with the signs of other numbers. */

import { i32x4, i64x2, v128 } from "../simd.js";
import type { BinaryVector } from "./vector.js";

/** The first with the sign of the second, of float32. */
export const withSign: BinaryVector = (size, sign) => v128.bitselect(size, sign, i32x4.const(0x7fffffff));

/** The same of float64. */
export const doubleWithSign: BinaryVector = (size, sign) =>
  v128.bitselect(size, sign, i64x2.const(0x7fffffffffffffffn));
