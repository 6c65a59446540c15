/** The error function of four float32 at once. */

import { withValue } from "../expression.js";
import { f32x4 } from "../simd.js";
import { aroundPoints, moved, withPairs } from "./points.js";
import { erfPoints } from "./tables.js";

/** erf x = 2/√π ∫₀ˣ e^(-t²) dt, whose derivatives are erf' = 2/√π e^(-x²), erf'' = -2 x erf', erf''' = (4 x² - 2) erf'. */
export const erf = /* @__PURE__ */ aroundPoints(erfPoints, (m, d, found) =>
  withPairs(found, erfPoints.address, (value, excess) =>
    withValue(moved(d, m, f32x4.mul(f32x4.mul(m, m), f32x4.const(2 / 3))), (distance) =>
      f32x4.add(f32x4.multiplyAdd(distance, excess, distance), value),
    ),
  ),
);
