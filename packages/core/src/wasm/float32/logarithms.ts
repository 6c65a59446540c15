/** Logarithms of float32 other than the natural one. */

import { f64x2 } from "../simd.js";
import { inDouble } from "./double.js";
import { doubleLog } from "./double-log.js";
import type { UnaryVector } from "./vector.js";

/** log₂ x, exact at powers of two. */
export const log2: UnaryVector = /* @__PURE__ */ inDouble((x) => doubleLog(x, 1));

/** log₁₀ x. */
export const log10: UnaryVector = /* @__PURE__ */ inDouble((x) => doubleLog(x, Math.log10(2)));

/** log(p / (1 - p)). */
export const logit: UnaryVector = /* @__PURE__ */ inDouble((p) =>
  doubleLog(f64x2.div(p, f64x2.sub(f64x2.const(1), p))),
);
