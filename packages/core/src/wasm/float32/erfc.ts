/** The complement of the error function, of float32, in float64. */

import { withStaged, withValue } from "../expression.js";
import { f64x2, v128 } from "../simd.js";
import { roughExp } from "./double-exp.js";
import { inDouble } from "./double.js";
import { doublePolynomial } from "./polynomial.js";
import type { UnaryVector } from "./vector.js";

const one = /* @__PURE__ */ f64x2.const(1);

/** e^(x²) erfc(x) (1 + 2x) in (x - 3) / (x + 3), for 0 ≤ x ≤ 10.2, to 2⁻³⁶, minimax. */
const tail = [
  -4.031563288070783e-6, 2.175168572240967e-5, 0.00011977127686568611, -0.00011992230454673148,
  -0.000782204361145092, 0.0018934937723980988, 0.002530854142177315, -0.023771243498980524,
  0.0683077726101369, -0.11927361121277066, 0.12964517514801238, -0.04756229586198086, -0.13562110640859346,
  1.2530080582779424,
];

/** erfc(x) = e^(-x²) p((x - 3) / (x + 3)) / (1 + 2x) (in the variable of J. L. Schonfelder), and 2 - erfc(-x) below 0. From 10.2 on it is 0. */
export const erfc: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(f64x2.pmin(f64x2.abs(x), f64x2.const(10.2)), (size) => {
    const three = f64x2.const(3);
    const place = f64x2.div(f64x2.sub(size, three), f64x2.add(size, three));
    const scaled = withStaged(place, (t) =>
      f64x2.div(doublePolynomial(t, tail), f64x2.add(one, f64x2.add(size, size))),
    );
    return withValue(roughExp(f64x2.neg(f64x2.mul(size, size))), (power) =>
      withValue(f64x2.mul(scaled, power), (value) =>
        v128.bitselect(f64x2.sub(f64x2.const(2), value), value, f64x2.lt(x, f64x2.const(0))),
      ),
    );
  }),
);
