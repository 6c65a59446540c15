/** Numbers that JSON reads back exactly: those that it cannot write stand as strings. */

import type { Floating } from "../types/tensor.js";
import { shortestDecimal } from "../tensor/print-decimal.js";

/** A number in JSON. */
export type NumberJson = number | "NaN" | "Infinity" | "-Infinity" | "-0";

const special: ReadonlyMap<unknown, number> = /* @__PURE__ */ new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

/** A number of a floating dtype as JSON: of a float32, the shortest decimal that reads back as it. */
export const encodeNumber = (x: number, dtype: Floating): NumberJson => {
  if (Object.is(x, -0)) return "-0";
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "Infinity" : "-Infinity";
  return dtype === "float64" ? x : shortestFloat32(x);
};

/** The number that JSON holds; undefined where it holds none, or one beyond the dtype. */
export const decodeNumber = (json: unknown, dtype: Floating): number | undefined => {
  if (typeof json !== "number") return special.get(json);
  const stored = dtype === "float32" ? Math.fround(json) : json;
  return Number.isFinite(stored) ? stored : undefined;
};

/**
 * The number whose own decimal is the shortest that reads back as a float32.
 *
 * Every decimal of 6 places that is not denormal names a float32 of its own, and 9 places name each float32. Between two
 * powers of 2 the numbers are evenly spaced, so that the decimal nearest to the number is the one that reads back.
 */
const shortestFloat32 = (x: number): number => {
  const size = Math.abs(x);
  if (x === 0) return 0;
  if (size >= 2 ** -126 && !Number.isInteger(Math.log2(size))) {
    for (let places = 6; places < 9; places++) {
      const decimal = Number(x.toPrecision(places));
      if (Math.fround(decimal) === x) return decimal;
    }
    return Number(x.toPrecision(9));
  }
  const { digits, exponent } = shortestDecimal(size, "float32");
  return Math.sign(x) * Number(`${digits}e${exponent - digits.length + 1}`);
};
