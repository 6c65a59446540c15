/** Bits of integers, and logic of bools: no tangents. */

import type { Binary, Unary } from "../types/elementwise.js";
import type { DType, Integer, Untyped } from "../types/tensor.js";
import { mapBinary, mapUnary } from "../kernels/elementwise.js";
import { binaryLoop, unaryLoop, type BinaryKernel } from "../kernels/loops.js";
import { elementByElement, type Element, type Emit } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { integers, type Domain, type Samples } from "../program/samples.js";
import { discrete } from "./define.js";
import {
  binaryOperation,
  elementwiseBatch,
  elementwiseSamples,
  elementwiseShape,
  integerDTypes,
  unaryOperation,
  type NoParams,
} from "./elementwise-rules.js";

const bitDTypes: readonly DType[] = [...integerDTypes, "bool"];
const bits: Samples<NoParams>["dtypes"] = [...integers, ["bool"]];
const words: Domain = { min: 0, max: 2 ** 31 - 1, whole: true, points: [0, 1] };

type Lower = <E extends Element>(emit: Emit<E>, operands: readonly [E, E, E]) => E;

const bitwise = (
  name: string,
  kernel: BinaryKernel,
  lower: Lower,
  accepts = bitDTypes,
  domains: readonly Domain[] = [words],
): Untyped => {
  const loop = binaryLoop(kernel);
  const self: Primitive<NoParams> = discrete({
    name,
    shape: elementwiseShape(name, accepts),
    evaluate: ([a, b]) => mapBinary(loop, a, b, a.dtype),
    batch: elementwiseBatch(() => self),
    lower: elementByElement(lower),
    samples: elementwiseSamples(domains, accepts === bitDTypes ? bits : integers, 2),
  });
  return binaryOperation(self);
};

/** Bits that both have; on bools, logical and. */
export const bitwiseAnd: Binary<"bitwiseAnd", Integer | "bool"> = /* @__PURE__ */ bitwise(
  "bitwiseAnd",
  (a, b) => a & b,
  (emit, [a, b]) => emit.and(a, b),
);
/** Bits that either has; on bools, logical or. */
export const bitwiseOr: Binary<"bitwiseOr", Integer | "bool"> = /* @__PURE__ */ bitwise(
  "bitwiseOr",
  (a, b) => a | b,
  (emit, [a, b]) => emit.or(a, b),
);
/** Bits that exactly one has; on bools, exclusive or. */
export const bitwiseXor: Binary<"bitwiseXor", Integer | "bool"> = /* @__PURE__ */ bitwise(
  "bitwiseXor",
  (a, b) => a ^ b,
  (emit, [a, b]) => emit.xor(a, b),
);

const counts: readonly Domain[] = [words, { min: 0, max: 33, whole: true, points: [0, 31, 32] }];

const leftBy = (a: number, n: number): number => (n < 0 || n > 31 ? 0 : a << n);
const rightBy = (a: number, n: number): number =>
  n < 0 || n > 31 ? (a < 0 ? -1 : 0) : a < 0 ? a >> n : a >>> n;

/** Bits moved to the left; a count of 32 or more gives 0. */
export const shiftLeft: Binary<"shiftLeft", Integer> = /* @__PURE__ */ bitwise(
  "shiftLeft",
  leftBy,
  (emit, [a, n]) => emit.shiftLeft(a, n),
  integerDTypes,
  counts,
);
/** Bits moved to the right: arithmetic on int32 (the sign fills), logical on uint32. */
export const shiftRight: Binary<"shiftRight", Integer> = /* @__PURE__ */ bitwise(
  "shiftRight",
  rightBy,
  (emit, [a, n]) => emit.shiftRight(a, n),
  integerDTypes,
  counts,
);

const flipBool = /* @__PURE__ */ unaryLoop((bit) => 1 - bit);
const flipWord = /* @__PURE__ */ unaryLoop((word) => ~word);

const notPrimitive: Primitive<NoParams> = /* @__PURE__ */ discrete({
  name: "bitwiseNot",
  shape: elementwiseShape("bitwiseNot", bitDTypes),
  evaluate: ([x]) => mapUnary(x.dtype === "bool" ? flipBool : flipWord, x, x.dtype),
  batch: elementwiseBatch(() => notPrimitive),
  lower: elementByElement((emit, [x]) => emit.not(x)),
  samples: elementwiseSamples([words], bits, 1),
});

/** Every bit the other one; on bools, logical not. */
export const bitwiseNot: Unary<Integer | "bool"> = /* @__PURE__ */ unaryOperation(notPrimitive);
