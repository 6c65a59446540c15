/** The logarithm of the gamma function and its derivative, of float32, in float64. */

import { withValue } from "../expression.js";
import { f64x2, v128 } from "../simd.js";
import { inDouble } from "./double.js";
import { doubleLog } from "./double-log.js";
import { doublePolynomial } from "./polynomial.js";
import type { UnaryVector, Vector } from "./vector.js";

const half = /* @__PURE__ */ f64x2.const(0.5);
const one = /* @__PURE__ */ f64x2.const(1);
const two = /* @__PURE__ */ f64x2.const(2);

/** log Γ(y) / ((y - 1) (y - 2)) in (y - 9/8) / (y + 9/8), for 1/2 ≤ y ≤ 5/2, to 2⁻³⁵, minimax. */
const nearZeros = [
  -0.06433619650277132, 0.058522872435418934, -0.039058152044008365, 0.03770708677207542,
  -0.056186574763246455, 0.051855635188758305, -0.071080416550711, 0.06452664501367339, -0.09911934143018446,
  0.08675263998597531, -0.16313807849899162, 0.1303964593461133, -0.4750947771476642, 0.5487833977333617,
];
/** B₂ₖ / (2k (2k - 1)) for k = 5 … 1, B the Bernoulli numbers (DLMF 5.11.1). */
const stirling = [1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12];
/** B₂ₖ / 2k for k = 6 … 1 (DLMF 5.11.2). */
const asymptotic = [-691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12];
/** sin(π f) / f in f², and cos(π f) / (1/4 - f²) in f², for |f| ≤ 1/2, to 2⁻⁴³ and 2⁻⁴⁶, minimax. */
const sine = [
  0.0004471927870777912, -0.007363779767305728, 0.08214473073943653, -0.5992644255707129, 2.550164035410428,
  -5.167712779977137, 3.1415926535895964,
];
const cosine = [
  9.986933935701162e-5, -0.0019024039189970592, 0.025330751250725023, -0.2289978681343246, 1.278013296126832,
  -3.739208802165527, 3.9999999999999654,
];

/** log Γ(y) for y ≥ 8: (y - 1/2) log y - y + log(2π) / 2 and a series in 1 / y. */
const stirlingSeries = (y: Vector): Vector =>
  withValue(f64x2.div(one, y), (inverse) => {
    // With log y - 1 for log y, which takes y away without overflow, and of ∞ is no NaN.
    const leading = f64x2.mul(f64x2.sub(y, half), f64x2.sub(doubleLog(y), one));
    const series = f64x2.mul(inverse, doublePolynomial(f64x2.mul(inverse, inverse), stirling));
    return f64x2.add(f64x2.add(leading, f64x2.const((Math.log(2 * Math.PI) - 1) / 2)), series);
  });

/** y (y + 5), of which the products of the other pairs of y, y + 1, …, y + 5 are 4 and 6 more. */
const endsOf = (y: Vector): Vector => f64x2.mul(y, f64x2.add(y, f64x2.const(5)));

const productOf = (ends: Vector): Vector =>
  f64x2.mul(ends, f64x2.mul(f64x2.add(ends, f64x2.const(4)), f64x2.add(ends, f64x2.const(6))));

/** What x is from the nearest integer, exactly. */
const fromInteger = (x: Vector): Vector => f64x2.sub(x, f64x2.nearest(x));

const sineOfPi = (f: Vector): Vector =>
  withValue(f, (value) => f64x2.mul(value, doublePolynomial(f64x2.mul(value, value), sine)));

/**
 * log |Γ(x)|. Below 1/2 it is log(π / |sin(π x)|) - log Γ(1 - x). For y ≥ 1/2 there is a polynomial about the zeros, below 5/2, and
 * Stirling's series, at y + 6 if y < 8: that of Γ(y) y (y + 1) … (y + 5).
 */
