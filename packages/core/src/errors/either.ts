/** fp-ts's `Either` as plain tagged objects: its types, without loading its module. */

import type { Either, Left, Right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { TensorError } from "./tensor-error.js";

/** What went wrong. */
export const left = <E>(error: E): Left<E> => ({ _tag: "Left", left: error });
/** What came out right. */
export const right = <A>(value: A): Right<A> => ({ _tag: "Right", right: value });

/** The value of an `Either`, or its error thrown. */
export const unwrap = <A>(either: Either<TensorError, A>): A => {
  if (either._tag === "Left") throw either.left;
  return either.right;
};

/** What {@link orThrow} gives: the value of an `Either`, a promise of the value of a `TaskEither`. */
export type OrThrow<T> = [T] extends [() => Promise<Either<unknown, infer A>>]
  ? Promise<A>
  : [T] extends [Either<unknown, infer A>]
    ? A
    : never;

const settle = (either: Either<unknown, unknown>): unknown => {
  if (either._tag === "Right") return either.right;
  throw either.left instanceof Error ? either.left : new Error(String(either.left), { cause: either.left });
};

/**
 * Turns an `Either` into its value and a `TaskEither` into a promise of its value.
 *
 * @throws the error on the left, as it is when it is an `Error`.
 * @example
 * ```ts
 * import { attempt, orThrow, scalar } from "@cotangent/core";
 *
 * orThrow(attempt(() => scalar(2))); // the scalar
 * ```
 */
export const orThrow = <T extends Either<unknown, unknown> | TaskEither<unknown, unknown>>(
  result: T,
): OrThrow<T> => (typeof result === "function" ? result().then(settle) : settle(result)) as OrThrow<T>;

/**
 * Runs a thunk and gives what it returns on the right, or the `TensorError` that it throws on the left.
 *
 * @throws every error that is not a `TensorError`: those are mistakes of the program, not of its data.
 * @example
 * ```ts
 * import { attempt, matmul, zeros } from "@cotangent/core";
 * import type { Tensor } from "@cotangent/core";
 *
 * const a: Tensor = zeros([2, 3]);
 * attempt(() => matmul(a, a)); // Left: contracted dimensions differ
 * ```
 */
export const attempt = <A>(thunk: () => A): Either<TensorError, A> => {
  try {
    return right(thunk());
  } catch (error) {
    if (error instanceof TensorError) return left(error);
    throw error;
  }
};
