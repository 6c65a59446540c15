/** Expected against actual: shape and dtype exactly, elements within a tolerance. */

import type { Flat } from "./tensor-json.js";

/** The library gave something else than the data: the failure of a case. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
}

export interface Closeness {
  /** |a - b| <= tolerance · max(1, |b|); 0 is exactly. Integers and bools are always exact. */
  readonly tolerance: number;
  /** Also |a - b| <= absolute + relative · |b|, in the place of `tolerance`. */
  readonly relative?: { readonly absolute: number; readonly relative: number };
  /** Whether 0 and -0 differ. */
  readonly signedZero?: boolean;
}

/** @throws Mismatch with the first element that differs. */
export const expectClose = (what: string, expected: Flat, actual: Flat, closeness: Closeness): void => {
  if (!sameShape(expected.shape, actual.shape))
    throw new Mismatch(`${what}: expected shape ${list(expected.shape)}, got ${list(actual.shape)}`);
  if (expected.dtype !== actual.dtype)
    throw new Mismatch(`${what}: expected dtype ${expected.dtype}, got ${actual.dtype}`);
  const exact = expected.dtype !== "float32" && expected.dtype !== "float64";
  const limits: Closeness = exact ? { tolerance: 0 } : closeness;
  const differing = expected.data.flatMap((b, i) => (isClose(actual.data[i] ?? NaN, b, limits) ? [] : [i]));
  const [first] = differing;
  if (first === undefined) return;
  const [a, b] = [actual.data[first] ?? NaN, expected.data[first] ?? NaN];
  const place = expected.shape.length === 0 ? "" : ` at ${list(coordinates(first, expected.shape))}`;
  throw new Mismatch(
    `${what}${place}: expected ${number(b)}, got ${number(a)}` +
      ` (difference ${Math.abs(a - b).toExponential(2)}, tolerance ${tolerance(limits)};` +
      ` ${String(differing.length)} of ${String(expected.data.length)} differ)`,
  );
};

export const isClose = (a: number, b: number, { tolerance, relative, signedZero }: Closeness): boolean => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  if (a === b) return signedZero !== true || a !== 0 || Object.is(a, b);
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const limit =
    relative === undefined
      ? tolerance * Math.max(1, Math.abs(b))
      : relative.absolute + relative.relative * Math.abs(b);
  return Math.abs(a - b) <= limit;
};

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

const list = (numbers: readonly number[]): string => `[${numbers.join(", ")}]`;
const number = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));
const tolerance = ({ tolerance: t, relative }: Closeness): string =>
  relative === undefined ? String(t) : `${String(relative.absolute)} + ${String(relative.relative)} |b|`;

const coordinates = (index: number, shape: readonly number[]): readonly number[] => {
  const [result] = shape.reduceRight<readonly [readonly number[], number]>(
    ([places, rest], n) => [[rest % n, ...places], Math.floor(rest / n)],
    [[], index],
  );
  return result;
};
