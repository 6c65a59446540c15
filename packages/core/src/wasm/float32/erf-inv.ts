/** The inverse of the error function, of float32, in float64. */

import { withValue } from "../expression.js";
import { f64x2, v128 } from "../simd.js";
import { inDouble } from "./double.js";
import { regularLog } from "./double-log.js";
import { doublePolynomial } from "./polynomial.js";
import { doubleWithSign } from "./sign.js";
import type { UnaryVector, Vector } from "./vector.js";

const zero = /* @__PURE__ */ f64x2.const(0);
const one = /* @__PURE__ */ f64x2.const(1);

/** erfInv(x) / x in w - 5/2, where w = -log(1 - x²) ≤ 5, to 2⁻²⁸, minimax. */
const centre = [
  3.355978234014336e-10, -8.772787740468827e-9, 1.8036232539956903e-8, 4.658915773597344e-7,
  -3.434605971340947e-6, -4.96190946290701e-6, 0.00021828261224161676, -0.0012527446645693111,
  -0.0041773393926600915, 0.24664028763655532, 1.5014093535131325,
];
/** The same in √w - 3, for 5 ≤ w ≤ 16.4, to 2⁻²⁶. */
const edges = [
  0.00012132157742938301, -0.0003139913382503222, -6.511077863420887e-5, 0.0014904025405612499,
  -0.003593013750887258, 0.0056850454249568584, -0.007638200402826471, 0.0094454957811001, 1.00167502020191,
  2.8329767981558494,
];

/** x p(w), the form of M. Giles, "Approximating the erfinv function", 2011; ±∞ at ±1, NaN beyond. */
export const erfInv: UnaryVector = /* @__PURE__ */ inDouble((x) =>
  withValue(x, (value) =>
    withValue(f64x2.mul(f64x2.sub(one, value), f64x2.add(one, value)), (rest) =>
      withValue(f64x2.neg(regularLog(rest)), (w) => {
        const low = withValue(f64x2.sub(w, f64x2.const(2.5)), (place) => doublePolynomial(place, centre));
        const high = withValue(f64x2.sub(f64x2.sqrt(w), f64x2.const(3)), (place) =>
          doublePolynomial(place, edges),
        );
        const ratio = v128.bitselect(low, high, f64x2.lt(w, f64x2.const(5)));
        return bounded(value, rest, doubleWithSign(f64x2.mul(ratio, f64x2.abs(value)), value));
      }),
    ),
  ),
);

/** ±∞ where 1 - x² is 0, NaN where it is less, or NaN. */
const bounded = (x: Vector, rest: Vector, regular: Vector): Vector => {
  const ends = doubleWithSign(
    v128.bitselect(f64x2.const(Infinity), f64x2.const(NaN), f64x2.eq(rest, zero)),
    x,
  );
  return v128.bitselect(regular, ends, f64x2.gt(rest, zero));
};
