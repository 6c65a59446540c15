/** The float32 functions that there is SIMD code for, by the names of their primitives. */

import { acos, asin, atan, atan2 } from "./angle.js";
import { erf } from "./erf.js";
import { erfInv } from "./erf-inv.js";
import { erfc } from "./erfc.js";
import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { floorDivide, mod } from "./floor-division.js";
import { digamma, lgamma } from "./gamma.js";
import { acosh, asinh, atanh, cosh, sinh } from "./hyperbolic.js";
import { hypot } from "./hypot.js";
import { log, log1p } from "./log.js";
import { logAddExp, xlogy } from "./log-sum.js";
import { log10, log2, logit } from "./logarithms.js";
import { pow } from "./pow.js";
import { cbrt, rsqrt } from "./roots.js";
import { sigmoid } from "./sigmoid.js";
import { cos, sin, tan } from "./sine.js";
import { tanh } from "./tanh.js";
import type { BinaryVector, UnaryVector } from "./vector.js";

const unary = {
  ...{ exp, expm1, log, log1p, log2, log10, logit, sigmoid },
  ...{ cbrt, rsqrt },
  ...{ sin, cos, tan, asin, acos, atan },
  ...{ sinh, cosh, tanh, asinh, acosh, atanh },
  ...{ erf, erfc, erfInv, lgamma, digamma },
} as const satisfies Readonly<Record<string, UnaryVector>>;

const binary = { pow, hypot, atan2, logAddExp, xlogy, mod, floorDivide } as const satisfies Readonly<
  Record<string, BinaryVector>
>;

/** The functions of one operand by name. */
export type UnaryName = keyof typeof unary;
/** The functions of two operands by name. */
export type BinaryName = keyof typeof binary;

/**
 * Each maps four lanes: an expression of its operands, which may be any expressions. Within 2 units in the last place of the exact
 * result, for all float32: those in float64 within 0.7, the others (exp, expm1, log, log1p, sigmoid, tanh, erf, rsqrt) have more of
 * it. lgamma and digamma near their zeros, and logAddExp where its terms cancel, are within 2⁻³⁰. Rare operands, angles above 2²²,
 * what has no ordinary logarithm, and the steps of a remainder, are behind a branch.
 */
export const float32Functions: {
  readonly unary: Readonly<Record<UnaryName, UnaryVector>>;
  readonly binary: Readonly<Record<BinaryName, BinaryVector>>;
} = { unary, binary };
