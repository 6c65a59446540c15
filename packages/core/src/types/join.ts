/** The types of the operations that join tensors. */
import type { AxisOption } from "./along.js";
import type { AnyTensor, DType, DTypeOf, Shape, ShapeOf, Tensor } from "./tensor.js";
import type { Add } from "./arithmetic.js";
import type { Illegal, Insert, LengthOf, Replace } from "./axis.js";
import type { Alike, Checked, Out, Show, Unranked } from "./rule.js";

/** The sentence about a tensor whose dtype differs from the first one's, or `null`. */
type Mixed<N extends string, D extends DType, T extends readonly unknown[]> = T extends readonly [
  infer H,
  ...infer Rest,
]
  ? [DTypeOf<H> & D] extends [never]
    ? `${N}: dtypes ${D} and ${DTypeOf<H>} differ; convert one operand`
    : Mixed<N, D, Rest>
  : null;

/** Two lengths as one, in a tuple: the known one; `null` if they differ. */
type Meet<A extends number, B extends number> =
  Alike<A, B> extends true ? [A] : number extends A ? [B] : number extends B ? [A] : null;

/** Two shapes as one where every axis agrees; otherwise `never`. */
type MeetAll<A extends Shape, B extends Shape, R extends Shape = readonly []> = [A, B] extends [
  readonly [infer AH extends number, ...infer AT extends Shape],
  readonly [infer BH extends number, ...infer BT extends Shape],
]
  ? Meet<AH, BH> extends [infer M extends number]
    ? MeetAll<AT, BT, readonly [...R, M]>
    : never
  : [A, B] extends [readonly [], readonly []]
    ? R
    : never;

/** The shape with the length of the joined axis `X` left open; there is none if `X` is null. */
type Loose<S extends Shape, X> = X extends number ? Replace<S, X, number> : S;

/** What tensors of the shape `S` (so far; `First` at first) and those of `T` give together, or a sentence. */
type Agreed<
  N extends string,
  First extends Shape,
  T extends readonly unknown[],
  X,
  S extends Shape = Loose<First, X>,
> = T extends readonly [infer H, ...infer Rest]
  ? Unranked<ShapeOf<H>> extends true
    ? Agreed<N, First, Rest, X, S>
    : [MeetAll<S, Loose<ShapeOf<H>, X>>] extends [never]
      ? `${N}: shapes ${Show<First>} and ${Show<ShapeOf<H>>} do not fit`
      : Agreed<N, First, Rest, X, MeetAll<S, Loose<ShapeOf<H>, X>>>
  : S;

/** What `stack` gives. */
export type Stacked<N extends string, T extends readonly unknown[], X extends number> = T extends readonly [
  infer H,
  ...infer Rest,
]
  ? Mixed<N, DTypeOf<H>, Rest> extends infer M extends string
    ? M
    : true extends Unranked<ShapeOf<H>> | (number extends X ? true : false)
      ? Tensor<any, DTypeOf<H>>
      : Agreed<N, ShapeOf<H>, Rest, null> extends infer S
        ? S extends Shape
          ? [Insert<S, X, T["length"]>] extends [never]
            ? `${N}: axis ${X} is out of range for shape ${Show<S>} with one axis more`
            : Tensor<Insert<S, X, T["length"]> extends infer W extends Shape ? W : never, DTypeOf<H>>
          : S
        : never
  : Tensor<any, DTypeOf<T[number]>>;

/** `stack(tensors, { axis })`: a new axis. */
export type Stack = <const T extends readonly AnyTensor[], X extends number = 0>(
  tensors: Checked<Stacked<"stack", T, X>, T>,
  options?: AxisOption<X>,
) => Out<Stacked<"stack", T, X>>;

/** The sum of the lengths of axis `X`, or `number` if one of them is not known. */
type Total<T extends readonly unknown[], X, R extends number = 0> = T extends readonly [
  infer H,
  ...infer Rest,
]
  ? Unranked<ShapeOf<H>> extends true
    ? number
    : Total<Rest, X, Add<R, LengthOf<ShapeOf<H>, X>>>
  : R;

/** What `concatenate` gives. */
export type Concatenated<T extends readonly unknown[], X extends number> = T extends readonly [
  infer H,
  ...infer Rest,
]
  ? Mixed<"concatenate", DTypeOf<H>, Rest> extends infer M extends string
    ? M
    : true extends Unranked<ShapeOf<H>> | (number extends X ? true : false)
      ? Tensor<any, DTypeOf<H>>
      : Illegal<ShapeOf<H>, X> extends never
        ? Agreed<"concatenate", ShapeOf<H>, Rest, X> extends infer S
          ? S extends Shape
            ? Tensor<Replace<S, X, Total<T, X>>, DTypeOf<H>>
            : S
          : never
        : `concatenate: axis ${X} is out of range for shape ${Show<ShapeOf<H>>}`
  : Tensor<any, DTypeOf<T[number]>>;

/** `concatenate(tensors, { axis })`. */
export type Concatenate = <const T extends readonly AnyTensor[], X extends number = 0>(
  tensors: Checked<Concatenated<T, X>, T>,
  options?: AxisOption<X>,
) => Out<Concatenated<T, X>>;

/** `Stack`, data last: `P.stack({ axis: 1 })(tensors)`. */
export type StackLast = <X extends number = 0>(
  options?: AxisOption<X>,
) => <const T extends readonly AnyTensor[]>(
  tensors: Checked<Stacked<"stack", T, X>, T>,
) => Out<Stacked<"stack", T, X>>;

/** `Concatenate`, data last. */
export type ConcatenateLast = <X extends number = 0>(
  options?: AxisOption<X>,
) => <const T extends readonly AnyTensor[]>(
  tensors: Checked<Concatenated<T, X>, T>,
) => Out<Concatenated<T, X>>;

/** What `hStack` gives: vectors are joined along their axis, others along the second one. */
export type HStacked<T extends readonly unknown[]> = T extends readonly [infer H, ...unknown[]]
  ? ShapeOf<H> extends readonly [number]
    ? Concatenated<T, 0>
    : ShapeOf<H> extends readonly [number, number, ...number[]]
      ? Concatenated<T, 1>
      : Tensor<any, DTypeOf<H>>
  : Tensor<any, DTypeOf<T[number]>>;

/** `hStack(tensors)`. */
export type HStack = <const T extends readonly AnyTensor[]>(
  tensors: Checked<HStacked<T>, T>,
) => Out<HStacked<T>>;

/** What `vStack` gives: vectors become rows, others are joined along the first axis. */
export type VStacked<T extends readonly unknown[]> = T extends readonly [infer H, ...unknown[]]
  ? ShapeOf<H> extends readonly [number]
    ? Stacked<"vStack", T, 0>
    : ShapeOf<H> extends readonly [number, number, ...number[]]
      ? Concatenated<T, 0>
      : Tensor<any, DTypeOf<H>>
  : Tensor<any, DTypeOf<T[number]>>;

/** `vStack(tensors)`. */
export type VStack = <const T extends readonly AnyTensor[]>(
  tensors: Checked<VStacked<T>, T>,
) => Out<VStacked<T>>;
