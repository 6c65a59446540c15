/** The error function of four float32 at once. */

import { withValue } from "../expression.js";
import { f32x4, i32x4, v128 } from "../simd.js";
import { polynomial } from "./polynomial.js";
import { withSign } from "./sign.js";
import type { UnaryVector, Vector } from "./vector.js";

/** erf(x) / x - 1 in x², for |x| ≤ 1, to 2⁻²⁹ of erf(x) / x, minimax. */
const near = [
  7.8538630908014e-5, -8.010194242886e-4, 5.188327758086e-3, -2.6853811962217e-2, 1.12835851482979e-1,
  -3.7612625824004e-1, 1.28379165726619e-1,
];
/** log₂(1 - erf(x)) for 1 ≤ x ≤ 3.95, so that erf(x) has 2⁻²⁹, minimax. */
const far = [
  2.6888058802735e-4, -4.2524987237006e-3, 3.1505381955159e-2, -1.48751022004797e-1, -9.20649044563213e-1,
  -1.62604559247853, -4.92809822869768e-4,
];
/** 2ʳ for |r| ≤ 1/2, to 2⁻²³: it counts an eighth, or less. */
const exponential = [
  1.3264756881345e-3, 9.6715128903095e-3, 5.550733625889e-2, 2.40222420787618e-1, 6.93146977708562e-1, 1,
];

/** Added to a number it rounds it to an integer, and leaves that, plus the exponents' bias, in the lowest bits. */
const rounding = 1.5 * 2 ** 23 + 127;

/** x + x p(x²) near 0; from 1 on 1 - 2^q(|x|), with the sign of x. From 3.95 on it is 1. */
export const erf: UnaryVector = (x) =>
  withValue(x, (value) =>
    withValue(f32x4.pmin(f32x4.abs(value), f32x4.const(3.95)), (size) => {
      const small = withValue(f32x4.mul(size, size), (square) =>
        f32x4.add(size, f32x4.mul(size, polynomial(square, near))),
      );
      const large = f32x4.sub(f32x4.const(1), exp2(polynomial(size, far)));
      return withSign(v128.bitselect(large, small, f32x4.ge(size, f32x4.const(1))), value);
    }),
  );

/** 2ˣ for |x| ≤ 126. */
const exp2 = (x: Vector): Vector =>
  withValue(x, (value) =>
    withValue(f32x4.add(value, f32x4.const(rounding)), (shifted) =>
      withValue(f32x4.sub(value, f32x4.sub(shifted, f32x4.const(rounding))), (r) =>
        f32x4.mul(polynomial(r, exponential), i32x4.shl(shifted, 23)),
      ),
    ),
  );
