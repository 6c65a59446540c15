/**
 * The value at x of the polynomial with these coefficients, the highest power first:
 * polynomial([a, b, c], x) = a x² + b x + c.
 *
 * By Horner's rule in x², for the even and for the odd powers: two chains, each half as long as one in x, that
 * the processor works on at the same time.
 */
export const polynomial = (coefficients: readonly number[], x: number): number => {
  const square = x * x;
  const count = coefficients.length;
  const first = count % 2;
  let odd = 0;
  let even = first === 1 ? (coefficients[0] ?? 0) : 0;
  for (let i = first; i < count; i += 2) {
    odd = odd * square + (coefficients[i] ?? 0);
    even = even * square + (coefficients[i + 1] ?? 0);
  }
  return odd * x + even;
};
