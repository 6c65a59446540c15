/** Elementwise operations as composed ones call them: on values, which have no shape and dtype in their types. */

import type { Untyped } from "../types/tensor.js";
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
import type { Value } from "../tensor/value.js";

type Operand = Value | number;
type One = (x: Value) => Value;
type Two = (a: Operand, b: Operand) => Value;
type Three = (condition: Value, a: Operand, b: Operand) => Value;

const onValues = (operation: Untyped): Untyped => operation;

export const abs: One = /* @__PURE__ */ onValues(rounding.abs);
export const ceil: One = /* @__PURE__ */ onValues(rounding.ceil);
export const exp: One = /* @__PURE__ */ onValues(exponential.exp);
export const floor: One = /* @__PURE__ */ onValues(rounding.floor);
export const isFinite: One = /* @__PURE__ */ onValues(comparison.isFinite);
export const isNaN: One = /* @__PURE__ */ onValues(comparison.isNaN);
export const log: One = /* @__PURE__ */ onValues(exponential.log);
export const logicalNot: One = /* @__PURE__ */ onValues(comparison.logicalNot);
export const sqrt: One = /* @__PURE__ */ onValues(powers.sqrt);
export const square: One = /* @__PURE__ */ onValues(quotient.square);
export const stopGradient: One = /* @__PURE__ */ onValues(conversion.stopGradient);

export const add: Two = /* @__PURE__ */ onValues(additive.add);
export const bitwiseAnd: Two = /* @__PURE__ */ onValues(bits.bitwiseAnd);
export const bitwiseOr: Two = /* @__PURE__ */ onValues(bits.bitwiseOr);
export const div: Two = /* @__PURE__ */ onValues(quotient.div);
export const equal: Two = /* @__PURE__ */ onValues(comparison.equal);
export const lessEqual: Two = /* @__PURE__ */ onValues(comparison.lessEqual);
export const maximum: Two = /* @__PURE__ */ onValues(extremum.maximum);
export const minimum: Two = /* @__PURE__ */ onValues(extremum.minimum);
export const mul: Two = /* @__PURE__ */ onValues(multiplicative.mul);
export const sub: Two = /* @__PURE__ */ onValues(additive.sub);

export const where: Three = /* @__PURE__ */ onValues(selection.where);
