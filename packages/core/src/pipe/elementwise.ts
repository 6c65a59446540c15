/** Operations of two operands and choices, data last. */

import type { BinaryLast, ChoiceLast, ClipLast, ComparisonLast, ConvertLast } from "../types/elementwise.js";
import type { ClosenessLast, NanToNumLast, SafeChoiceLast, SelectLast } from "../types/choose.js";
import type { Floating, Integer, Numeric } from "../types/tensor.js";
import * as additive from "../primitives/additive.js";
import * as bits from "../primitives/bitwise.js";
import * as comparison from "../primitives/comparison.js";
import * as conversion from "../primitives/convert.js";
import * as exponential from "../primitives/exponential.js";
import * as extremum from "../primitives/extremum.js";
import * as multiplicative from "../primitives/multiplicative.js";
import * as powers from "../primitives/powers.js";
import * as quotient from "../primitives/quotient.js";
import * as rounding from "../primitives/rounding.js";
import * as selection from "../primitives/select.js";
import * as choice from "../ops/choose.js";
import { last } from "./last.js";

/** `P.add(b)(a)` is `add(a, b)`: a + b. */
export const add: BinaryLast<"add", Numeric> = /* @__PURE__ */ last(additive.add);
/** `P.sub(b)(a)` is `sub(a, b)`: a - b. */
export const sub: BinaryLast<"sub", Numeric> = /* @__PURE__ */ last(additive.sub);
/** `P.mul(b)(a)` is `mul(a, b)`: a b. */
export const mul: BinaryLast<"mul", Numeric> = /* @__PURE__ */ last(multiplicative.mul);
/** `P.div(b)(a)` is `div(a, b)`: a / b. */
export const div: BinaryLast<"div", Floating> = /* @__PURE__ */ last(quotient.div);
/** `P.pow(b)(a)` is `pow(a, b)`: aᵇ. */
export const pow: BinaryLast<"pow", Numeric> = /* @__PURE__ */ last(powers.pow);
/** `P.mod(b)(a)` is `mod(a, b)`: a - b ⌊a / b⌋. */
export const mod: BinaryLast<"mod", Numeric> = /* @__PURE__ */ last(rounding.mod);
/** `P.floorDivide(b)(a)` is `floorDivide(a, b)`: ⌊a / b⌋. */
export const floorDivide: BinaryLast<"floorDivide", Numeric> = /* @__PURE__ */ last(rounding.floorDivide);
/** `P.atan2(b)(a)` is `atan2(a, b)`: the angle of the point (b, a). */
export const atan2: BinaryLast<"atan2", Floating> = /* @__PURE__ */ last(powers.atan2);
/** `P.maximum(b)(a)` is `maximum(a, b)`: the larger of both. */
export const maximum: BinaryLast<"maximum", Numeric> = /* @__PURE__ */ last(extremum.maximum);
/** `P.minimum(b)(a)` is `minimum(a, b)`: the smaller of both. */
export const minimum: BinaryLast<"minimum", Numeric> = /* @__PURE__ */ last(extremum.minimum);
/** `P.hypot(b)(a)` is `hypot(a, b)`: √(a² + b²). */
export const hypot: BinaryLast<"hypot", Floating> = /* @__PURE__ */ last(powers.hypot);
/** `P.logAddExp(b)(a)` is `logAddExp(a, b)`: log(eᵃ + eᵇ). */
export const logAddExp: BinaryLast<"logAddExp", Floating> = /* @__PURE__ */ last(exponential.logAddExp);
/** `P.xlogy(b)(a)` is `xlogy(a, b)`: a log b. */
export const xlogy: BinaryLast<"xlogy", Floating> = /* @__PURE__ */ last(powers.xlogy);
/** `P.nextAfter(b)(a)` is `nextAfter(a, b)`: the number next to a towards b. */
export const nextAfter: BinaryLast<"nextAfter", Floating> = /* @__PURE__ */ last(rounding.nextAfter);
/** `P.copySign(b)(a)` is `copySign(a, b)`: |a| with the sign of b. */
export const copySign: BinaryLast<"copySign", Floating> = /* @__PURE__ */ last(rounding.copySign);
/** `P.equal(b)(a)` is `equal(a, b)`: a = b. */
export const equal: ComparisonLast<"equal"> = /* @__PURE__ */ last(comparison.equal);
/** `P.notEqual(b)(a)` is `notEqual(a, b)`: a ≠ b. */
export const notEqual: ComparisonLast<"notEqual"> = /* @__PURE__ */ last(comparison.notEqual);
/** `P.less(b)(a)` is `less(a, b)`: a < b. */
export const less: ComparisonLast<"less"> = /* @__PURE__ */ last(comparison.less);
/** `P.lessEqual(b)(a)` is `lessEqual(a, b)`: a ≤ b. */
export const lessEqual: ComparisonLast<"lessEqual"> = /* @__PURE__ */ last(comparison.lessEqual);
/** `P.greater(b)(a)` is `greater(a, b)`: a > b. */
export const greater: ComparisonLast<"greater"> = /* @__PURE__ */ last(comparison.greater);
/** `P.greaterEqual(b)(a)` is `greaterEqual(a, b)`: a ≥ b. */
export const greaterEqual: ComparisonLast<"greaterEqual"> = /* @__PURE__ */ last(comparison.greaterEqual);
/** `P.logicalAnd(b)(a)` is `logicalAnd(a, b)`: whether both are true. */
export const logicalAnd: ComparisonLast<"logicalAnd"> = /* @__PURE__ */ last(comparison.logicalAnd);
/** `P.logicalOr(b)(a)` is `logicalOr(a, b)`: whether at least one is true. */
export const logicalOr: ComparisonLast<"logicalOr"> = /* @__PURE__ */ last(comparison.logicalOr);
/** `P.logicalXor(b)(a)` is `logicalXor(a, b)`: whether exactly one is true. */
export const logicalXor: ComparisonLast<"logicalXor"> = /* @__PURE__ */ last(comparison.logicalXor);
/** `P.bitwiseAnd(b)(a)` is `bitwiseAnd(a, b)`: the bits that both have. */
export const bitwiseAnd: BinaryLast<"bitwiseAnd", Integer | "bool"> = /* @__PURE__ */ last(bits.bitwiseAnd);
/** `P.bitwiseOr(b)(a)` is `bitwiseOr(a, b)`: the bits that at least one has. */
export const bitwiseOr: BinaryLast<"bitwiseOr", Integer | "bool"> = /* @__PURE__ */ last(bits.bitwiseOr);
/** `P.bitwiseXor(b)(a)` is `bitwiseXor(a, b)`: the bits that exactly one has. */
export const bitwiseXor: BinaryLast<"bitwiseXor", Integer | "bool"> = /* @__PURE__ */ last(bits.bitwiseXor);
/** `P.shiftLeft(b)(a)` is `shiftLeft(a, b)`: the bits of a moved b places to the left. */
export const shiftLeft: BinaryLast<"shiftLeft", Integer> = /* @__PURE__ */ last(bits.shiftLeft);
/** `P.shiftRight(b)(a)` is `shiftRight(a, b)`: the bits of a moved b places to the right. */
export const shiftRight: BinaryLast<"shiftRight", Integer> = /* @__PURE__ */ last(bits.shiftRight);
/** `P.convert(dtype)(x)` is `convert(x, dtype)`: the same values in another dtype. */
export const convert: ConvertLast = /* @__PURE__ */ last(conversion.convert);
/** `P.bitcast(dtype)(x)` is `bitcast(x, dtype)`: the same bits read as another dtype. */
export const bitcast: ConvertLast = /* @__PURE__ */ last(conversion.bitcast);
/** `P.where(a, b)(condition)` is `where(condition, a, b)`: a where the condition holds, else b. */
export const where: ChoiceLast<"where"> = /* @__PURE__ */ last(selection.where);
/** `P.safeWhere(f, x, …)(condition)` is `safeWhere(condition, f, x, …)`: f(x) where the condition holds. */
export const safeWhere: SafeChoiceLast = /* @__PURE__ */ last(choice.safeWhere);
/** `P.select(choices, …)(conditions)` is `select(conditions, choices, …)`: the choice of the first that holds. */
export const select: SelectLast = /* @__PURE__ */ last(choice.select);
/** `P.clip({ min, max })(x)` is `clip(x, { min, max })`: elements kept between the bounds. */
export const clip: ClipLast = /* @__PURE__ */ last(choice.clip);
/** `P.nanToNum(options)(x)` is `nanToNum(x, options)`: NaN and the infinities replaced. */
export const nanToNum: NanToNumLast = /* @__PURE__ */ last(choice.nanToNum);
/** `P.isClose(b, options)(a)` is `isClose(a, b, options)`: |a - b| ≤ atol + rtol |b|. */
export const isClose: ClosenessLast = /* @__PURE__ */ last(choice.isClose);
