/** What every elementwise primitive shares: its shape rule, its vmap rule, and how its public form prepares operands. */

import type { Either } from "fp-ts/lib/Either.js";
import { left, right, unwrap } from "../errors/either.js";
import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { Primitive } from "../program/primitive.js";
import type { Domain, Samples } from "../program/samples.js";
import { elementwiseShapes } from "../program/samples.js";
import { broadcastShapes, sameShape, showAval, type Aval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { asValue, checkSameDType, weakNumber } from "../trace/operands.js";
import type { DType, Shape, Untyped } from "../types/tensor.js";
import { apply, fill, operation } from "./define.js";
import { batchFront, broadcastLast } from "./sum-broadcast.js";

/** Elementwise primitives have no parameters. */
export type NoParams = Readonly<Record<string, never>>;
/** The one value of `NoParams`. */
export const noParams: NoParams = {};

/** The dtypes that have derivatives. */
export const floatingDTypes: readonly DType[] = ["float32", "float64"];
/** The dtypes that have arithmetic. */
export const numericDTypes: readonly DType[] = ["float32", "float64", "int32", "uint32"];
/** The dtypes of whole numbers of 32 bits. */
export const integerDTypes: readonly DType[] = ["int32", "uint32"];
/** Every dtype. */
export const allDTypes: readonly DType[] = [...numericDTypes, "bool"];

/** All operands have one shape and one dtype, which the result has too (or its own dtype). */
export const elementwiseShape = /* @__NO_SIDE_EFFECTS__ */ (
    name: string,
    accepts: readonly DType[],
    gives?: DType,
  ) =>
  (inputs: readonly Aval[]): Either<TensorError, Aval> => {
    const first = inputs[0] as Aval; // an elementwise primitive has an operand
    for (let index = 1; index < inputs.length; index++) {
      const other = inputs[index] as Aval;
      if (other.dtype !== first.dtype || !sameShape(other.shape, first.shape))
        return left(unequalOperands(name, inputs));
    }
    if (!accepts.includes(first.dtype)) {
      return left(
        tensorError({
          kind: "UnsupportedDType",
          operation: name,
          problem: `dtype ${first.dtype} is not supported`,
          found: [
            ["expected", accepts.join(", ")],
            ["got", first.dtype],
          ],
          fix: `convert the operand first: convert(x, "${accepts[0] ?? "float32"}")`,
        }),
      );
    }
    return right(gives === undefined || gives === first.dtype ? first : { shape: first.shape, dtype: gives });
  };

/** The error of operands of a primitive that were not broadcast, or converted, to one another. */
export const unequalOperands = (name: string, inputs: readonly Aval[]): TensorError =>
  tensorError({
    kind: "ShapeMismatch",
    operation: name,
    problem: "the operands of a primitive must have one shape and one dtype",
    found: inputs.map((input, index) => [`operand ${index}`, showAval(input)] as const),
    fix: "use the public operation, which broadcasts",
  });

/** Operands without the batch axis are repeated along it. */
export const elementwiseBatch = /* @__NO_SIDE_EFFECTS__ */ (self: () => Primitive<NoParams>) =>
  (operands: readonly Value[], batched: readonly boolean[], size: number): Value =>
    apply(
      self(),
      operands.map((operand, index) => batchFront(operand, batched[index] === true, size)),
      noParams,
    );

/** Samples over the usual shapes; vectors of each further domain. */
export const elementwiseSamples = (
  operands: readonly Domain[],
  dtypes: Samples<NoParams>["dtypes"],
  arity: number,
  elsewhere: readonly (readonly Domain[])[] = [],
): Samples<NoParams> => {
  const shapesOf = (shape: Shape): readonly Shape[] => Array.from({ length: arity }, () => shape);
  return {
    operands,
    dtypes,
    cases: [
      ...elementwiseShapes.map((shape) => ({ shapes: shapesOf(shape), params: noParams })),
      ...elsewhere.map((domains) => ({ shapes: shapesOf([3]), params: noParams, operands: domains })),
    ],
  };
};

/** Two operands of one dtype, broadcast to one shape. */
export const broadcastPair = (name: string, a: unknown, b: unknown): readonly [Value, Value] => {
  const x =
    typeof a === "number" && b instanceof Value ? fill(weakNumber(name, a, b.dtype), b) : asValue(name, a);
  const y =
    typeof b === "number" && a instanceof Value ? fill(weakNumber(name, b, a.dtype), a) : asValue(name, b);
  if (x.dtype !== y.dtype) checkSameDType(name, x.dtype, y.dtype);
  if (sameShape(x.shape, y.shape)) return [x, y];
  const shape = unwrap(broadcastShapes(name, x.shape, y.shape));
  return [broadcastLast(x, shape), broadcastLast(y, shape)];
};

/** The public form of a primitive of one operand. Its declaration at the export states the type. */
export const unaryOperation = (applied: Primitive<NoParams>): Untyped =>
  operation(applied, (x: unknown): Value => apply(applied, [asValue(applied.name, x)], noParams));

/** The public form of a primitive of two operands: a number is weak, shapes broadcast. */
export const binaryOperation = (applied: Primitive<NoParams>): Untyped =>
  operation(applied, (a: unknown, b: unknown): Value =>
    apply(applied, broadcastPair(applied.name, a, b), noParams),
  );
