/**
 * The error function within 2 ulp, and its complement within 4.
 *
 *     |x| ≤ 0.46875      erf(x)  = x + x R(x²)
 *     0.46875 < x ≤ 4    erfc(x) = exp(-x²) / x P((x - 2) / (x + 2))
 *     4 < x              erfc(x) = exp(-x²) / x (1/√π - R(1/x²) / x²)
 *
 * The rational functions R are those of W. J. Cody, "Rational Chebyshev approximations for the error function",
 * Mathematics of Computation 23 (1969), 631-637; the first is his less 1, so that its rounding counts little. In
 * the middle his evaluation would lose 6 ulp, so that there P is a polynomial with a large constant term: the
 * interpolation of x exp(x²) erfc(x) at Chebyshev's points, computed with 60 digits, in the variable of J. L.
 * Schonfelder, "Chebyshev expansions for the error and related functions", Mathematics of Computation 32 (1978),
 * 1232-1240. Every error of approximation is below 2⁻⁵⁶ of the value.
 */
import { polynomial } from "./polynomial.js";

/** erf(x) = 2/√π ∫₀ˣ exp(-t²) dt. */
export const erf = (x: number): number => {
  const size = Math.abs(x);
  if (size <= SMALL) return erfNearZero(x);
  const value = 1 - erfcTail(size);
  return x < 0 ? -value : value;
};

/** erfc(x) = 1 - erf(x) = 2/√π ∫ₓ^∞ exp(-t²) dt, with its full relative accuracy where it is small. */
export const erfc = (x: number): number => {
  if (Math.abs(x) <= SMALL) return 1 - erfNearZero(x);
  return x < 0 ? 2 - erfcTail(-x) : erfcTail(x);
};

const SMALL = 0.46875;

const erfNearZero = (x: number): number => {
  const square = x * x;
  return x + (x * polynomial(SMALL_OVER, square)) / polynomial(SMALL_UNDER, square);
};

/** erfc(x) for x > 0.46875, and NaN for NaN. */
const erfcTail = (x: number): number => {
  if (x <= 4) return (gaussian(x) * polynomial(MIDDLE, (x - 2) / (x + 2))) / x;
  if (x >= ZERO_FROM) return 0;
  const square = 1 / (x * x);
  const correction = (square * polynomial(LARGE_OVER, square)) / polynomial(LARGE_UNDER, square);
  return (gaussian(x) * (INVERSE_ROOT_PI - correction)) / x;
};

/**
 * exp(-x²). Rounding x² to float64 alone would cost x² half-ulps in the result, so that the part it
 * loses is computed, from products that are exact because each factor is half as long as a float64.
 */
const gaussian = (x: number): number => {
  const high = Math.fround(x);
  const low = x - high;
  const square = x * x;
  const lost = high * high - square + 2 * high * low + low * low;
  const value = Math.exp(-square);
  return value - value * lost;
};

/** The smallest integer whose erfc is 0 in float64. */
const ZERO_FROM = 28;
const INVERSE_ROOT_PI = 0.56418958354775628695;

const SMALL_OVER = [
  -0.814222293815396847, -20.4401672084735553, -130.160483783394017, -905.131288392070259, 365.14075569929885,
];
const SMALL_UNDER = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
];
const MIDDLE = [
  1.938333022860840086e-7, 1.18933903672822022e-6, 2.740050692118917641e-6, 1.15272253465216716e-6,
  -8.644381844039472616e-6, -0.00001889367557167191041, 6.233375142384136009e-6, 0.00008930933910753855771,
  0.00008942031612644344427, -0.0003143510958161484748, -0.0007501847424174404114, 0.001126658004673619257,
  0.004784898562361261774, -0.007515738411097441282, -0.02897644669816898066, 0.1215149305245910672,
  -0.2038442959288779929, 0.1672110104141061792, 0.5107913526210114878,
];
const LARGE_OVER = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
];
const LARGE_UNDER = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428413e-1, 6.05183413124413191e-2,
  2.33520497626869185e-3,
];
