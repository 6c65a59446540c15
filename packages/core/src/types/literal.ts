/**
 * The types of the makers: the shape comes from a literal. `NoInfer` keeps an annotation from choosing the dtype, since the
 * program that runs would not know of it.
 */
import type { Checked, Out } from "./rule.js";
import type { DType, Shape, Tensor } from "./tensor.js";

/** Numbers or booleans in lists of lists. */
export type Nested = number | boolean | readonly Nested[];

/** The shape of a nested literal; "ragged" where rows differ in length, `any` where nothing is known. */
export type Literal<T> = T extends readonly []
  ? readonly [0]
  : T extends readonly [infer H, ...unknown[]]
    ? [Literal<T[number]>] extends [Literal<H>]
      ? Outer<T["length"], Literal<H>>
      : "ragged"
    : T extends readonly (infer E)[]
      ? [Nested] extends [E]
        ? any
        : Outer<number, Literal<E>>
      : readonly [];

type Outer<N, S> = S extends Shape ? readonly [N, ...S] : S;

/** The elements of a nested literal. */
type Leaf<T> = T extends readonly (infer E)[] ? ([Nested] extends [E] ? number : Leaf<E>) : T;

/** The dtype of a nested literal: bool for booleans, otherwise float32. */
type Natural<T> = [Leaf<T>] extends [never] ? "float32" : [Leaf<T>] extends [boolean] ? "bool" : "float32";

/** What `tensor` gives. The dtype has its default, unless an option says otherwise: an annotation does not change it. */
type Made<T, D extends DType> = [Nested] extends [T]
  ? Tensor<any, D>
  : Literal<T> extends infer S
    ? S extends Shape
      ? Tensor<S, D>
      : "tensor: rows differ in length"
    : never;

/** The option of every maker. */
export type MakeOptions<D> = {
  /** What an element is; `"float32"`, or `"bool"` for booleans, if left out. */
  readonly dtype?: D;
};

/** `tensor`: a tensor from a nested literal. */
export type Make = <const T extends Nested, D extends DType = Natural<T>>(
  data: Checked<Made<T, D>, T>,
  options?: MakeOptions<D>,
) => Out<Made<T, NoInfer<D>>>;

/** `scalar`: a tensor without axes. */
export type MakeScalar = <T extends number | boolean, D extends DType = Natural<T>>(
  value: T,
  options?: MakeOptions<D>,
) => Tensor<readonly [], NoInfer<D>>;

/** `zeros`, `ones`: a tensor of a shape. */
export type Fill = <const S extends Shape, D extends DType = "float32">(
  shape: S,
  options?: MakeOptions<D>,
) => Tensor<S, NoInfer<D>>;

/** `full`: a tensor of a shape that repeats one value. */
export type FillWith = <const S extends Shape, T extends number | boolean, D extends DType = Natural<T>>(
  shape: S,
  value: T,
  options?: MakeOptions<D>,
) => Tensor<S, NoInfer<D>>;

/** `zerosLike`, `onesLike`: a tensor of another's shape and (unless told) dtype. */
export type FillLike = <S extends Shape, D extends DType, E extends DType = D>(
  x: Tensor<S, D>,
  options?: MakeOptions<E>,
) => Tensor<S, NoInfer<E>>;

/** `fullLike`. */
export type FillLikeWith = <S extends Shape, D extends DType, E extends DType = D>(
  x: Tensor<S, D>,
  value: number | boolean,
  options?: MakeOptions<E>,
) => Tensor<S, NoInfer<E>>;

/** `FillLike`, data last: `P.zerosLike()(x)`. */
export type FillLikeLast = <E extends DType | undefined = undefined>(
  options?: LikeOptions<E>,
) => <S extends Shape, D extends DType>(x: Tensor<S, D>) => Tensor<S, E extends DType ? E : D>;

/** `FillLikeWith`, data last: `P.fullLike(value)(x)`. */
export type FillLikeWithLast = <E extends DType | undefined = undefined>(
  value: number | boolean,
  options?: LikeOptions<E>,
) => <S extends Shape, D extends DType>(x: Tensor<S, D>) => Tensor<S, E extends DType ? E : D>;

/** Another dtype than that of the tensor that is copied. */
interface LikeOptions<E> {
  readonly dtype?: E;
}

/** `arange`: a vector whose length is known when it runs. */
export type Range = <D extends DType = "float32">(
  ...range:
    | readonly [stop: number, options?: MakeOptions<D>]
    | readonly [start: number, stop: number, options?: MakeOptions<D>]
    | readonly [start: number, stop: number, step: number, options?: MakeOptions<D>]
) => Tensor<readonly [number], NoInfer<D>>;

/** `linspace`: a vector of `count` numbers. */
export type Spaced = <N extends number, D extends DType = "float32">(
  start: number,
  stop: number,
  count: N,
  options?: MakeOptions<D> & {
    /** Whether the last number is `stop` (the default), or one step before it. */
    readonly endpoint?: boolean;
  },
) => Tensor<readonly [N], NoInfer<D>>;

/** `eye`: ones on a diagonal. */
export type Identity = <N extends number, M extends number = N, D extends DType = "float32">(
  n: N,
  options?: MakeOptions<D> & {
    /** The number of columns; as many as rows if left out. */
    readonly m?: M;
    /** The diagonal: 0 (the default) is the main one, positive ones lie above it. */
    readonly k?: number;
  },
) => Tensor<readonly [N, NoInfer<M>], NoInfer<D>>;
