/** Derivatives by differences, extrapolated to step 0: what gradients are measured against. */

/** A function of one number into a vector, in float64. */
export type Curve = (t: number) => Float64Array;

/** A derivative, element by element, with an estimate of its error. */
export interface Estimate {
  readonly value: Float64Array;
  readonly error: Float64Array;
}

export interface Differences {
  /** From both sides: `(f(h) - f(-h)) / 2h`. */
  readonly central: Estimate;
  /** From above, `(f(h) - f(0)) / h`, and from below: where the two disagree, the function has a kink. */
  readonly above: Estimate;
  readonly below: Estimate;
}

/**
 * Neville's table over halved steps, one row a step: entry j of row i is free of the first j powers of h.
 * The entry that differs least from its neighbours is kept for each element.
 *
 * Ridders, Accurate computation of F'(x) and F'(x)F''(x), 1982; a quotient whose error is a series in h² gains
 * a factor of 4 a column, one whose error is a series in h a factor of 2.
 */
const extrapolate = (rows: readonly Float64Array[], factor: number): Estimate => {
  const size = rows[0]?.length ?? 0;
  const value = new Float64Array(size).fill(NaN);
  const error = new Float64Array(size).fill(Infinity);
  for (let element = 0; element < size; element++) {
    let before: readonly number[] = [];
    for (const row of rows) {
      const entries = [row[element] ?? NaN];
      for (let column = 1; column <= before.length; column++) {
        const [current, previous] = [entries[column - 1] ?? NaN, before[column - 1] ?? NaN];
        const better = current + (current - previous) / (factor ** column - 1);
        entries.push(better);
        const change = Math.max(Math.abs(better - current), Math.abs(better - previous));
        if (change < (error[element] ?? 0)) {
          error[element] = change;
          value[element] = better;
        }
      }
      before = entries;
    }
  }
  return { value, error };
};

/** Equal values differ by 0, also where both are infinite. */
const quotient = (a: Float64Array, b: Float64Array, step: number): Float64Array =>
  a.map((x, index) => {
    const other = b[index] ?? NaN;
    return x === other ? 0 : (x - other) / step;
  });

/** The derivative of a curve at 0 by central differences with the steps `step / 2^k`. */
export const centralDerivative = (curve: Curve, step: number, levels: number): Estimate =>
  extrapolate(
    Array.from({ length: levels }, (_, level) => {
      const h = step / 2 ** level;
      return quotient(curve(h), curve(-h), 2 * h);
    }),
    4,
  );

/** The derivatives of a curve at 0 from both sides, from above and from below, with the steps `step / 2^k`. */
export const differences = (curve: Curve, step: number, levels: number): Differences => {
  const here = curve(0);
  const steps = Array.from({ length: levels }, (_, level) => step / 2 ** level);
  const ahead = steps.map((h) => curve(h));
  const behind = steps.map((h) => curve(-h));
  const rows = (of: (h: number, level: number) => Float64Array): readonly Float64Array[] => steps.map(of);
  const none = new Float64Array(0);
  return {
    central: extrapolate(
      rows((h, level) => quotient(ahead[level] ?? none, behind[level] ?? none, 2 * h)),
      4,
    ),
    above: extrapolate(
      rows((h, level) => quotient(ahead[level] ?? none, here, h)),
      2,
    ),
    below: extrapolate(
      rows((h, level) => quotient(here, behind[level] ?? none, h)),
      2,
    ),
  };
};
