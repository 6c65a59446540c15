/** Numbers without a pattern, the same in every run. */

/** One uint32 after another, from a linear congruence (Numerical Recipes'): their high bits are the better ones. */
export const randomWords = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
};

/** Numbers from -1 to below 1. */
export const randomNumbers = (seed: number): (() => number) => {
  const next = randomWords(seed);
  return () => next() / 2 ** 31 - 1;
};

/** Whole numbers from -7 to 8, whose sums of products are exact in every dtype. */
export const randomDigits = (seed: number): (() => number) => {
  const next = randomWords(seed);
  return () => (next() >>> 28) - 7;
};
