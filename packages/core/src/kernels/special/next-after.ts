/**
 * The neighbours of a floating-point number, by arithmetic alone: no view of its bits, so no buffer.
 *
 * S. M. Rump, P. Zimmermann, S. Boldo, G. Melquiond, "Computing predecessor and successor in rounding to
 * nearest", BIT 49 (2009), 419-431: with u half the distance from 1 to the next number, x + u (1 + 2u) x
 * rounds to the successor of a normal x > 0, and x - u (1 + 2u) x to its predecessor.
 */

/** The float64 next to x in the direction of `toward`; `toward` itself if they are equal; NaN if one is NaN. */
export const nextAfter64 = (x: number, toward: number): number => step(x, toward, FLOAT64);

/** The same among float32, for float32 arguments. */
export const nextAfter32 = (x: number, toward: number): number =>
  step(Math.fround(x), Math.fround(toward), FLOAT32);

/** A binary format: its rounding, half the distance from 1 to the next number, its least and greatest number. */
interface Format {
  readonly round: (x: number) => number;
  readonly unit: number;
  readonly least: number;
  readonly greatest: number;
}

const FLOAT64: Format = {
  round: (x) => x,
  unit: 2 ** -53,
  least: Number.MIN_VALUE,
  greatest: Number.MAX_VALUE,
};

const FLOAT32: Format = {
  round: Math.fround,
  unit: 2 ** -24,
  least: 2 ** -149,
  greatest: (2 - 2 ** -23) * 2 ** 127,
};

const step = (x: number, toward: number, format: Format): number => {
  if (x === toward || Number.isNaN(x) || Number.isNaN(toward)) return x === toward ? toward : NaN;
  if (x === 0) return toward > 0 ? format.least : -format.least;
  const size = Math.abs(x);
  const next = toward > x === x > 0 ? moved(size, 1, format) : moved(size, -1, format);
  return x > 0 ? next : -next;
};

/** The number above (direction 1) or below (-1) a number greater than 0. */
const moved = (size: number, direction: 1 | -1, format: Format): number => {
  const { round, unit, least, greatest } = format;
  if (size === Infinity) return greatest;
  // Numbers up to twice the least normal one are evenly spaced.
  if (size < least / unit) return round(size + direction * least);
  // The step of a number not far above them would round: it is taken further up.
  const scale = size < least / (unit * unit) ? unit : 1;
  const scaled = size / scale;
  return round(scaled + direction * round(unit * (1 + 2 * unit) * scaled)) * scale;
};
