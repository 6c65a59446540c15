/** Hyperbolic functions of float32 and their inverses, in float64. That of the tangent is in its own file. */

import { withValue } from "../expression.js";
import { f64x2, v128 } from "../simd.js";
import { inDouble } from "./double.js";
import { roughExp } from "./double-exp.js";
import { doubleLog1p } from "./double-log.js";
import { doublePolynomial } from "./polynomial.js";
import { doubleWithSign } from "./sign.js";
import type { UnaryVector, Vector } from "./vector.js";

const one = /* @__PURE__ */ f64x2.const(1);
const half = /* @__PURE__ */ f64x2.const(0.5);

/** sinh(x) / x in x², for |x| ≤ 1, to 2⁻³⁴, minimax. */
const nearZero = [
  2.8185239518050895e-6, 0.00019835812443138917, 0.008333352592957024, 0.16666666430244864,
  1.0000000000459788,
];

/** x p(x²) below 1; elsewhere (eˣ - e⁻ˣ) / 2. */
export const sinh: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(f64x2.abs(x), (size) =>
    withValue(roughExp(size), (power) => {
      const near = f64x2.mul(size, doublePolynomial(f64x2.mul(size, size), nearZero));
      const far = f64x2.mul(f64x2.sub(power, f64x2.div(one, power)), half);
      return doubleWithSign(v128.bitselect(near, far, f64x2.lt(size, one)), x);
    }),
  ),
);

/** (eˣ + e⁻ˣ) / 2. */
export const cosh: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(roughExp(f64x2.abs(x)), (power) => f64x2.mul(f64x2.add(power, f64x2.div(one, power)), half)),
);

/** log(x + √(x² + 1)), as log1p(x + x² / (1 + √(x² + 1))). */
export const asinh: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(f64x2.abs(x), (size) => {
    const excess = withValue(f64x2.mul(size, size), (square) =>
      f64x2.div(square, f64x2.add(f64x2.sqrt(f64x2.add(square, one)), one)),
    );
    // ∞ / ∞ is none.
    const finite = v128.bitselect(excess, size, f64x2.lt(size, f64x2.const(Infinity)));
    return doubleWithSign(doubleLog1p(f64x2.add(size, finite)), x);
  }),
);

/** log(x + √(x² - 1)), with t = x - 1 as log1p(t + √(t (t + 2))); NaN below 1. */
export const acosh: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(f64x2.sub(x, one), (t) => {
    const root = f64x2.sqrt(f64x2.mul(t, f64x2.add(t, f64x2.const(2))));
    return orNaN(doubleLog1p(f64x2.add(t, root)), f64x2.lt(t, f64x2.const(0)));
  }),
);

/** log((1 + x) / (1 - x)) / 2, as log1p(2x / (1 - x)) / 2; NaN beyond ±1. */
export const atanh: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(f64x2.abs(x), (size) => {
    const ratio = f64x2.div(f64x2.add(size, size), f64x2.sub(one, size));
    const value = f64x2.mul(doubleLog1p(ratio), half);
    return orNaN(doubleWithSign(value, x), f64x2.gt(size, one));
  }),
);

/** NaN where the mask says: all bits of a lane are one. */
const orNaN = (x: Vector, mask: Vector): Vector => v128.or(x, mask);
