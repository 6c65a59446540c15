/** Floating-point elements in NumPy's way: all of them positional or all scientific, aligned at the point. */
import type { Floating } from "../types/tensor.js";
import { filledDecimal, limitedDecimal, shortestDecimal, type Decimal } from "./print-decimal.js";

/** What stands before a number that is not negative. */
export type Signs = "minus" | "plus" | "space";

export interface FloatStyle {
  /** The most places behind the point. */
  readonly precision: number;
  readonly suppressSmall: boolean;
  readonly signs: Signs;
}

/** The elements as text, all of one width. */
export const formatFloats = (
  values: readonly number[],
  dtype: Floating,
  style: FloatStyle,
): readonly string[] => {
  const finite = values.filter(Number.isFinite);
  const scientific = isScientific(finite, dtype, style.suppressSmall);
  const numbers = (scientific ? scientificNumbers : positionalNumbers)(finite, dtype, style);
  const fraction = longest(numbers.map((number) => number.fraction));
  const exponent = longest(numbers.map((number) => number.exponent));
  const behind = 1 + fraction + (scientific ? 2 + exponent : 0);
  const blank = style.signs === "space" && !finite.some(isNegative) ? 1 : 0;
  const front = longest(numbers.map((number) => number.whole)) + blank;
  const width = Math.max(
    front + behind,
    finite.length < values.length ? widthOfNonFinite(values, style.signs) : 0,
  );

  let next = 0;
  return values.map((x) => {
    const number = Number.isFinite(x) ? numbers[next++] : undefined;
    if (number === undefined) return nonFinite(x, style.signs).padStart(width);
    const power = scientific ? `e${number.direction}${number.exponent.padStart(exponent, "0")}` : "";
    return `${number.whole}.${number.fraction.padEnd(fraction)}${power}`.padStart(width);
  });
};

/**
 * A number by itself as NumPy prints a scalar: the fewest digits that read back as x, positional from 10⁻⁴ up to
 * 10¹⁶ (10⁶ for float32).
 */
export const formatFloatScalar = (x: number, dtype: Floating): string => {
  if (!Number.isFinite(x)) return nonFinite(x, "minus");
  const size = Math.abs(x);
  const sign = isNegative(x) ? "-" : "";
  const decimal = shortestDecimal(size, dtype);
  if (size !== 0 && (size < 1e-4 || size >= (dtype === "float32" ? 1e6 : 1e16))) {
    const { whole, fraction, direction, exponent } = scientificParts(decimal);
    return `${sign}${whole}${fraction === "" ? "" : "."}${fraction}e${direction}${exponent}`;
  }
  const { whole, fraction } = positionalParts(decimal);
  return `${sign}${whole}.${fraction === "" ? "0" : fraction}`;
};

/**
 * Scientific if an element is too large or, unless small ones are suppressed, too small or too small beside the
 * largest; zeros do not count. NumPy compares in the elements' own dtype.
 */
const isScientific = (finite: readonly number[], dtype: Floating, suppressSmall: boolean): boolean => {
  const sizes = finite.filter((x) => x !== 0).map(Math.abs);
  if (sizes.length === 0) return false;
  const round = dtype === "float32" ? Math.fround : (x: number): number => x;
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  const smallest = sizes.reduce((a, b) => Math.min(a, b));
  if (largest >= (dtype === "float32" ? 1e6 : 1e8)) return true;
  return !suppressSmall && (smallest < round(0.0001) || round(largest / smallest) > 1000);
};

/** A number at its point: 1.25e-07 is 1, 25, -, 07. A positional number has no exponent. */
interface Parts {
  readonly whole: string;
  readonly fraction: string;
  readonly direction: string;
  readonly exponent: string;
}

/** Each only as far as its own digits go. */
const positionalNumbers = (finite: readonly number[], dtype: Floating, style: FloatStyle): readonly Parts[] =>
  finite.map((x) => {
    const decimal = limitedDecimal(Math.abs(x), dtype, style.precision, "fixed");
    return signed(x, style.signs, positionalParts(decimal));
  });

/** All as far as the longest goes. */
const scientificNumbers = (
  finite: readonly number[],
  dtype: Floating,
  style: FloatStyle,
): readonly Parts[] => {
  const shortest = finite.map((x) => limitedDecimal(Math.abs(x), dtype, style.precision, "significant"));
  const places = longest(shortest.map((decimal) => decimal.digits)) - 1;
  return finite.map((x) => {
    const decimal = filledDecimal(Math.abs(x), dtype, places);
    return signed(x, style.signs, scientificParts(decimal));
  });
};

const signed = (x: number, signs: Signs, parts: Parts): Parts => {
  const sign = isNegative(x) ? "-" : signs === "plus" ? "+" : "";
  return { ...parts, whole: sign + parts.whole };
};

const scientificParts = ({ digits, exponent }: Decimal): Parts => ({
  whole: digits.slice(0, 1),
  fraction: digits.slice(1),
  direction: exponent < 0 ? "-" : "+",
  exponent: String(Math.abs(exponent)).padStart(2, "0"),
});

const positionalParts = ({ digits, exponent }: Decimal): Parts => ({
  whole: exponent < 0 ? "0" : digits.slice(0, exponent + 1).padEnd(exponent + 1, "0"),
  fraction: exponent < 0 ? "0".repeat(-exponent - 1) + digits : digits.slice(exponent + 1),
  direction: "",
  exponent: "",
});

const nonFinite = (x: number, signs: Signs): string => {
  const sign = x === -Infinity ? "-" : signs === "plus" ? "+" : "";
  return `${sign}${Number.isNaN(x) ? "nan" : "inf"}`;
};

/** NumPy leaves room for a sign before inf wherever one may stand. */
const widthOfNonFinite = (values: readonly number[], signs: Signs): number =>
  signs !== "minus" || values.includes(-Infinity) ? 4 : 3;

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

const longest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, text.length), 0);
