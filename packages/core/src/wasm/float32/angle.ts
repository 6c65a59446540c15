/** Inverse trigonometric functions of float32, in float64. */

import { withStaged, withValue } from "../expression.js";
import { f64x2, v128 } from "../simd.js";
import { inDouble, inDoubles } from "./double.js";
import { doublePolynomial } from "./polynomial.js";
import { doubleWithSign } from "./sign.js";
import type { BinaryVector, UnaryVector, Vector } from "./vector.js";

/** atan(z) / z in z², for 0 ≤ z ≤ 1, to 2⁻³⁴, minimax. */
const arcTangent = [
  -0.0006847837681316887, 0.004850889865703245, -0.01611158663917273, 0.03420949605550499,
  -0.05427902476991509, 0.07245714347903567, -0.08980237802720217, 0.1109324095443996, -0.14283980708263097,
  0.19999912046244922, -0.33333331570997754, 0.9999999999412277,
];
/** asin(z) / z in z², for 0 ≤ z ≤ 1/2, to 2⁻³⁵, minimax. */
const arcSine = [
  0.03495147274274568, 0.007223900771525851, 0.024711517910147612, 0.030092213312984464, 0.04466203523498776,
  0.07499938199924239, 0.16666667421669346, 0.9999999999849021,
];

const one = /* @__PURE__ */ f64x2.const(1);
const halfPi = /* @__PURE__ */ f64x2.const(Math.PI / 2);

/** z p(z²). */
const odd = (z: Vector, terms: readonly number[]): Vector =>
  withStaged(z, (value) => f64x2.mul(value, doublePolynomial(f64x2.mul(value, value), terms)));

/** atan x, above 1 by way of π/2 - atan(1 / x). */
export const atan: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(f64x2.abs(x), (size) =>
    withValue(f64x2.gt(size, one), (large) => {
      const ratio = v128.bitselect(f64x2.div(one, size), size, large);
      return withValue(odd(ratio, arcTangent), (angle) =>
        doubleWithSign(v128.bitselect(f64x2.sub(halfPi, angle), angle, large), x),
      );
    }),
  ),
);

/** The angle of (x, y): that of the smaller of the sizes over the larger, reflected at the diagonal and the axes. */
export const atan2: BinaryVector = /* @__PURE__ */ inDoubles((y, x) =>
  withValue(f64x2.abs(y), (height) =>
    withValue(f64x2.abs(x), (width) => {
      const first = withValue(f64x2.min(height, width), (smaller) =>
        withValue(f64x2.max(height, width), (larger) => {
          // Of equal sizes 1, infinite ones too, and 0 at the origin.
          const equal = v128.and(one, f64x2.gt(smaller, f64x2.const(0)));
          const ratio = f64x2.div(smaller, larger);
          return odd(v128.bitselect(equal, ratio, f64x2.eq(smaller, larger)), arcTangent);
        }),
      );
      const second = withValue(first, (angle) =>
        v128.bitselect(f64x2.sub(halfPi, angle), angle, f64x2.gt(height, width)),
      );
      // Of -0 too.
      const left = f64x2.lt(doubleWithSign(one, x), f64x2.const(0));
      const third = withValue(second, (angle) =>
        v128.bitselect(f64x2.sub(f64x2.const(Math.PI), angle), angle, left),
      );
      return doubleWithSign(third, y);
    }),
  ),
);

const half = /* @__PURE__ */ f64x2.const(0.5);

/** What both arcs are made of: above 1/2 asin x is π/2 - 2 asin √((1 - x) / 2), whose second term is acos x. */
const arc = (x: Vector, expression: (angle: Vector, large: Vector) => Vector): Vector =>
  withValue(f64x2.abs(x), (size) =>
    withValue(f64x2.gt(size, half), (isLarge) => {
      const root = f64x2.sqrt(f64x2.mul(f64x2.sub(one, size), half));
      return withValue(odd(v128.bitselect(root, size, isLarge), arcSine), (angle) =>
        expression(v128.bitselect(f64x2.add(angle, angle), angle, isLarge), isLarge),
      );
    }),
  );

/** asin x; NaN beyond ±1, as the root of a negative number. */
export const asin: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  arc(x, (angle, large) =>
    withValue(angle, (value) => doubleWithSign(v128.bitselect(f64x2.sub(halfPi, value), value, large), x)),
  ),
);

/** acos x: π/2 - asin x near 0; above 1/2 the angle itself, and π less that below -1/2. */
export const acos: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  arc(x, (angle, large) =>
    withValue(angle, (value) => {
      const negative = f64x2.lt(x, f64x2.const(0));
      const far = v128.bitselect(f64x2.sub(f64x2.const(Math.PI), value), value, negative);
      return v128.bitselect(far, f64x2.sub(halfPi, doubleWithSign(value, x)), large);
    }),
  ),
);
