/** The types of the operations that arrange the same elements in other axes. */
import type { DType, Shape, Tensor } from "./tensor.js";
import type { SameSize, SizeOf } from "./arithmetic.js";
import type { Checked, Out, Show, Unranked } from "./rule.js";

/** The shape asked for, where `-1` is the length that the others leave over. */
type Filled<S extends Shape, T extends Shape> = T extends readonly [-1]
  ? readonly [SizeOf<S>]
  : { readonly [K in keyof T]: T[K] extends -1 ? number : T[K] };

/** What `reshape` gives. The counts are compared where both shapes are literal. */
export type Reshaped<S extends Shape, D extends DType, T extends Shape> = true extends
  | Unranked<T>
  | (-1 extends T[number] ? true : false)
  | (number extends T[number] ? true : false)
  | Unranked<S>
  ? Tensor<Filled<S, T>, D>
  : SameSize<S, T> extends true
    ? Tensor<T, D>
    : `reshape: ${Show<S>} has ${SizeOf<S>} elements, ${Show<T>} has ${SizeOf<T>}`;

/** `reshape(x, shape)`. */
export type Reshape = <S extends Shape, D extends DType, const T extends Shape>(
  x: Tensor<S, D>,
  shape: Checked<Reshaped<S, D, T>, T>,
) => Out<Reshaped<S, D, T>>;

/** `Reshape`, data last. */
export type ReshapeLast = <const T extends Shape>(
  shape: T,
) => <S extends Shape, D extends DType>(
  x: Checked<Reshaped<S, D, T>, Tensor<S, D>>,
) => Out<Reshaped<S, D, T>>;

/** `ravel`: one axis. */
export type Ravel = <S extends Shape, D extends DType>(x: Tensor<S, D>) => Tensor<readonly [SizeOf<S>], D>;

/** `expectShape(x, shape)`: the shape is compared when it runs, `-1` stands for any length; the result has that type. */
export type ExpectShape = <D extends DType, const T extends Shape>(
  x: Tensor<any, D>,
  shape: T,
) => Tensor<{ readonly [K in keyof T]: T[K] extends -1 ? number : T[K] }, D>;

/** `ExpectShape`, data last. */
export type ExpectShapeLast = <const T extends Shape>(
  shape: T,
) => <D extends DType>(
  x: Tensor<any, D>,
) => Tensor<{ readonly [K in keyof T]: T[K] extends -1 ? number : T[K] }, D>;
