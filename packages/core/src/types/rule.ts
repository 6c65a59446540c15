/**
 * How a type-level check reports. A rule is a type: the type of the result, or a sentence that says what is wrong. Where
 * it is a sentence, the parameter's type becomes that sentence, and the compiler prints it.
 */
import type { Shape } from "./tensor.js";

/**
 * The parameter's type: `T` if the rule `R` holds, otherwise the sentence. The compiler infers into `T` alone: from `R`, the
 * argument would also become a candidate for the types that the rule gives.
 */
export type Checked<R, T> = R extends string ? NoInfer<R> : T;

/** The result's type: what the rule gives. */
export type Out<R> = R extends string ? never : R;

/** Whether `T` is `any`. */
export type IsAny<T> = 0 extends 1 & T ? true : false;

/** Whether `A` and `B` are the same type. It also holds for two occurrences of one type parameter. */
export type Identical<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Whether two lengths are the same type, which also holds for two occurrences of one type parameter. */
export type Alike<A, B> = { a: A; b: B } extends { a: B; b: A } ? true : false;

/** Whether the number of axes of `S` is unknown. */
export type Unranked<S extends Shape> =
  IsAny<S> extends true ? true : number extends S["length"] ? true : false;

/** Whether two lengths may be equal: they are, or one of them is unknown. */
export type Same<A, B> = number extends A ? true : number extends B ? true : A extends B ? true : false;

/** A shape as messages print it: `[2, ?, 3]`. */
export type Show<S extends Shape> = Unranked<S> extends true ? "[...]" : `[${List<S>}]`;

type List<S extends Shape> = S extends readonly [infer H extends number, ...infer T extends Shape]
  ? `${number extends H ? "?" : H}${T extends readonly [] ? "" : ", "}${List<T>}`
  : "";
