/**
 * The inverse of the error function, within 3 ulp.
 *
 * With the normal distribution's quantile function z, erfInv(x) = z((1 + x) / 2) / √2. The rational
 * approximations of z, with a relative error of 1e-16, are those of M. J. Wichura, "Algorithm AS 241: the
 * percentage points of the normal distribution", Applied Statistics 37 (1988), 477-484: of x near zero, of
 * √(-log((1 - |x|) / 2)) in the tails. In these variables the argument suffers no cancellation.
 *
 * Evaluated as published they lose 5 ulp. Here each is a simple part, x or depth - 1/2, and a correction of at
 * most a fifth of it, whose rounding counts as much less: the denominators are Wichura's, and each numerator
 * is his, divided by √2, less the simple part times the denominator.
 */
import { polynomial } from "./polynomial.js";

/** The y with erf(y) = x: ±Infinity at ±1, NaN outside. */
export const erfInv = (x: number): number => {
  const size = Math.abs(x);
  if (size <= 0.85) {
    const distance = 0.180625 - 0.25 * x * x;
    return x * (1 + polynomial(CENTRE_OVER, distance) / polynomial(CENTRE_UNDER, distance));
  }
  if (size >= 1) return size === 1 ? x * Infinity : NaN;
  const depth = Math.sqrt(-Math.log((1 - size) / 2));
  const correction =
    depth <= 5
      ? polynomial(TAIL_OVER, depth - 1.6) / polynomial(TAIL_UNDER, depth - 1.6)
      : polynomial(FAR_OVER, depth - 5) / polynomial(FAR_UNDER, depth - 5);
  const value = depth - 0.5 + correction;
  return x < 0 ? -value : value;
};

const CENTRE_OVER = [
  -4339.401209227399413, -16909.59238865964827, -15525.85441797832488, -4977.931786419020483,
  -539.3091320403624282, 9.875657851838074085, 4.75935741078306676, 0.1975323115670912565,
];
const CENTRE_UNDER = [
  5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.7943015865959, 5394.1960214247511,
  687.187007492057908, 42.313330701600911252, 1,
];
const TAIL_OVER = [
  -1.050750071644416843e-9, 9.106760583318226744e-8, 0.0002671651335782445401, 0.006142280685718174099,
  0.04566793646815231808, 0.1442893885126354155, 0.1824356694918559853, 0.01563250090047132455,
  -0.09347796639631207971,
];
const TAIL_UNDER = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const FAR_OVER = [
  -2.044263103389939786e-15, 9.235883875903761187e-13, 7.072983588370947932e-8, 8.740527180244106118e-6,
  0.0003448187529627961064, 0.005830984640932446044, 0.04604627890903979362, 0.1642344321273877042,
  0.2078495219130336908,
];
const FAR_UNDER = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1,
];
