/** The types of the operations that permute axes. */
import type { DType, Shape, Tensor } from "./tensor.js";
import type { Collapse, Illegal, Insert, LengthOf, Position } from "./axis.js";
import type { Checked, Out, Show, Unranked } from "./rule.js";

/** A sentence about an axis that the shape does not have. */
type OutOfRange<
  N extends string,
  S extends Shape,
  X,
> = `${N}: axis ${Illegal<S, X>} is out of range for shape ${Show<S>}`;

/** Whether a rule about the axes `X` of `S` can say nothing: one of them is unknown. */
type Unknown<S extends Shape, X> = true extends Unranked<S> | (number extends X ? true : false)
  ? true
  : false;

type Reversed<S extends Shape, R extends Shape = readonly []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Reversed<T, readonly [H, ...R]>
  : R;

/** Whether the positions `P` name two axes that are one. */
type Repeats<S extends Shape, P extends Shape, Seen = never> = P extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Position<S, H> extends Seen
    ? true
    : Repeats<S, T, Seen | Position<S, H>>
  : false;

/** What `transpose` gives: the axes reversed, or in the order `P`. */
export type Transposed<S extends Shape, D extends DType, P> = P extends Shape
  ? true extends Unranked<S> | Unranked<P> | (number extends P[number] ? true : false)
    ? Tensor<any, D>
    : P["length"] extends S["length"]
      ? Illegal<S, P[number]> extends never
        ? Repeats<S, P> extends true
          ? `transpose: the permutation ${Show<P>} names an axis twice`
          : Tensor<{ readonly [K in keyof P]: LengthOf<S, P[K]> }, D>
        : OutOfRange<"transpose", S, P[number]>
      : `transpose: the permutation ${Show<P>} must name each axis of ${Show<S>} once`
  : Unranked<S> extends true
    ? Tensor<any, D>
    : Tensor<Reversed<S>, D>;

/** `transpose(x, permutation?)`. */
export type Transpose = <S extends Shape, D extends DType, const P extends Shape | undefined = undefined>(
  x: Tensor<S, D>,
  permutation?: Checked<Transposed<S, D, P>, P>,
) => Out<Transposed<S, D, P>>;

/** `Transpose`, data last. */
export type TransposeLast = <const P extends Shape | undefined = undefined>(
  permutation?: P,
) => <S extends Shape, D extends DType>(
  x: Checked<Transposed<S, D, P>, Tensor<S, D>>,
) => Out<Transposed<S, D, P>>;

/** What the exchange of two axes gives. */
export type Swapped<S extends Shape, D extends DType, A, B, N extends string = "swapAxes"> =
  Unknown<S, A | B> extends true
    ? Tensor<any, D>
    : Illegal<S, A | B> extends never
      ? Tensor<
          {
            readonly [K in keyof S]: K extends Position<S, A>
              ? LengthOf<S, B>
              : K extends Position<S, B>
                ? LengthOf<S, A>
                : S[K];
          },
          D
        >
      : OutOfRange<N, S, A | B>;

/** `swapAxes(x, a, b)`. */
export type SwapAxes = <S extends Shape, D extends DType, A extends number, B extends number>(
  x: Tensor<S, D>,
  a: A,
  b: Checked<Swapped<S, D, A, B>, B>,
) => Out<Swapped<S, D, A, B>>;

/** `SwapAxes`, data last. */
export type SwapAxesLast = <A extends number, B extends number>(
  a: A,
  b: B,
) => <S extends Shape, D extends DType>(
  x: Checked<Swapped<S, D, A, B>, Tensor<S, D>>,
) => Out<Swapped<S, D, A, B>>;

/** What `moveAxis` gives: axis `A` taken out, and put where it has the number `B`; or several in lists. */
export type Moved<S extends Shape, D extends DType, A, B> = B extends number
  ? MovedOnce<S, D, A, B>
  : Tensor<any, D>;

type MovedOnce<S extends Shape, D extends DType, A, B extends number> =
  Unknown<S, A | B> extends true
    ? Tensor<any, D>
    : Illegal<S, A | B> extends never
      ? Insert<Collapse<S, A>, B, LengthOf<S, A>> extends infer T extends Shape
        ? Tensor<T, D>
        : never
      : OutOfRange<"moveAxis", S, A | B>;

/** `moveAxis(x, from, to)`. */
export type MoveAxis = <
  S extends Shape,
  D extends DType,
  const A extends number | readonly number[],
  const B extends (A extends number ? number : readonly number[]),
>(
  x: Tensor<S, D>,
  from: A,
  to: Checked<Moved<S, D, A, B>, B>,
) => Out<Moved<S, D, A, B>>;

/** `MoveAxis`, data last. */
export type MoveAxisLast = <
  const A extends number | readonly number[],
  const B extends (A extends number ? number : readonly number[]),
>(
  from: A,
  to: B,
) => <S extends Shape, D extends DType>(
  x: Checked<Moved<S, D, A, B>, Tensor<S, D>>,
) => Out<Moved<S, D, A, B>>;

/** What `K` quarter turns in the plane of the axes `P` give. */
export type Turned<S extends Shape, D extends DType, K extends number, P extends readonly [number, number]> =
  Swapped<S, D, P[0], P[1], "rot90"> extends infer R
    ? R extends string
      ? R
      : number extends K
        ? Tensor<any, D>
        : `${K}` extends `${string}${"1" | "3" | "5" | "7" | "9"}`
          ? R
          : Tensor<S, D>
    : never;

/** The options of `rot90`. */
export type TurnOptions<K, P> = {
  /** The number of quarter turns; 1 if left out. */
  readonly k?: K;
  /** The plane, turned from its first axis towards its second; the first two axes if left out. */
  readonly axes?: P;
};

/** `rot90(x, { k, axes })`. */
export type Turn = <
  S extends Shape,
  D extends DType,
  K extends number = 1,
  const P extends readonly [number, number] = readonly [0, 1],
>(
  x: Tensor<S, D>,
  options?: Checked<Turned<S, D, K, P>, TurnOptions<K, P>>,
) => Out<Turned<S, D, K, P>>;

/** `Turn`, data last. */
export type TurnLast = <K extends number = 1, const P extends readonly [number, number] = readonly [0, 1]>(
  options?: TurnOptions<K, P>,
) => <S extends Shape, D extends DType>(
  x: Checked<Turned<S, D, K, P>, Tensor<S, D>>,
) => Out<Turned<S, D, K, P>>;
