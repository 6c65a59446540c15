/** The hyperbolic tangent of four float32 at once. */

import { withStaged, withValue } from "../expression.js";
import { f32x4 } from "../simd.js";
import { aroundPoints, lookUp, moved } from "./points.js";
import { tanhPoints } from "./tables.js";

/** tanh x = (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ), whose derivatives are tanh' = 1 - tanh², tanh'' = -2 tanh tanh', tanh''' = (6 tanh² - 2) tanh'. */
export const tanh = /* @__PURE__ */ aroundPoints(tanhPoints, (_, d, found) =>
  withStaged(lookUp(found, tanhPoints.address), (value) =>
    withValue(f32x4.mul(value, value), (square) =>
      f32x4.multiplyAdd(moved(d, value, square), f32x4.sub(f32x4.const(1), square), value),
    ),
  ),
);
