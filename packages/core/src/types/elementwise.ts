/** The types of the operations that work element by element, with broadcasting. */
import type { DType, DTypeOf, Floating, Numeric, Operand, Shape, ShapeOf, Tensor } from "./tensor.js";
import type { Align } from "./broadcast.js";
import type { Checked, Identical, Out, Show, Unranked } from "./rule.js";

/**
 * A number where it may be a float32 scalar. Otherwise nothing: an annotation as `Tensor<[3]>` would choose the shape of
 * `sin(1)`, and the program that runs would not know of it.
 */
type Weak<S, D = "float32"> = [[], "float32"] extends [S, D] ? number : never;

/**
 * One operand in, one tensor of the same shape and dtype out. `Takes` names the dtypes it accepts: `Unary` for `sin`,
 * `Unary<Numeric>` for `neg`, `Unary<"bool">` for `logicalNot`.
 */
export type Unary<Takes extends DType = Floating> = <
  S extends Shape = readonly [],
  D extends Takes = Extract<Takes, "float32">,
>(
  x: Tensor<S, D> | Weak<S, D>,
) => Tensor<S, D>;

/** One operand in, one bool tensor of the same shape out: `isNaN`, `isFinite`. */
export type Predicate<Takes extends DType = Numeric> = <
  S extends Shape = readonly [],
  D extends Takes = Extract<Takes, "float32">,
>(
  x: Tensor<S, D> | Weak<S, D>,
) => Tensor<S, "bool">;

/** The dtype that two tensors share, or `never`. */
export type Common<A, B> = DTypeOf<A> & DTypeOf<B>;

/** The sentence about two dtypes that differ. */
export type Differ<
  N extends string,
  A,
  B,
> = `${N}: dtypes ${DTypeOf<A>} and ${DTypeOf<B>} differ; convert one operand`;

/** The result `T` in the dtype that the operation gives, or the sentence about a dtype that it does not take. */
type Give<N extends string, T, Takes extends DType, Gives> =
  Identical<Takes, DType> extends true
    ? Cast<T, Gives>
    : [DTypeOf<T> & Takes] extends [never]
      ? `${N}: dtype ${DTypeOf<T>} is not supported; convert the operands`
      : Cast<T, Gives>;

type Cast<T, Gives> = Gives extends DType ? Tensor<ShapeOf<T>, Gives> : T;

/**
 * What an operation on two operands gives. Equal types give themselves before anything else is looked at, which keeps
 * `mul(x, x)` typed where the shape is a type parameter.
 */
export type Elementwise<
  N extends string,
  A,
  B,
  Takes extends DType = DType,
  Gives extends DType | "same" = "same",
> = B extends number
  ? Give<N, A extends number ? Tensor<readonly []> : A, Takes, Gives>
  : A extends number
    ? Give<N, B, Takes, Gives>
    : Identical<A, B> extends true
      ? Give<N, A, Takes, Gives>
      : [Common<A, B>] extends [never]
        ? Differ<N, A, B>
        : true extends Unranked<ShapeOf<A>> | Unranked<ShapeOf<B>>
          ? Give<N, Tensor<any, Common<A, B>>, Takes, Gives>
          : [Align<ShapeOf<A>, ShapeOf<B>>] extends [never]
            ? `${N}: shapes ${Show<ShapeOf<A>>} and ${Show<ShapeOf<B>>} do not broadcast`
            : Give<N, Tensor<Align<ShapeOf<A>, ShapeOf<B>>, Common<A, B>>, Takes, Gives>;

/** Two operands in, one tensor of the broadcast shape out: `add`, and `Binary<"bitwiseAnd", Integer>`. */
export type Binary<N extends string, Takes extends DType = DType, Gives extends DType | "same" = "same"> = <
  A extends Operand,
  B extends Operand,
>(
  a: A,
  b: Checked<Elementwise<N, A, B, Takes, Gives>, B>,
) => Out<Elementwise<N, A, B, Takes, Gives>>;

/** `Binary`, data last: `P.add(b)(a)` is `add(a, b)`. */
export type BinaryLast<
  N extends string,
  Takes extends DType = DType,
  Gives extends DType | "same" = "same",
> = <B extends Operand>(
  b: B,
) => <A extends Operand>(
  a: Checked<Elementwise<N, A, B, Takes, Gives>, A>,
) => Out<Elementwise<N, A, B, Takes, Gives>>;

/** Two operands in, one bool tensor of the broadcast shape out: `less`, `equal`; `Comparison<"logicalAnd", "bool">`. */
export type Comparison<N extends string, Takes extends DType = DType> = Binary<N, Takes, "bool">;

/** `Comparison`, data last. */
export type ComparisonLast<N extends string, Takes extends DType = DType> = BinaryLast<N, Takes, "bool">;

/** What `clip` gives: the shapes of all three together. */
export type Clipped<X, A, B> =
  Elementwise<"clip", X, A, Numeric> extends infer R
    ? R extends string
      ? R
      : Elementwise<"clip", R, B, Numeric>
    : never;

/** The bounds of `clip`. */
export type Bounds<A, B> = {
  /** What is below becomes this. */
  readonly min?: A;
  /** What is above becomes this. */
  readonly max?: B;
};

/** `clip(x, { min, max })`. */
export type Clip = <X extends Operand, A extends Operand = number, B extends Operand = number>(
  x: X,
  bounds: Checked<Clipped<X, A, B>, Bounds<A, B>>,
) => Out<Clipped<X, A, B>>;

/** `Clip`, data last. */
export type ClipLast = <A extends Operand = number, B extends Operand = number>(
  bounds: Bounds<A, B>,
) => <X extends Operand>(x: Checked<Clipped<X, A, B>, X>) => Out<Clipped<X, A, B>>;

/** What a choice between `A` and `B` by the bool tensor `C` gives: all three broadcast together. */
export type Chosen<N extends string, C, A, B> =
  Elementwise<N, A, B> extends infer R
    ? R extends string
      ? R
      : true extends Unranked<ShapeOf<C>> | Unranked<ShapeOf<R>>
        ? Tensor<any, DTypeOf<R>>
        : [Align<ShapeOf<C>, ShapeOf<R>>] extends [never]
          ? `${N}: the condition ${Show<ShapeOf<C>>} does not broadcast with ${Show<ShapeOf<R>>}`
          : Tensor<Align<ShapeOf<C>, ShapeOf<R>>, DTypeOf<R>>
    : never;

/** A bool tensor and two operands in, one tensor of the broadcast shape out: `where`. */
export type Choice<N extends string> = <C extends Tensor<any, "bool">, A extends Operand, B extends Operand>(
  condition: C,
  a: A,
  b: Checked<Chosen<N, C, A, B>, B>,
) => Out<Chosen<N, C, A, B>>;

/** `Choice`, data last: `P.where(a, b)(condition)`. */
export type ChoiceLast<N extends string> = <A extends Operand, B extends Operand>(
  a: A,
  b: B,
) => <C extends Tensor<any, "bool">>(condition: Checked<Chosen<N, C, A, B>, C>) => Out<Chosen<N, C, A, B>>;

/** The tensor converted to another dtype: `convert`. */
export type Convert = <S extends Shape = readonly [], const D extends DType = DType>(
  x: Tensor<S, DType> | Weak<S>,
  dtype: D,
) => Tensor<S, D>;

/** `Convert`, data last. */
export type ConvertLast = <const D extends DType>(
  dtype: D,
) => <S extends Shape = readonly []>(x: Tensor<S, DType> | Weak<S>) => Tensor<S, D>;
