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
    get samples() {
      return elementwiseSamples(domains, accepts === bitDTypes ? bits : integers, 2);
    },
  });
  return binaryOperation(self);
};

/**
 * The bits that both have; on bools, logical and.
 *
 * In: one integer dtype or bool, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are floating.
 * @example
 * ```ts
 * import { bitwiseAnd, tensor, toArray } from "@cotangent/core";
 *
 * toArray(bitwiseAnd(tensor([6, 5], { dtype: "int32" }), 3)); // [2, 1]
 * ```
 */
export const bitwiseAnd: Binary<"bitwiseAnd", Integer | "bool"> = /* @__PURE__ */ bitwise(
  "bitwiseAnd",
  (a, b) => a & b,
  (emit, [a, b]) => emit.and(a, b),
);

/**
 * The bits that at least one has; on bools, logical or.
 *
 * In: one integer dtype or bool, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are floating.
 * @example
 * ```ts
 * import { bitwiseOr, tensor, toArray } from "@cotangent/core";
 *
 * toArray(bitwiseOr(tensor([6, 5], { dtype: "int32" }), 3)); // [7, 7]
 * ```
 */
export const bitwiseOr: Binary<"bitwiseOr", Integer | "bool"> = /* @__PURE__ */ bitwise(
  "bitwiseOr",
  (a, b) => a | b,
  (emit, [a, b]) => emit.or(a, b),
);

/**
 * The bits that exactly one has; on bools, exclusive or.
 *
 * In: one integer dtype or bool, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are floating.
 * @example
 * ```ts
 * import { bitwiseXor, tensor, toArray } from "@cotangent/core";
 *
 * toArray(bitwiseXor(tensor([6, 5], { dtype: "int32" }), 3)); // [5, 6]
 * ```
 */
export const bitwiseXor: Binary<"bitwiseXor", Integer | "bool"> = /* @__PURE__ */ bitwise(
  "bitwiseXor",
  (a, b) => a ^ b,
  (emit, [a, b]) => emit.xor(a, b),
);

const counts: readonly Domain[] = [words, { min: 0, max: 33, whole: true, points: [0, 31, 32] }];

const leftBy = (a: number, n: number): number => (n < 0 || n > 31 ? 0 : a << n);
const rightBy = (a: number, n: number): number =>
  n < 0 || n > 31 ? (a < 0 ? -1 : 0) : a < 0 ? a >> n : a >>> n;

/**
 * The bits of a moved b places to the left, zeros behind them: a 2ᵇ modulo 2³²; 0 where b is not from 0 to 31.
 *
 * In: one integer dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not integers.
 * @example
 * ```ts
 * import { shiftLeft, tensor, toArray } from "@cotangent/core";
 *
 * toArray(shiftLeft(tensor([1, 3], { dtype: "int32" }), 4)); // [16, 48]
 * ```
 */
export const shiftLeft: Binary<"shiftLeft", Integer> = /* @__PURE__ */ bitwise(
  "shiftLeft",
  leftBy,
  (emit, [a, n]) => emit.shiftLeft(a, n),
  integerDTypes,
  counts,
);

/**
 * The bits of a moved b places to the right, ⌊a / 2ᵇ⌋: the sign fills an int32, zeros a uint32. Where b is not from 0 to
 * 31 only the filling is left: 0, or -1 of a negative a.
 *
 * In: one integer dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are not integers.
 * @example
 * ```ts
 * import { shiftRight, tensor, toArray } from "@cotangent/core";
 *
 * toArray(shiftRight(tensor([16, -8], { dtype: "int32" }), 2)); // [4, -2]
 * ```
 */
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
  get samples() {
    return elementwiseSamples([words], bits, 1);
  },
});

/**
 * Every bit turned, -x - 1 of an int32; on bools, logical not.
 *
 * In and out: one shape, one integer dtype or bool.
 *
 * @throws TensorError when the dtype is floating.
 * @example
 * ```ts
 * import { bitwiseNot, tensor, toArray } from "@cotangent/core";
 *
 * toArray(bitwiseNot(tensor([0, 5], { dtype: "int32" }))); // [-1, -6]
 * ```
 */
export const bitwiseNot: Unary<Integer | "bool"> = /* @__PURE__ */ unaryOperation(notPrimitive);
