/** Functions of one number or of one vector. */

import { define, lengthOf, rangeOf, softmaxOf, type GoldenFunction } from "./define.js";

/** Σ_{i<n-1} 100 (x[i+1] - x[i]²)² + (1 - x[i])² */
const rosenbrock = define(["x"], ({ core }, x) => {
  const { add, mul, square, sub, sum } = core;
  const n = lengthOf(core, x);
  const [head, tail] = [rangeOf(core, x, 0, n - 1), rangeOf(core, x, 1, n)];
  return sum(add(mul(100, square(sub(tail, square(head)))), square(sub(1, head))));
});

/** sin(x) exp(x² / 4) */
const wave = define(["x"], ({ core: { div, exp, mul, sin, square } }, x) =>
  mul(sin(x), exp(div(square(x), 4))),
);

/** log(1 + x²) tanh(x) */
const bump = define(["x"], ({ core: { log1p, mul, square, tanh } }, x) => mul(log1p(square(x)), tanh(x)));

/** x⁵ - 3 x² + 1 / x */
const powers = define(["x"], ({ core: { add, div, mul, pow, square, sub } }, x) =>
  add(sub(pow(x, 5), mul(3, square(x))), div(1, x)),
);

/** sort x, drop the first and the last element, mean of the squares of the rest */
const trimmedMeanSquare = define(["x"], ({ core }, x) => {
  const { mean, sort, square } = core;
  return mean(square(rangeOf(core, sort(x), 1, lengthOf(core, x) - 1)));
});

/** Σ_i w[i] topK(x, k)[i], k = length of w */
const topKSum = define(["x", "w"], ({ core }, x, w) => {
  const { mul, sum, topK } = core;
  const [values] = topK(x, lengthOf(core, w));
  return sum(mul(w, values));
});

/** sum(safeWhere(x > 0, log(x), 0)): where x <= 0 the value and the derivative are 0 */
const safeLog = define(["x"], ({ core: { greater, log, safeWhere, sum } }, x) =>
  sum(safeWhere(greater(x, 0), log, x, 0)),
);

/** p = softmax(z / temperature); -sum(p log p), with 0 log 0 = 0 */
const entropy = define(["z", "temperature"], ({ core }, z, temperature) => {
  const { div, neg, sum, xlogy } = core;
  const p = softmaxOf(core, div(z, temperature));
  return neg(sum(xlogy(p, p)));
});

/** F = rfft(x), n real samples; Σ_k w[k] (re F[k]² + im F[k]²) */
const powerSpectrum = define(["x", "w"], ({ core: { add, mul, square, sum }, fft: { rfft } }, x, w) => {
  const [re, im] = rfft(x);
  return sum(mul(w, add(square(re), square(im))));
});

/**
 * prices p[0] = p0, p[t] = p[t-1] exp((r - s² / 2) h + s sqrt(h) z[t]), h = 1 / length of z;
 * max(mean of p[1:] - k, 0) (an Asian option's pay-off)
 */
const asianOption = define(["p0", "r", "s", "k", "z"], ({ core }, p0, r, s, k, z) => {
  const { add, cumSum, div, exp, maximum, mean, mul, square, sub } = core;
  const h = 1 / lengthOf(core, z);
  const steps = add(mul(sub(r, div(square(s), 2)), h), mul(mul(s, Math.sqrt(h)), z));
  const prices = mul(p0, exp(cumSum(steps)));
  return maximum(sub(mean(prices), k), 0);
});

export const scalar: { readonly [name: string]: GoldenFunction } = {
  rosenbrock,
  wave,
  bump,
  powers,
  trimmedMeanSquare,
  topKSum,
  safeLog,
  entropy,
  powerSpectrum,
  asianOption,
};
