/**
 * log(exp(a) + exp(b)) = max(a, b) + log(1 + exp(-|a - b|)), which overflows only where the result does.
 */
export const logAddExp = (a: number, b: number): number => {
  // Equal infinities included, whose difference would be NaN.
  if (a === b) return a + Math.LN2;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
};
