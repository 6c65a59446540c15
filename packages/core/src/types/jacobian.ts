/** The types of Jacobians, Hessians and products with them. */
import type { Floating, Tensor } from "./tensor.js";
import type { Gradient } from "./differentiate.js";
import type { Unranked } from "./rule.js";

/**
 * The Jacobian of an output `Y` with respect to an input `A`: the tree of `Y` with the tree of `A` at every leaf, whose
 * tensors have the output's axes before the input's. `null` where one of them has no gradient. Of a dtype that is only known to
 * be one of several, the floating ones are meant.
 */
export type Jacobian<Y, A> =
  Y extends Tensor<infer S, infer D>
    ? A extends Tensor<infer T, infer E>
      ? [Extract<D, Floating>] extends [never]
        ? null
        : [Extract<E, Floating>] extends [never]
          ? null
          : true extends Unranked<S> | Unranked<T>
            ? Tensor<any, Extract<D, Floating>>
            : Tensor<readonly [...S, ...T], Extract<D, Floating>>
      : A extends object
        ? { [K in keyof A]: Jacobian<Y, A[K]> }
        : A
    : Y extends object
      ? { [K in keyof Y]: Jacobian<Y[K], A> }
      : Y;

/** The option of `jacfwd`, `jacrev` and `hessian`. */
export type JacobianOptions<I> = {
  /** The position of the argument to differentiate; 0 if left out. */
  readonly argnums?: I;
};

/** `jacfwd` and `jacrev`. */
export type Jacobians = <
  A = Tensor,
  R extends readonly unknown[] = Tensor[],
  V = unknown,
  const I extends number = 0,
>(
  f: (params: A, ...rest: R) => V,
  options?: JacobianOptions<I>,
) => (params: A, ...rest: R) => Jacobian<V, Exclude<[A, ...R][I], number>>;

/** `Jacobians`, options first. */
export type JacobiansLast = <const I extends number = 0>(
  options?: JacobianOptions<I>,
) => <A = Tensor, R extends readonly unknown[] = Tensor[], V = unknown>(
  f: (params: A, ...rest: R) => V,
) => (params: A, ...rest: R) => Jacobian<V, Exclude<[A, ...R][I], number>>;

/** `hessian`: the Jacobian of the gradient; the axes of the input come twice. */
export type Hessian = <
  A = Tensor,
  R extends readonly unknown[] = Tensor[],
  V = unknown,
  const I extends number = 0,
>(
  f: (params: A, ...rest: R) => V,
  options?: JacobianOptions<I>,
) => (
  params: A,
  ...rest: R
) => Jacobian<Jacobian<V, Exclude<[A, ...R][I], number>>, Exclude<[A, ...R][I], number>>;

/** `Hessian`, options first. */
export type HessianLast = <const I extends number = 0>(
  options?: JacobianOptions<I>,
) => <A = Tensor, R extends readonly unknown[] = Tensor[], V = unknown>(
  f: (params: A, ...rest: R) => V,
) => (
  params: A,
  ...rest: R
) => Jacobian<Jacobian<V, Exclude<[A, ...R][I], number>>, Exclude<[A, ...R][I], number>>;

/** One tangent (or cotangent) a primal: each like its primal, `null` where there is no gradient. */
export type Tangents<P extends readonly unknown[]> = { readonly [K in keyof P]: Gradient<P[K]> };

/** A function of the tuple `P`, whose parameters may be wider than the primals given. */
type Of<P extends readonly unknown[], V> = (...primals: P) => V;

/** `jvp(f, primals, tangents)`: the output and its tangent. */
export type Jvp = <const P extends readonly unknown[], V>(
  f: Of<[...P], V>,
  primals: P,
  tangents: Tangents<P>,
) => readonly [V, Gradient<V>];

/** `vjp(f, primals)`: the output and the pullback, which gives a tuple with one entry a primal. */
export type Vjp = <const P extends readonly unknown[], V, H extends boolean = false>(
  f: Of<[...P], V>,
  primals: P,
  options?: {
    /** Whether the function returns `[output, auxiliary]`. */
    readonly hasAux?: H;
  },
) => H extends true
  ? V extends readonly [infer Y, infer U]
    ? readonly [Y, (cotangent: Gradient<Y>) => Tangents<P>, U]
    : never
  : readonly [V, (cotangent: Gradient<V>) => Tangents<P>];

/** `linearize(f, primals)`: the output and the linear map of tangents at this point. */
export type Linearize = <const P extends readonly unknown[], V>(
  f: Of<[...P], V>,
  primals: P,
) => readonly [V, (...tangents: Tangents<P>) => Gradient<V>];

/** `linearTranspose(f, primals)`: the transpose of a function that is linear; the primals are examples of its arguments. */
export type LinearTranspose = <const P extends readonly unknown[], V>(
  f: Of<[...P], V>,
  primals: P,
) => (cotangent: Gradient<V>) => Tangents<P>;

/** `hvp(f, primals, tangents)`: the Hessian times the tangents, one entry a primal. */
export type HessianProduct = <const P extends readonly unknown[], V>(
  f: Of<[...P], V>,
  primals: P,
  tangents: Tangents<P>,
) => Tangents<P>;
