/** A loss compares tensors of one shape: broadcasting [n] against [n, 1] would compare all pairs, in silence. */

import { shapeOf, TensorError } from "@cotangent/core";
import type { AnyTensor, Same, Shape, Show, Unranked } from "@cotangent/core";

/** `true` if two shapes may be equal, otherwise a sentence. */
export type Alike<N extends string, S extends Shape, T extends Shape> = true extends Unranked<S> | Unranked<T>
  ? true
  : EachSame<S, T> extends true
    ? true
    : `${N}: input ${Show<S>} and target ${Show<T>} differ in shape`;

type EachSame<S extends Shape, T extends Shape> = S extends readonly [infer A, ...infer B extends Shape]
  ? T extends readonly [infer C, ...infer D extends Shape]
    ? Same<A, C> extends true
      ? EachSame<B, D>
      : false
    : false
  : T extends readonly []
    ? true
    : false;

/** The same at run time. */
export const checkAlike = (
  operation: string,
  names: readonly [string, string],
  a: AnyTensor,
  b: AnyTensor,
): void => {
  const [left, right]: readonly [Shape, Shape] = [shapeOf(a), shapeOf(b)];
  if (left.length === right.length && left.every((length, axis) => length === right[axis])) return;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation,
    problem: `${names[0]} and ${names[1]} differ in shape`,
    found: [
      [names[0], `[${left.join(", ")}]`],
      [names[1], `[${right.join(", ")}]`],
    ],
    fix: `bring them to one shape, as with reshape(${names[1]}, [${left.join(", ")}])`,
  });
};
