/**
 * The derivatives of the digamma function, within 8 ulp for x > 0 and orders up to 50; for x < 0 in relation to
 * n! (f⁻ⁿ⁻¹ + g⁻ⁿ⁻¹), with f and g the distances to the integers below and above.
 */
import { digamma } from "./digamma.js";
import { lgamma } from "./lgamma.js";

/**
 * ψ⁽ⁿ⁾(x), the n-th derivative of digamma, n a whole number (0: digamma itself; NaN for any other order).
 *
 * With the Hurwitz zeta function ζ(s, x) = Σ_{k ≥ 0} (x + k)⁻ˢ it is (-1)ⁿ⁺¹ n! ζ(n + 1, x). For x < 0, with
 * f and g as above, ζ(s, x) = ζ(s, f) + (-1)ˢ (ζ(s, g) - ζ(s, 1 - x)).
 * At 0 and the negative integers it is Infinity for odd n; for even n, whose one-sided limits differ, NaN.
 */
export const polygamma = (order: number, x: number): number => {
  if (order === 0) return digamma(x);
  if (!(order > 0) || !Number.isInteger(order)) return NaN;
  const odd = order % 2 === 1;
  if (x > 0) return odd ? factorialZeta(order, x) : -factorialZeta(order, x);
  const below = Math.floor(x);
  if (x === below) return odd ? Infinity : NaN;
  const fromBelow = factorialZeta(order, x - below);
  const fromAbove = factorialZeta(order, Math.ceil(x) - x) - factorialZeta(order, 1 - x);
  return odd ? fromBelow + fromAbove : fromAbove - fromBelow;
};

/** n! ζ(n + 1, x) for x > 0, and NaN for NaN. */
const factorialZeta = (order: number, x: number): number => {
  if (x === Infinity) return 0;
  // Whatever x is, the first factor leaves the range of float64 only where the result does, or nearly so.
  return factorialOverPower(order, x) * (relativeZeta(order + 1, x) / x);
};

/** n! / xⁿ, from its logarithm where one of the two leaves the range of float64. */
const factorialOverPower = (order: number, x: number): number => {
  const power = wholePower(x, order);
  if (order <= 170 && power > 1e-307 && power < 1e308) return factorial(order) / power;
  return Math.exp(lgamma(order + 1) - order * Math.log(x));
};

const factorial = (n: number): number => {
  let product = 1;
  for (let factor = 2; factor <= n; factor += 1) product *= factor;
  return product;
};

/** baseⁿ for a whole n > 0; where n is small by repeated squaring, several times as fast as the general power. */
const wholePower = (base: number, n: number): number => {
  if (n > 8) return base ** n;
  let power = 1;
  let square = base;
  for (let rest = n; ; square *= square) {
    if (rest % 2 === 1) power *= square;
    rest = Math.floor(rest / 2);
    if (rest === 0) return power;
  }
};

/**
 * ζ(s, x) xˢ = Σ (x / (x + k))ˢ: the first terms summed, the rest by the formula of Euler and Maclaurin (DLMF
 * 25.11.28), with N the number of terms summed and a = x + N:
 *
 *     Σ_{k ≥ N} (x + k)⁻ˢ = a⁻ˢ (a / (s - 1) + 1/2 + Σⱼ B₂ⱼ / (2j)! s (s + 1) … (s + 2j - 2) / a²ʲ⁻¹)
 */
const relativeZeta = (s: number, x: number): number => {
  // Far enough that the twelve terms of the sum over j reach float64's accuracy.
  const enough = 0.65 * (s + 11);
  let sum = 0;
  let a = x;
  let term = 1;
  while (a < enough) {
    sum += term;
    a += 1;
    term = wholePower(x / a, s);
    if (term * a < sum * 1e-18) return sum;
  }
  let factor = s / a;
  let tail = 0;
  let j = 1;
  for (const coefficient of EULER_MACLAURIN) {
    tail += coefficient * factor;
    factor *= ((s + 2 * j - 1) * (s + 2 * j)) / (a * a);
    j += 1;
  }
  return sum + term * (a / (s - 1) + (0.5 + tail));
};

/** B₂ⱼ / (2j)! for j = 1 … 12, B the Bernoulli numbers. */
const EULER_MACLAURIN = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -5.28419013868749319e-10,
  1.33825365306846788e-11,
  -3.38968029632258287e-13,
  8.58606205627784457e-15,
  -2.17486869855806187e-16,
  5.50900282836022952e-18,
  -1.39544646858125233e-19,
];
