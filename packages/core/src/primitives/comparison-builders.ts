/** The builders of comparisons and predicates: elementwise primitives whose results are bools, which have no tangent. */

import type { DType, Untyped } from "../types/tensor.js";
import { mapBinary, mapUnary } from "../kernels/elementwise.js";
import { binaryLoop, unaryLoop, type BinaryKernel, type UnaryKernel } from "../kernels/loops.js";
import { elementByElement, type Element, type Emit } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import { anyDType, type Domain, type Samples } from "../program/samples.js";
import { discrete } from "./define.js";
import {
  allDTypes,
  binaryOperation,
  elementwiseBatch,
  elementwiseSamples,
  elementwiseShape,
  unaryOperation,
  type NoParams,
} from "./elementwise-rules.js";

const ties: readonly Domain[] = [{ min: -2, max: 2, whole: true, points: [0, 1] }];

type Lower = <E extends Element>(emit: Emit<E>, operands: readonly [E, E, E]) => E;

/** The public form of a comparison of two operands of any dtype: its kernel gives 0 or 1. */
export const comparison = (name: string, kernel: BinaryKernel, lower: Lower): Untyped => {
  const loop = binaryLoop(kernel);
  const self: Primitive<NoParams> = discrete({
    name,
    shape: elementwiseShape(name, allDTypes, "bool"),
    evaluate: ([a, b]) => mapBinary(loop, a, b, "bool"),
    batch: elementwiseBatch(() => self),
    lower: elementByElement(lower),
    get samples() {
      return elementwiseSamples(ties, anyDType, 2);
    },
  });
  return binaryOperation(self);
};

/** The public form of a predicate of one operand of some dtypes, drawn for its laws as `dtypes` says. */
export const predicate = (
  name: string,
  kernel: UnaryKernel,
  accepts: readonly DType[],
  dtypes: Samples<NoParams>["dtypes"],
  lower: Lower,
): Untyped => {
  const loop = unaryLoop(kernel);
  const self: Primitive<NoParams> = discrete({
    name,
    shape: elementwiseShape(name, accepts, "bool"),
    evaluate: ([x]) => mapUnary(loop, x, "bool"),
    batch: elementwiseBatch(() => self),
    lower: elementByElement(lower),
    get samples() {
      return elementwiseSamples([{ min: -2, max: 2, points: [0, NaN, Infinity, -Infinity] }], dtypes, 1);
    },
  });
  return unaryOperation(self);
};
