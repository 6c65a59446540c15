/** Identities of what moves elements and changes their dtype: views of views are one view. */

import { convertPrimitive, convertTo } from "../../primitives/convert.js";
import { fill } from "../../primitives/define.js";
import { permute, permutePrimitive, reshape, reshapePrimitive } from "../../primitives/reshape.js";
import { padPrimitive, slicePrimitive } from "../../primitives/slice-pad.js";
import { broadcast, broadcastPrimitive } from "../../primitives/sum-broadcast.js";
import { concatenatePrimitive } from "../../primitives/concatenate-flip.js";
import { ArrayTensor } from "../../tensor/array-tensor.js";
import { sameShape } from "../../tensor/shape.js";
import type { DType, Shape } from "../../types/tensor.js";
import { identity, type Identity } from "../rewrite.js";
import { splatOf } from "./splat.js";

/** Where a value of dtype `from` becomes `by` and then `to`, whether going straight to `to` gives the same. */
const losesNothing = (from: DType, by: DType, to: DType): boolean =>
  from === "bool" ||
  (from === "float32" && by === "float64") ||
  // A float64 holds every integer, but an unsigned one takes negative floats for 0, and a signed one ends at 2³¹.
  ((from === "int32" || from === "uint32") &&
    by === "float64" &&
    (to === from || to === "float32" || to === "bool")) ||
  // Integers keep their bits among themselves.
  ((from === "int32" || from === "uint32") && (by === "int32" || by === "uint32") && to === from);

/** For each axis of a shape that is not 1, the axis of another that holds the same lengths in the same order, if that is so. */
const sameBesideOnes = (from: Shape, to: Shape): readonly number[] | undefined => {
  if (from.includes(1)) return undefined;
  const axes = to.flatMap((length, axis) => (length === 1 ? [] : [axis]));
  return axes.length === from.length && axes.every((axis, index) => to[axis] === from[index])
    ? axes
    : undefined;
};

export const layout = (): readonly Identity[] => [
  identity(reshapePrimitive, ([x], { shape }, around) => {
    if (x === undefined || sameShape(x.shape, shape)) return x;
    const element = x instanceof ArrayTensor ? splatOf(x) : undefined;
    if (element !== undefined) return fill(element, { shape, dtype: x.dtype });
    const [inner] = around.givenBy(reshapePrimitive, x)?.inputs ?? [];
    if (inner !== undefined) return reshape(inner, shape);
    const [repeated] = around.givenBy(broadcastPrimitive, x)?.inputs ?? [];
    return repeated?.shape.length === 0 ? broadcast(repeated, shape, []) : undefined;
  }),
  identity(permutePrimitive, ([x], { permutation }, around) => {
    if (x === undefined || permutation.every((axis, index) => axis === index)) return x;
    const inner = around.givenBy(permutePrimitive, x);
    const [before] = inner?.inputs ?? [];
    if (inner !== undefined && before !== undefined) {
      return permute(
        before,
        permutation.map((axis) => inner.params.permutation[axis] ?? axis),
      );
    }
    const repeated = around.givenBy(broadcastPrimitive, x);
    const [source] = repeated?.inputs ?? [];
    if (repeated === undefined || source === undefined) return undefined;
    const { shape, axes } = repeated.params;
    const moved = axes.map((axis) => permutation.indexOf(axis));
    return moved.every((axis, index) => index === 0 || axis > (moved[index - 1] ?? -1))
      ? broadcast(
          source,
          permutation.map((axis) => shape[axis] ?? 1),
          moved,
        )
      : undefined;
  }),
  identity(broadcastPrimitive, ([x], { shape, axes }, around) => {
    if (x === undefined || sameShape(x.shape, shape)) return x;
    const inner = around.givenBy(broadcastPrimitive, x);
    const [source] = inner?.inputs ?? [];
    if (inner !== undefined && source !== undefined) {
      return broadcast(
        source,
        shape,
        inner.params.axes.map((axis) => axes[axis] ?? axis),
      );
    }
    const [reshaped] = around.givenBy(reshapePrimitive, x)?.inputs ?? [];
    const kept = reshaped === undefined ? undefined : sameBesideOnes(reshaped.shape, x.shape);
    return reshaped === undefined || kept === undefined
      ? undefined
      : broadcast(
          reshaped,
          shape,
          kept.map((axis) => axes[axis] ?? axis),
        );
  }),
  identity(slicePrimitive, ([x], { starts, stops, steps }) =>
    steps.every((step) => step === 1) &&
    starts.every((start, axis) => start === 0 && stops[axis] === x?.shape[axis])
      ? x
      : undefined,
  ),
  identity(padPrimitive, ([x], { padding }) =>
    padding.every(({ low, high, interior }) => low === 0 && high === 0 && interior === 0) ? x : undefined,
  ),
  identity(concatenatePrimitive, (operands) => (operands.length === 1 ? operands[0] : undefined)),
  identity(convertPrimitive, ([x], { dtype }, around) => {
    if (x === undefined || x.dtype === dtype) return x;
    const [inner] = around.givenBy(convertPrimitive, x)?.inputs ?? [];
    return inner !== undefined && losesNothing(inner.dtype, x.dtype, dtype)
      ? convertTo(inner, dtype)
      : undefined;
  }),
];
