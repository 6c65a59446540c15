/** Asks the compiler whether a value has exactly a type. */
import type { DType, Shape, Tensor, Untyped } from "@cotangent/core";

/** The type with every shape as a mutable tuple: `Tensor<readonly [3]>` is `Tensor<[3]>`. */
type Plain<T> =
  T extends Tensor<infer S, infer D>
    ? { readonly shape: Spread<S>; readonly dtype: D }
    : T extends (...args: infer A) => infer R
      ? (...args: A) => R
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

type Spread<S extends Shape> = 0 extends 1 & S ? "any shape" : [...S];

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `is<Expected>()(value)` compiles only if the value has that type: not a wider, nor a narrower one. */
export declare const is: <Expected>() => <Actual>(
  value: Actual,
  ...same: Same<Plain<Actual>, Plain<Expected>> extends true
    ? []
    : [mistake: "the types differ", found: Actual]
) => void;

/** A tensor of which nothing is known but the dtype. */
export type Unknown<D extends DType = "float32"> = Tensor<Untyped, D>;
