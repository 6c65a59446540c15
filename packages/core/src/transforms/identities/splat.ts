/** Constants whose elements are all alike, and which values are never -0. */

import { abs } from "../../primitives/rounding.js";
import { addPrimitive } from "../../primitives/additive.js";
import { contractPrimitive } from "../../primitives/contract.js";
import { convertPrimitive } from "../../primitives/convert.js";
import { fill } from "../../primitives/define.js";
import { noParams } from "../../primitives/elementwise-rules.js";
import { exp } from "../../primitives/exponential.js";
import { square } from "../../primitives/quotient.js";
import { permutePrimitive, reshapePrimitive } from "../../primitives/reshape.js";
import { slicePrimitive } from "../../primitives/slice-pad.js";
import { broadcastPrimitive, sumPrimitive } from "../../primitives/sum-broadcast.js";
import type { Primitive } from "../../program/primitive.js";
import { ArrayTensor, elementReader } from "../../tensor/array-tensor.js";
import { isFloating } from "../../tensor/dtype.js";
import { sameShape, sizeOfShape } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import type { GeneralIdentity, Surroundings } from "../rewrite.js";

/** Constants up to this size are read to see whether their elements are alike. */
const readElements = 16;

/** The element of a constant whose elements are all alike, bit for bit. */
export const splatOf = (value: Value | undefined): number | undefined => {
  if (!(value instanceof ArrayTensor)) return undefined;
  const size = sizeOfShape(value.shape);
  const repeated = isRepeated(value);
  if (size === 0 || (!repeated && size > readElements)) return undefined;
  const at = elementReader(value);
  const first = at(0);
  if (repeated) return first;
  for (let place = 1; place < size; place++) if (!Object.is(at(place), first)) return undefined;
  return first;
};

/** Stored as one element. */
const isRepeated = ({ shape, strides }: ArrayTensor): boolean =>
  strides.every((stride, axis) => stride === 0 || shape[axis] === 1);

export const isSplat = (value: Value | undefined, element: number): boolean =>
  Object.is(splatOf(value), element);

/** An elementwise primitive of constants that are each stored as one element is computed once. Those have no params, but for `convert`. */
export const elementwiseOfSplats: GeneralIdentity = (primitive, inputs, params) => {
  const [first] = inputs;
  if (
    (params !== noParams && primitive !== convertPrimitive) ||
    first === undefined ||
    first.shape.length === 0
  )
    return undefined;
  const scalars: ArrayTensor[] = [];
  for (const input of inputs) {
    const element =
      input instanceof ArrayTensor && isRepeated(input) && sameShape(input.shape, first.shape)
        ? splatOf(input)
        : undefined;
    if (element === undefined) return undefined;
    scalars.push(fill(element, { shape: [], dtype: input.dtype }));
  }
  const avals = primitive.shape(scalars, params);
  if (avals._tag === "Left") return undefined;
  const [result] = primitive.evaluate(scalars, params, avals.right);
  return result === undefined
    ? undefined
    : fill(elementReader(result)(0), { shape: first.shape, dtype: result.dtype });
};

/** The record that an operation applies. */
export const primitiveOf = (operation: object): Primitive | undefined =>
  "primitive" in operation ? (operation.primitive as Primitive) : undefined; // what `operation` attached

const positive: ReadonlySet<Primitive | undefined> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ [exp, square, abs].map(primitiveOf),
);
/** Sums that begin with +0. */
const totals: ReadonlySet<Primitive> = /* @__PURE__ */ new Set([
  sumPrimitive,
  contractPrimitive,
] as Primitive[]);
const moving: ReadonlySet<Primitive> = /* @__PURE__ */ new Set([
  reshapePrimitive,
  permutePrimitive,
  broadcastPrimitive,
  slicePrimitive,
] as Primitive[]);

/** How far back to look. */
const mostSteps = 8;

/** Whether no element can be -0: then adding +0 changes nothing. */
export const isNeverNegativeZero = (
  value: Value | undefined,
  around: Surroundings,
  steps = mostSteps,
): boolean => {
  if (value === undefined || steps === 0) return false;
  if (!isFloating(value.dtype)) return true;
  if (value instanceof ArrayTensor) {
    const element = splatOf(value);
    return element !== undefined && !Object.is(element, -0);
  }
  const giver = around.giverOf(value);
  if (giver === undefined) return false;
  if (positive.has(giver) || totals.has(giver)) return true;
  const again = (inner: Value | undefined): boolean => isNeverNegativeZero(inner, around, steps - 1);
  const { inputs = [] } = around.givenBy(giver, value) ?? {};
  // The sum of -0 and -0 alone is -0.
  if (giver === addPrimitive) return again(inputs[0]) || again(inputs[1]);
  if (giver === convertPrimitive) return !isFloating(inputs[0]?.dtype ?? "float32");
  return moving.has(giver) && again(inputs[0]);
};
