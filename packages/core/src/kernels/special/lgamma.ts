/**
 * The logarithm of the absolute value of the gamma function: within 3 ulp for x > 0, both zeros included;
 * for x < 0 within 2⁻⁴⁹ of max(1, |log|Γ||).
 */
import { polynomial } from "./polynomial.js";
import { ONE_MINUS_EULER_GAMMA, ZETA_EXCESS } from "./zeta-excess.js";

/**
 * log |Γ(x)|: Infinity at 0, at the negative integers and at ±Infinity.
 *
 * About 2 its Taylor series, to which the recurrence Γ(x + 1) = x Γ(x) leads from the rest of (0, 8); from 8
 * on Stirling's series; below 0 the reflection Γ(x) Γ(1 - x) = π / sin(π x).
 */
export const lgamma = (x: number): number => {
  if (x >= 8) return x === Infinity ? Infinity : stirling(x);
  if (x >= 2.5) return lgammaAbove(x);
  if (x >= 1.25) return lgammaNear2(x - 2);
  if (x >= 0.5) return lgammaNear2(x - 1) - Math.log1p(x - 1);
  if (x >= TINY) return lgammaNear2(x) - Math.log1p(x) - Math.log(x);
  if (x > -TINY) return -Math.log(Math.abs(x));
  return x < 0 ? lgammaOfNegative(x) : NaN;
};

/** Below this size Γ(x) = 1 / x to float64's accuracy. */
const TINY = 1e-17;

/** log Γ(2 + z) for -3/4 ≤ z ≤ 1/2. */
const lgammaNear2 = (z: number): number => z * (ONE_MINUS_EULER_GAMMA + z * polynomial(NEAR_2, z));

/** The coefficients (-1)ᵏ (ζ(k) - 1) / k, the highest power first. */
const NEAR_2 = /* @__PURE__ */ ZETA_EXCESS.map((excess, i) => (i % 2 === 0 ? excess : -excess) / (36 - i));

/** log Γ(x) for 2.5 ≤ x < 8: with x = 2 + z + n, it is log Γ(2 + z) + log((x - 1) … (x - n)). */
const lgammaAbove = (x: number): number => {
  let product = 1;
  let rest = x;
  while (rest >= 2.5) {
    rest -= 1;
    product *= rest;
  }
  return lgammaNear2(rest - 2) + Math.log(product);
};

/** Stirling's series (DLMF 5.11.1): (x - 1/2) log x - x + log(2π) / 2 + Σ B₂ₖ / (2k (2k - 1) x²ᵏ⁻¹). */
const stirling = (x: number): number => {
  const logarithm = Math.log(x);
  // x (log x - 1) and not x log x - x, which overflows before the result does.
  const leading = x * (logarithm - 1);
  return leading + (HALF_LOG_2_PI - 0.5 * logarithm + polynomial(STIRLING, 1 / (x * x)) / x);
};

const HALF_LOG_2_PI = 0.91893853320467274178;

/** B₂ₖ / (2k (2k - 1)) for k = 8 … 1, B the Bernoulli numbers. */
const STIRLING = [-3617 / 122400, 1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12];

const lgammaOfNegative = (x: number): number => {
  const fromInteger = x - Math.round(x);
  if (fromInteger === 0 || x === -Infinity) return Infinity;
  return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * fromInteger))) - lgamma(1 - x);
};
