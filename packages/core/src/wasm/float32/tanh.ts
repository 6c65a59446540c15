/** The hyperbolic tangent of four float32 at once. */

import { withValue, type Expression } from "../expression.js";
import { f32x4, v128 } from "../simd.js";
import { exp } from "./exp.js";
import { polynomial } from "./polynomial.js";

type Vector = Expression<"v128">;

/** (tanh x - x) / x³ in x², for |x| < 0.625. Cephes, tanhf. */
const coefficients = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
];

/** x + x³ p(x²) near 0; elsewhere 1 - 2 / (e^2|x| + 1), with the sign of x. */
export const tanh = (x: Vector): Vector =>
  withValue(x, (value) =>
    withValue(f32x4.abs(value), (size) => {
      const near = withValue(f32x4.mul(value, value), (square) =>
        f32x4.add(value, f32x4.mul(value, f32x4.mul(square, polynomial(square, coefficients)))),
      );
      const grown = f32x4.add(exp(f32x4.add(size, size)), f32x4.const(1));
      const far = f32x4.sub(f32x4.const(1), f32x4.div(f32x4.const(2), grown));
      const either = v128.bitselect(near, far, f32x4.lt(size, f32x4.const(0.625)));
      return v128.bitselect(value, either, f32x4.const(-0));
    }),
  );
