/**
 * The derivative of the logarithm of the gamma function, within 2⁻⁵¹ of max(1, |ψ(x)|) for x > 0,
 * within 2⁻⁴⁹ of it below.
 */
import { polynomial } from "./polynomial.js";
import { ONE_MINUS_EULER_GAMMA, ZETA_EXCESS } from "./zeta-excess.js";

/**
 * ψ(x) = Γ'(x) / Γ(x): NaN at 0 and at the negative integers, where its one-sided limits differ in sign.
 *
 * About 2 its Taylor series, to which the recurrence ψ(x + 1) = ψ(x) + 1/x leads from the rest of (0, 8);
 * from 8 on the asymptotic series; below 0 the reflection ψ(x) = ψ(1 - x) - π cot(π x).
 */
export const digamma = (x: number): number => {
  if (x >= 8) return x === Infinity ? Infinity : asymptotic(x);
  if (x >= 2.5) return digammaAbove(x);
  if (x >= 1.5) return digammaNear2(x - 2);
  if (x >= 0.5) return digammaNear2(x - 1) - 1 / x;
  if (x > 0) return digammaNear2(x) - 1 / (1 + x) - 1 / x;
  return x <= 0 ? digammaOfNegative(x) : NaN;
};

/** ψ(2 + z) for |z| ≤ 1/2, the derivative of the series of log Γ. */
const digammaNear2 = (z: number): number => ONE_MINUS_EULER_GAMMA + z * polynomial(NEAR_2, z);

/** The coefficients (-1)ᵏ (ζ(k) - 1), the highest power first. */
const NEAR_2 = /* @__PURE__ */ ZETA_EXCESS.map((excess, i) => (i % 2 === 0 ? excess : -excess));

/** ψ(x) for 2.5 ≤ x < 8: with x = 2 + z + n, it is ψ(2 + z) + 1/(x - 1) + … + 1/(x - n). */
const digammaAbove = (x: number): number => {
  let sum = 0;
  let rest = x;
  while (rest >= 2.5) {
    rest -= 1;
    sum += 1 / rest;
  }
  return digammaNear2(rest - 2) + sum;
};

/** log x - 1 / (2x) - Σ B₂ₖ / (2k x²ᵏ) (DLMF 5.11.2). */
const asymptotic = (x: number): number => {
  const inverse = 1 / x;
  const square = inverse * inverse;
  return Math.log(x) - (0.5 * inverse + square * polynomial(ASYMPTOTIC, square));
};

/** B₂ₖ / 2k for k = 9 … 1, B the Bernoulli numbers. */
const ASYMPTOTIC = [
  43867 / 14364,
  -3617 / 8160,
  1 / 12,
  -691 / 32760,
  1 / 132,
  -1 / 240,
  1 / 252,
  -1 / 120,
  1 / 12,
];

const digammaOfNegative = (x: number): number => {
  const fromInteger = x - Math.round(x);
  if (fromInteger === 0) return NaN;
  return digamma(1 - x) - Math.PI * cotangentOfPi(fromInteger);
};

/** cot(π x) for |x| ≤ 1/2, near 1/2 by way of cot(π x) = tan(π (1/2 - x)). */
const cotangentOfPi = (x: number): number => {
  if (Math.abs(x) <= 0.25) return 1 / Math.tan(Math.PI * x);
  return Math.tan(Math.PI * (x > 0 ? 0.5 - x : -0.5 - x));
};
