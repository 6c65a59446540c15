/** The public tensor type: a phantom that carries a shape and a dtype, and the words that speak about it. */

/** The lengths of a tensor's axes. */
export type Shape = readonly number[];

/** The dtypes that have gradients. */
export type Floating = "float32" | "float64";

/** The dtypes of whole numbers. */
export type Integer = "int32" | "uint32";

/** The dtypes that have arithmetic. */
export type Numeric = Floating | Integer;

/** What an element of a tensor may be. */
export type DType = Numeric | "bool";

/** Names the phantom property; it has no value at run time. */
declare const brand: unique symbol;

/**
 * One axis of length `N`. A method's parameter is bivariant, so that 3 and `number` fit both ways, and 3 and 2 never do:
 * that makes a shape gradual.
 */
type Dim<N> = { dim(length: N): void }["dim"];

/**
 * An immutable tensor of shape `S` and dtype `D`.
 *
 * A length that is not known is `number`, a shape that is not known is left out: both fit everything and are checked when
 * an operation runs.
 */
export interface Tensor<S extends Shape = any, D extends DType = "float32"> {
  readonly [brand]: {
    readonly shape: { readonly [K in keyof S]: Dim<S[K]> };
    readonly dtype: D;
  };
  /** The elements as text, as NumPy prints them. */
  toString(): string;
}

/** The same phantom without shape and dtype. The classes that implement tensors extend it, so that they fit every `Tensor<S, D>`. */
export interface Erased {
  readonly [brand]: any;
}

/**
 * The result of a builder whose declared result is a deferred conditional type, to which nothing can be assigned: the
 * declaration states the type, the builder returns this.
 */
export type Untyped = any;

/** Any tensor at all. */
export type AnyTensor = Tensor<any, DType>;

/** What an operation takes: a tensor, or a JavaScript number, which takes the dtype of the other operand. */
export type Operand = AnyTensor | number;

/** The shape of an operand; a number is a scalar. */
export type ShapeOf<T> = T extends Tensor<infer S, infer _> ? S : readonly [];

/** The dtype of an operand; a number by itself is a float32. */
export type DTypeOf<T> = T extends Tensor<any, any> ? T[typeof brand]["dtype"] : "float32";
