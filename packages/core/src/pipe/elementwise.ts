/** Operations of two operands and choices, data last. */

import type {
  BinaryLast,
  ChoiceLast,
  ClipLast,
  ComparisonLast,
  ConvertLast,
} from "../types/elementwise.js";
import type { ClosenessLast, NanToNumLast } from "../types/choose.js";
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

export const add: BinaryLast<"add", Numeric> = /* @__PURE__ */ last(additive.add);
export const sub: BinaryLast<"sub", Numeric> = /* @__PURE__ */ last(additive.sub);
export const mul: BinaryLast<"mul", Numeric> = /* @__PURE__ */ last(multiplicative.mul);
export const div: BinaryLast<"div", Floating> = /* @__PURE__ */ last(quotient.div);
export const pow: BinaryLast<"pow", Numeric> = /* @__PURE__ */ last(powers.pow);
export const mod: BinaryLast<"mod", Numeric> = /* @__PURE__ */ last(rounding.mod);
export const floorDivide: BinaryLast<"floorDivide", Numeric> = /* @__PURE__ */ last(rounding.floorDivide);
export const atan2: BinaryLast<"atan2", Floating> = /* @__PURE__ */ last(powers.atan2);
export const maximum: BinaryLast<"maximum", Numeric> = /* @__PURE__ */ last(extremum.maximum);
export const minimum: BinaryLast<"minimum", Numeric> = /* @__PURE__ */ last(extremum.minimum);
export const hypot: BinaryLast<"hypot", Floating> = /* @__PURE__ */ last(powers.hypot);
export const logAddExp: BinaryLast<"logAddExp", Floating> = /* @__PURE__ */ last(exponential.logAddExp);
export const xlogy: BinaryLast<"xlogy", Floating> = /* @__PURE__ */ last(powers.xlogy);
export const nextAfter: BinaryLast<"nextAfter", Floating> = /* @__PURE__ */ last(rounding.nextAfter);
export const copySign: BinaryLast<"copySign", Floating> = /* @__PURE__ */ last(rounding.copySign);
export const equal: ComparisonLast<"equal"> = /* @__PURE__ */ last(comparison.equal);
export const notEqual: ComparisonLast<"notEqual"> = /* @__PURE__ */ last(comparison.notEqual);
export const less: ComparisonLast<"less"> = /* @__PURE__ */ last(comparison.less);
export const lessEqual: ComparisonLast<"lessEqual"> = /* @__PURE__ */ last(comparison.lessEqual);
export const greater: ComparisonLast<"greater"> = /* @__PURE__ */ last(comparison.greater);
export const greaterEqual: ComparisonLast<"greaterEqual"> = /* @__PURE__ */ last(comparison.greaterEqual);
export const logicalAnd: ComparisonLast<"logicalAnd"> = /* @__PURE__ */ last(comparison.logicalAnd);
export const logicalOr: ComparisonLast<"logicalOr"> = /* @__PURE__ */ last(comparison.logicalOr);
export const logicalXor: ComparisonLast<"logicalXor"> = /* @__PURE__ */ last(comparison.logicalXor);
export const bitwiseAnd: BinaryLast<"bitwiseAnd", Integer | "bool"> = /* @__PURE__ */ last(bits.bitwiseAnd);
export const bitwiseOr: BinaryLast<"bitwiseOr", Integer | "bool"> = /* @__PURE__ */ last(bits.bitwiseOr);
export const bitwiseXor: BinaryLast<"bitwiseXor", Integer | "bool"> = /* @__PURE__ */ last(bits.bitwiseXor);
export const shiftLeft: BinaryLast<"shiftLeft", Integer> = /* @__PURE__ */ last(bits.shiftLeft);
export const shiftRight: BinaryLast<"shiftRight", Integer> = /* @__PURE__ */ last(bits.shiftRight);
export const convert: ConvertLast = /* @__PURE__ */ last(conversion.convert);
export const bitcast: ConvertLast = /* @__PURE__ */ last(conversion.bitcast);
export const where: ChoiceLast<"where"> = /* @__PURE__ */ last(selection.where);
export const clip: ClipLast = /* @__PURE__ */ last(choice.clip);
export const nanToNum: NanToNumLast = /* @__PURE__ */ last(choice.nanToNum);
export const isClose: ClosenessLast = /* @__PURE__ */ last(choice.isClose);
