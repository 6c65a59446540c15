/**
 * A floating-point number in decimal: the shortest digits that tell it from its neighbours, or fewer, rounded
 * from its exact value. NumPy's printing takes these digits from its Dragon4 with `unique=True`.
 */
import type { Floating } from "../types/tensor.js";

/** A number ≥ 0 as digits d₀d₁d₂… with the value d₀.d₁d₂… · 10^exponent, without zeros at the end; 0 is "0". */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** The fewest digits that read back, rounded to the dtype, as x, and of those the nearest to x; for finite x ≥ 0. */
export const shortestDecimal = (x: number, dtype: Floating): Decimal => {
  const float64 = parsed(x.toExponential());
  if (dtype === "float64") return float64;
  for (let places = 0; places < float64.digits.length; places += 1) {
    const lowest = float64.exponent - places;
    const digits = readBack(x, dtype, lowest);
    if (digits !== undefined) return withoutZeros(String(digits), lowest);
  }
  return float64;
};

/**
 * The same with at most so many places behind the point of d₀.d₁d₂… · 10^exponent ("significant"), or of the
 * number written out ("fixed"). Rounds the exact value, a tie to the even digit.
 */
export const limitedDecimal = (
  x: number,
  dtype: Floating,
  places: number,
  counted: "significant" | "fixed",
): Decimal => {
  const shortest = shortestDecimal(x, dtype);
  const lowest = counted === "fixed" ? -places : shortest.exponent - places;
  return shortest.exponent - (shortest.digits.length - 1) >= lowest ? shortest : rounded(x, lowest);
};

/**
 * The same with exactly so many places behind the point of d₀.d₁d₂… · 10^exponent, zeros at the end included, at
 * least as many as the shortest digits have: those that follow them are the exact value's.
 */
export const filledDecimal = (x: number, dtype: Floating, places: number): Decimal => {
  const shortest = limitedDecimal(x, dtype, places, "significant");
  if (shortest.digits.length > places || x === 0) return filled(shortest, places);
  // The shortest form of a number a little below a power of ten may be that power, one place higher.
  const isBelow = neighbours(x, shortest.exponent).includes(0n);
  const lowest = shortest.exponent - places - (isBelow ? 1 : 0);
  const digits = readBack(x, dtype, lowest);
  return filled(digits === undefined ? rounded(x, lowest) : withoutZeros(String(digits), lowest), places);
};

const filled = ({ digits, exponent }: Decimal, places: number): Decimal => ({
  digits: digits.padEnd(places + 1, "0"),
  exponent,
});

/** The exact value of x rounded to a multiple of 10^lowest, a tie to the even one. */
const rounded = (x: number, lowest: number): Decimal =>
  withoutZeros(String(neighbours(x, lowest)[0]), lowest);

/**
 * The multiple of 10^lowest nearest to x of those that read back as x, over 10^lowest. At a power of two, where
 * the numbers below x are twice as dense as those above, it may be the farther neighbour.
 */
const readBack = (x: number, dtype: Floating, lowest: number): bigint | undefined =>
  neighbours(x, lowest).find((digits) => {
    const read = Number(`${digits}e${lowest}`);
    return (dtype === "float32" ? Math.fround(read) : read) === x;
  });

/** The multiples of 10^lowest below and above x, over 10^lowest: the nearer first, or the even one of equally near. */
const neighbours = (x: number, lowest: number): readonly [bigint, bigint] => {
  // x = mantissa / 2ⁿ = mantissa 5ⁿ / 10ⁿ, so that division by 10^(n + lowest) rounds it.
  let mantissa = x;
  let n = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    n += 1;
  }
  const scaled = BigInt(mantissa) * 5n ** BigInt(n) * 10n ** BigInt(Math.max(0, -n - lowest));
  const divisor = 10n ** BigInt(Math.max(0, n + lowest));
  const below = scaled / divisor;
  const twice = 2n * (scaled % divisor);
  const nearerAbove = twice > divisor || (twice === divisor && below % 2n === 1n);
  return nearerAbove ? [below + 1n, below] : [below, below + 1n];
};

const parsed = (exponential: string): Decimal => {
  const [mantissa = "0", exponent = "0"] = exponential.split("e");
  const digits = mantissa.replace(".", "");
  return withoutZeros(digits, Number(exponent) - (digits.length - 1));
};

/** digits · 10^lowest, in the normal form. */
const withoutZeros = (digits: string, lowest: number): Decimal => {
  const kept = digits.replace(/0+$/, "");
  return kept === "" ? { digits: "0", exponent: 0 } : { digits: kept, exponent: lowest + digits.length - 1 };
};
