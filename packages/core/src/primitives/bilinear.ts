/** The builder of primitives that are linear in each of two operands: d f(x, y) = f(dx, y) + f(x, dy). */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { Primitive } from "../program/primitive.js";
import { isZero, zero } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { addTangents } from "./additive.js";
import { apply, withDerivatives, type PrimitiveRecord } from "./define.js";

/** What a bilinear primitive says of itself: its adjoints in each operand, from which both rules of derivatives follow. */
export interface BilinearRecord<P> extends Omit<PrimitiveRecord<P>, "jvp" | "transpose"> {
  /** The adjoint in x of `x ↦ f(x, y)`. */
  transposeLeft(cotangent: Value, x: Value, y: Value, params: P): Value;
  /** The adjoint in y of `y ↦ f(x, y)`. */
  transposeRight(cotangent: Value, x: Value, y: Value, params: P): Value;
}

/** The error of a function that is transposed and not linear. */
export const notLinear = (operation: string, problem: string): TensorError =>
  tensorError({
    kind: "NotDifferentiable",
    operation,
    problem: `cannot be transposed: ${problem}`,
    fix: "transpose functions that are linear in the arguments; for others use vjp",
  });

/** The record of a bilinear primitive. It is transposed in one operand at a time: linear in both together it is not. */
export const bilinear = <P>(record: BilinearRecord<P>): Primitive<P> => {
  const self: Primitive<P> = withDerivatives(
    record,
    ([x, y], [dx, dy], params) => [
      apply(self, [x, y], params),
      addTangents(
        isZero(dx) ? zero : apply(self, [dx, y], params),
        isZero(dy) ? zero : apply(self, [x, dy], params),
      ),
    ],
    (cotangent, [x, y], of, params) => {
      if (of[0] && of[1])
        throw notLinear(record.name, "both operands depend on the arguments that are transposed");
      return of[0]
        ? [record.transposeLeft(cotangent, x, y, params), zero]
        : [zero, record.transposeRight(cotangent, x, y, params)];
    },
  );
  return self;
};
