/** The hyperbolic tangent of four float32 at once. */

import { withValue } from "../expression.js";
import { f32x4, v128 } from "../simd.js";
import { boundedExp } from "./exp.js";
import { polynomial } from "./polynomial.js";
import { withSign } from "./sign.js";
import type { UnaryVector } from "./vector.js";

/** (tanh x - x) / x³ in x², for |x| < 0.625, to 2⁻²⁷ of tanh x, minimax. */
const coefficients = [
  -5.7045432123921e-3, 0.02063870660659287, -5.3739603903968e-2, 1.3331440938823e-1, -3.33332818986901e-1,
];

/** x + x³ p(x²) near 0; elsewhere 1 - 2 / (e^2|x| + 1), with the sign of x, which from 9.1 on is 1. */
export const tanh: UnaryVector = (x) =>
  withValue(x, (value) =>
    withValue(f32x4.pmin(f32x4.abs(value), f32x4.const(9.1)), (size) => {
      const near = withValue(f32x4.mul(size, size), (square) =>
        f32x4.add(size, f32x4.mul(size, f32x4.mul(square, polynomial(square, coefficients)))),
      );
      const grown = f32x4.add(boundedExp(f32x4.add(size, size)), f32x4.const(1));
      const far = f32x4.sub(f32x4.const(1), f32x4.div(f32x4.const(2), grown));
      return withSign(v128.bitselect(near, far, f32x4.lt(size, f32x4.const(0.625))), value);
    }),
  );
