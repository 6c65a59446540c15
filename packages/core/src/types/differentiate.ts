/** The types of the transformations that differentiate. Options belong to one signature: `pipe` sees one overload. */
import type { Each } from "./axis.js";
import type { Floating, Tensor } from "./tensor.js";
import type { Checked, Show, Unranked } from "./rule.js";

/**
 * The gradient of a tree: the same tree, with `null` at tensors that have no gradient. Numbers and other constants of the
 * trace stay.
 */
export type Gradient<A> =
  A extends Tensor<any, infer D>
    ? [D] extends [Floating]
      ? A
      : [D & Floating] extends [never]
        ? null
        : A | null
    : A extends object
      ? { [K in keyof A]: Gradient<A[K]> }
      : A;

/** Which arguments are differentiated: one position, or several; negative ones count from the last. */
type ArgumentNumbers = number | readonly number[];

/** The argument at the position `N`. A number cannot be differentiated, so it is left out of a union. */
type Argument<P extends readonly unknown[], N extends number> = Exclude<
  `${N}` extends `-${string}` ? FromLast<P, N> : P[N],
  number
>;

type FromLast<P extends readonly unknown[], N extends number> = P extends readonly [infer H, ...infer T]
  ? `-${P["length"]}` extends `${N}`
    ? H
    : FromLast<T, N>
  : unknown;

/** The gradient with respect to the arguments `N` of the parameters `P`. */
type WithRespectTo<P extends readonly unknown[], N> = N extends number
  ? Gradient<Argument<P, N>>
  : N extends readonly number[]
    ? { [K in keyof N]: Gradient<Argument<P, N[K] & number>> }
    : never;

/** The value of a differentiated function, or the sentence that says why it is no floating scalar. */
type Scalar<N extends string, V> =
  V extends Tensor<infer S, infer D>
    ? [D & Floating] extends [never]
      ? NotScalar<N, `${D}${Show<S>}`>
      : true extends Unranked<S>
        ? V
        : S extends readonly []
          ? V
          : NotScalar<N, `${D}${Show<S>}`>
    : NotScalar<N, Described<V>>;

type NotScalar<
  N extends string,
  Found extends string,
> = `${N}: the function must return a floating scalar; it returns ${Found}`;

/** What is no tensor, in words. */
type Described<V> =
  V extends Promise<unknown>
    ? "a Promise"
    : V extends number
      ? "a number, which has no gradient"
      : V extends readonly [unknown, unknown]
        ? "a pair; for [loss, auxiliary] say { hasAux: true }"
        : V extends undefined | null | void
          ? "nothing"
          : "no tensor";

/** The loss: the value, or the first of a pair if `H` is true. */
type Loss<N extends string, V, H> = H extends true
  ? V extends readonly [infer L, unknown]
    ? Scalar<N, L>
    : `${N}: with hasAux the function must return [loss, auxiliary]`
  : Scalar<N, V>;

/** The positions `I` at which the parameters `P` have no argument, as strings. */
type Beyond<P extends readonly unknown[], I> = number extends P["length"] | Each<I>
  ? never
  : Exclude<`${Each<I> & number}`, Positions<P>>;

/** The numbers that name an argument, as strings: `"0" | "-1"`. */
type Positions<P extends readonly unknown[]> = P extends readonly [unknown, ...infer T]
  ? `${T["length"]}` | `-${P["length"]}` | Positions<T>
  : keyof P;

/** What is right about the loss and the positions, or a sentence. */
type Differentiable<N extends string, P extends readonly unknown[], V, I, H> = [Beyond<P, I>] extends [never]
  ? Loss<N, V, H>
  : `${N}: argnums ${Beyond<P, I>} is out of range for a function of ${P["length"]} arguments`;

/** What `grad` (`Y` is "gradient") or `valueAndGrad` ("value") gives, with the auxiliary part where it belongs. */
type WithAux<V, H, X, Y> = H extends true
  ? V extends readonly [unknown, infer U]
    ? Y extends "value"
      ? readonly [V, X]
      : readonly [X, U]
    : never
  : Y extends "value"
    ? readonly [V, X]
    : X;

/** The options of `grad` and `valueAndGrad`. */
export type GradOptions<N, H> = {
  /** The positions of the arguments to differentiate; 0 if left out. */
  readonly argnums?: N;
  /** Whether the function returns `[loss, auxiliary]`. */
  readonly hasAux?: H;
};

/**
 * The check stands at the argument of `grad(f)`, not at `f`: so `grad(sin)`, `grad(grad(sin))` and `pipe(loss, grad, jit)`
 * compile although `sin` is generic in the shape. The defaults let `grad((x, y) => sum(mul(x, y)))` do without annotations.
 */
type Differentiate<N extends string, Y> = <
  A = Tensor,
  R extends readonly unknown[] = Tensor[],
  V = unknown,
  const I extends ArgumentNumbers = 0,
  H extends boolean = false,
>(
  f: (params: A, ...rest: R) => V,
  options?: GradOptions<I, H>,
) => (
  params: Checked<Differentiable<N, [A, ...R], V, I, H>, Exclude<A, number>>,
  ...rest: R
) => WithAux<V, H, WithRespectTo<[A, ...R], I>, Y>;

/** `grad`: the gradient of a function that returns a floating scalar. */
export type Grad = Differentiate<"grad", "gradient">;

/** `valueAndGrad`: the value and the gradient at once. */
export type ValueAndGrad = Differentiate<"valueAndGrad", "value">;

/** `Differentiate`, options first: `pipe(loss, P.grad({ argnums: 1 }))`. */
type DifferentiateLast<N extends string, Y> = <
  const I extends ArgumentNumbers = 0,
  H extends boolean = false,
>(
  options?: GradOptions<I, H>,
) => <A = Tensor, R extends readonly unknown[] = Tensor[], V = unknown>(
  f: (params: A, ...rest: R) => V,
) => (
  params: Checked<Differentiable<N, [A, ...R], V, I, H>, Exclude<A, number>>,
  ...rest: R
) => WithAux<V, H, WithRespectTo<[A, ...R], I>, Y>;

/** `P.grad(options)`. */
export type GradLast = DifferentiateLast<"grad", "gradient">;

/** `P.valueAndGrad(options)`. */
export type ValueAndGradLast = DifferentiateLast<"valueAndGrad", "value">;