export const lgamma: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(x, (value) =>
    withValue(f64x2.lt(value, half), (reflected) =>
      withValue(v128.bitselect(f64x2.sub(one, value), value, reflected), (y) => {
        const result = withValue(f64x2.lt(y, f64x2.const(2.5)), (near) =>
          withValue(f64x2.lt(y, f64x2.const(8)), (moved) => {
            const at = f64x2.add(y, v128.and(f64x2.const(6), moved));
            const series = v128.bitselect(aboutZeros(y), withValue(at, stirlingSeries), near);
            const product = v128.bitselect(withValue(endsOf(y), productOf), one, v128.andNot(moved, near));
            return withValue(product, (factor) => {
              const ofSine = f64x2.div(f64x2.const(Math.PI), f64x2.abs(sineOfPi(fromInteger(value))));
              const reflection = f64x2.mul(factor, ofSine);
              const logarithm = doubleLog(v128.bitselect(reflection, factor, reflected));
              // The sign bit of -0 where the mask is.
              return v128.xor(f64x2.sub(series, logarithm), v128.and(reflected, f64x2.const(-0)));
            });
          }),
        );
        // Below it float32 has integers alone.
        const poles = f64x2.lt(value, f64x2.const(-(2 ** 23)));
        return v128.bitselect(f64x2.const(Infinity), result, poles);
      }),
    ),
  ),
);

const aboutZeros = (y: Vector): Vector => {
  const centre = f64x2.const(1.125);
  const place = f64x2.div(f64x2.sub(y, centre), f64x2.add(y, centre));
  const zeros = f64x2.mul(f64x2.sub(y, one), f64x2.sub(y, two));
  const ratio = withValue(place, (at) => doublePolynomial(at, nearZeros));
  // Zeros without a sign.
  return f64x2.multiplyAdd(zeros, ratio, f64x2.const(0));
};

/** ψ(y) for y ≥ 6.5: log y - 1 / (2y) - a series in 1 / y². */
const asymptoticSeries = (y: Vector): Vector =>
  withValue(f64x2.div(one, y), (inverse) =>
    withValue(f64x2.mul(inverse, inverse), (square) => {
      const series = f64x2.mul(square, doublePolynomial(square, asymptotic));
      return f64x2.sub(doubleLog(y), f64x2.add(f64x2.mul(half, inverse), series));
    }),
  );

/** 1 / y + 1 / (y + 1) + … + 1 / (y + 5): in pairs from both ends, whose products differ by constants. */
const inversesFrom = (y: Vector): Vector =>
  withValue(endsOf(y), (ends) => {
    const over = f64x2.mul(doublePolynomial(ends, [3, 20, 24]), f64x2.add(f64x2.add(y, y), f64x2.const(5)));
    return f64x2.div(over, productOf(ends));
  });

/** π cot(π f) for 0 < |f| ≤ 1/2. */
const cotangentOfPi = (f: Vector): Vector =>
  withValue(f64x2.mul(f, f), (square) => {
    const over = f64x2.mul(f64x2.sub(f64x2.const(0.25), square), doublePolynomial(square, cosine));
    const under = f64x2.mul(f, doublePolynomial(square, sine));
    return f64x2.div(f64x2.mul(f64x2.const(Math.PI), over), under);
  });

/** ψ(x), NaN at the poles: below 1/2 it is ψ(1 - x) - π cot(π x), and the series at y + 6 less six inverses if y < 8. */
export const digamma: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(x, (value) =>
    withValue(f64x2.lt(value, half), (reflected) =>
      withValue(v128.bitselect(f64x2.sub(one, value), value, reflected), (y) =>
        withValue(f64x2.lt(y, f64x2.const(8)), (moved) => {
          const series = withValue(f64x2.add(y, v128.and(f64x2.const(6), moved)), asymptoticSeries);
          const direct = f64x2.sub(series, v128.and(inversesFrom(y), moved));
          return withValue(fromInteger(value), (f) => {
            const reflection = v128.and(cotangentOfPi(f), reflected);
            const poles = v128.and(f64x2.eq(f, f64x2.const(0)), reflected);
            return v128.or(f64x2.sub(direct, reflection), poles);
          });
        }),
      ),
    ),
  ),
);
