/** The few numbers that a contestant prints to prove that it computed the right thing. */

/** A number to six significant digits. */
export const sixDigits = (value) => Number(Number(value).toPrecision(6));

/** Four numbers that pin an array down: mean |a| (summed in float64), first, middle, last. */
export function sum4(values) {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += Math.abs(values[i]);
  return [total / values.length, values[0], values[values.length >> 1], values[values.length - 1]].map(
    sixDigits,
  );
}
