/** How a layer changes a shape, at the level of types: a function from `input` to `output`. */

import type { DType, Shape, Tensor, Unranked, Untyped } from "@cotangent/core";

/**
 * A function from shapes to shapes. An interface that extends it declares `output` in terms of `this["input"]`: a shape,
 * or a sentence that says why the input does not fit. The input is a shape with a known number of axes.
 */
export interface ShapeMap {
  readonly input: unknown;
  readonly output: unknown;
}

/** What a shape map makes of a shape. */
export type MapShape<M extends ShapeMap, S extends Shape> = (M & { readonly input: S })["output"];

/** What a layer with the shape map `M` gives for a tensor, or the sentence. */
export type Applied<M extends ShapeMap, S extends Shape, D extends DType> =
  Unranked<S> extends true ? Tensor<Untyped, D> : Result<MapShape<M, S>, D>;

type Result<T, D extends DType> = T extends Shape
  ? Unranked<T> extends true
    ? Tensor<Untyped, D>
    : Tensor<T, D>
  : T;

/** The shape stays. */
export interface SameShape extends ShapeMap {
  readonly output: this["input"];
}
