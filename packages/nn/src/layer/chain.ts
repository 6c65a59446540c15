/** The types of layers one after another: do their widths fit, and what does the whole do to a shape. */

import type { AnyTensor, DType, IsAny, Same, Shape, ShapeOf, Unranked } from "@cotangent/core";
import type { DTypesOf, MapOf, PlainFunction } from "./layer.js";
import type { MapShape, ShapeMap } from "./shape-map.js";

/** The features that a layer takes (`K` is "inputs") or gives, `Else` where it does not say. */
type Features<L, K extends "inputs" | "outputs", Else> = L extends {
  readonly [_ in K]: infer V extends number;
}
  ? V
  : L extends PlainFunction
    ? PlainWidth<L, Else>
    : undefined;

/** A function that keeps the shape keeps the width; of any other it is unknown. */
type PlainWidth<L extends PlainFunction, Else> = Keeps<L> extends true ? Else : undefined;

type Fits<W, I> = W extends number ? (I extends number ? Same<W, I> : true) : true;

/** The layers, with a sentence in the place of the first whose width does not fit the one before. */
export type Chain<L, W = undefined> = L extends readonly [infer H, ...infer T]
  ? Fits<W, Features<H, "inputs", W>> extends false
    ? readonly [
        `sequential: this layer takes ${Features<H, "inputs", W> & number} features, the one before gives ${W & number}`,
        ...T,
      ]
    : readonly [H, ...Chain<T, Features<H, "outputs", W>>]
  : L extends readonly []
    ? readonly []
    : L;

/** The features that the first layer that says so takes, if only functions that keep the shape stand before it. */
export type First<L> = L extends readonly [infer H, ...infer T] ? Features<H, "inputs", First<T>> : undefined;

/** The features that the last layer gives. */
export type Last<L, W = undefined> = L extends readonly [infer H, ...infer T]
  ? Last<T, Features<H, "outputs", W>>
  : W;

/** The dtypes that all layers take. */
export type Common<L> = L extends readonly [infer H, ...infer T] ? DTypesOf<H> & Common<T> : DType;

/** The shape map of layers one after another. */
export interface Composed<L> extends ShapeMap {
  readonly output: this["input"] extends infer S extends Shape ? Through<L, S> : never;
}

type Through<L, S extends Shape> =
  Unranked<S> extends true
    ? S
    : L extends readonly [infer H, ...infer T]
      ? Then<T, Step<H, S>>
      : L extends readonly []
        ? S
        : Shape;

type Then<T, R> = R extends Shape ? Through<T, R> : R;

type Step<L, S extends Shape> = L extends PlainFunction
  ? Keeps<L> extends true
    ? S
    : Given<ReturnType<L>>
  : MapShape<MapOf<L>, S>;

/** The shape that a function returns by its declaration. */
type Given<Y> = Y extends AnyTensor ? (IsAny<ShapeOf<Y>> extends true ? Shape : ShapeOf<Y>) : Shape;

/**
 * Whether a function keeps the shape, like `relu`: it is generic in the shape, and gives the generic shape back. Asked of
 * such a function, the compiler answers with the constraint of the shape, a list of unknown length.
 */
type Keeps<L extends PlainFunction> =
  IsAny<ShapeOf<ReturnType<L>>> extends true
    ? false
    : number extends ShapeOf<ReturnType<L>>["length"]
      ? true
      : false;
