/** Choice by a condition: linear in the two branches together. */

import type { Choice } from "../types/elementwise.js";
import type { Untyped } from "../types/tensor.js";
import { left, right, unwrap } from "../errors/either.js";
import { mapSelect } from "../kernels/elementwise.js";
import { elementByElement } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { elementwiseShapes, type Samples } from "../program/samples.js";
import { zero } from "../program/symbolic-zero.js";
import { broadcastShapes, sameShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, checkDType } from "../trace/operands.js";
import { apply, fill, linear, operation } from "./define.js";
import { broadcastPair, noParams, unequalOperands, type NoParams } from "./elementwise-rules.js";
import { batchFront, broadcastLast } from "./sum-broadcast.js";

const selectPrimitive: Primitive<NoParams> = /* @__PURE__ */ linear({
  name: "select",
  linearIn: [false, true, true],
  shape: ([condition, a, b]) =>
    condition.dtype === "bool" &&
    a.dtype === b.dtype &&
    sameShape(condition.shape, a.shape) &&
    sameShape(a.shape, b.shape)
      ? right(a)
      : left(unequalOperands("where", [condition, a, b])),
  evaluate: ([condition, a, b]) => mapSelect(condition, a, b),
  transpose: (cotangent, [condition], of) => [
    zero,
    of[1] ? choose(condition, cotangent, fill(0, cotangent)) : zero,
    of[2] ? choose(condition, fill(0, cotangent), cotangent) : zero,
  ],
  batch: (operands, batched, size) =>
    apply(
      selectPrimitive,
      operands.map((operand, index) => batchFront(operand, batched[index] === true, size)),
      noParams,
    ),
  lower: elementByElement((emit, [condition, a, b]) => emit.select(condition, a, b)),
  get samples(): Samples<NoParams> {
    return {
      operands: [
        { min: 0, max: 1, whole: true },
        { min: -3, max: 3 },
      ],
      dtypes: [
        ["bool", "float32"],
        ["bool", "float64"],
        ["bool", "int32"],
        ["bool", "uint32"],
        ["bool", "bool"],
      ],
      cases: elementwiseShapes.map((shape) => ({ shapes: [shape, shape, shape], params: noParams })),
    };
  },
});

/** `condition ? a : b` of three values of one shape, for rules. */
export const choose = (condition: Value, a: Value, b: Value): Value =>
  apply(selectPrimitive, [condition, a, b], noParams);

const whereOperation: Untyped = /* @__PURE__ */ operation(
  selectPrimitive,
  (condition: unknown, a: unknown, b: unknown): Value => {
    const test = asTensor("where", condition);
    checkDType("where", test.dtype, ["bool"]);
    const [x, y] = broadcastPair("where", a, b);
    const shape = unwrap(broadcastShapes("where", test.shape, x.shape));
    return choose(broadcastLast(test, shape), broadcastLast(x, shape), broadcastLast(y, shape));
  },
);

/**
 * `condition ? a : b`, element by element, with broadcasting of all three.
 *
 * Both branches are computed; a NaN or infinite derivative of the branch not taken leaks into the gradient
 * (0 · ∞ = NaN), which `safeWhere` prevents.
 *
 * In: a bool and two operands of one dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when the condition is not bool, or shapes or dtypes do not fit.
 * @see `numpy.where`.
 * @example
 * ```ts
 * import { greater, tensor, toArray, where } from "@cotangent/core";
 *
 * const x = tensor([-1, 2]);
 * toArray(where(greater(x, 0), x, 0)); // [0, 2]
 * ```
 */
export const where: Choice<"where"> = whereOperation;
