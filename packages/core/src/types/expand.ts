/** The types of the operations that add, drop and stretch axes of length 1. */
import type { DType, Shape, Tensor } from "./tensor.js";
import type { Axis, Collapse, Each, Illegal, Insert, LengthOf } from "./axis.js";
import type { Stretches } from "./broadcast.js";
import type { Checked, Out, Show, Unranked } from "./rule.js";

/** What a new axis of length 1 with the number `X` gives, or several in a list. */
export type Expanded<S extends Shape, D extends DType, X> = X extends number
  ? ExpandedOnce<S, D, X>
  : Tensor<any, D>;

type ExpandedOnce<S extends Shape, D extends DType, X extends number> = true extends
  Unranked<S> | (number extends X ? true : false)
  ? Tensor<any, D>
  : [Insert<S, X, 1>] extends [never]
    ? `expandDims: axis ${X} is out of range for shape ${Show<S>} with one axis more`
    : Tensor<Insert<S, X, 1> extends infer T extends Shape ? T : never, D>;

/** `expandDims(x, axis)`. */
export type ExpandDims = <S extends Shape, D extends DType, const X extends number | readonly number[]>(
  x: Tensor<S, D>,
  axis: Checked<Expanded<S, D, X>, X>,
) => Out<Expanded<S, D, X>>;

/** `ExpandDims`, data last. */
export type ExpandDimsLast = <const X extends number | readonly number[]>(
  axis: X,
) => <S extends Shape, D extends DType>(
  x: Checked<Expanded<S, D, X>, Tensor<S, D>>,
) => Out<Expanded<S, D, X>>;

/** The shape without its axes of length 1. */
type Dense<S extends Shape> = S extends readonly [infer H extends number, ...infer T extends Shape]
  ? H extends 1
    ? Dense<T>
    : readonly [H, ...Dense<T>]
  : readonly [];

/** The lengths of the axes in the union `X` that are neither 1 nor unknown. */
type Long<S extends Shape, X> = X extends number
  ? number extends LengthOf<S, X>
    ? never
    : Exclude<LengthOf<S, X>, 1>
  : never;

/** What `squeeze` gives: the axes `X`, or all of length 1, are dropped. */
export type Squeezed<S extends Shape, D extends DType, X> = [X] extends [undefined]
  ? true extends Unranked<S> | (number extends S[number] ? true : false)
    ? Tensor<any, D>
    : Tensor<Dense<S>, D>
  : true extends Unranked<S> | (number extends X ? true : false)
    ? Tensor<any, D>
    : Illegal<S, X> extends never
      ? [Long<S, X>] extends [never]
        ? Tensor<Collapse<S, X>, D>
        : `squeeze: an axis of length ${Long<S, X>} cannot be dropped from ${Show<S>}`
      : `squeeze: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** `squeeze(x, { axis })`. */
export type Squeeze = <S extends Shape, D extends DType, const X extends Axis = undefined>(
  x: Tensor<S, D>,
  options?: Checked<
    Squeezed<S, D, Each<X>>,
    {
      /** The axes to drop; all of length 1 if left out. */
      readonly axis?: X;
    }
  >,
) => Out<Squeezed<S, D, Each<X>>>;

/** `Squeeze`, data last. */
export type SqueezeLast = <const X extends Axis = undefined>(options?: {
  /** The axes to drop; all of length 1 if left out. */
  readonly axis?: X;
}) => <S extends Shape, D extends DType>(
  x: Checked<Squeezed<S, D, Each<X>>, Tensor<S, D>>,
) => Out<Squeezed<S, D, Each<X>>>;

/** What `broadcastTo` gives. */
export type Stretched<S extends Shape, D extends DType, T extends Shape> = true extends
  Unranked<S> | Unranked<T>
  ? Tensor<T, D>
  : Stretches<S, T> extends true
    ? Tensor<T, D>
    : `broadcastTo: ${Show<S>} does not stretch to ${Show<T>}`;

/** `broadcastTo(x, shape)`. */
export type BroadcastTo = <S extends Shape, D extends DType, const T extends Shape>(
  x: Tensor<S, D>,
  shape: Checked<Stretched<S, D, T>, T>,
) => Out<Stretched<S, D, T>>;

/** `BroadcastTo`, data last. */
export type BroadcastToLast = <const T extends Shape>(
  shape: T,
) => <S extends Shape, D extends DType>(
  x: Checked<Stretched<S, D, T>, Tensor<S, D>>,
) => Out<Stretched<S, D, T>>;
