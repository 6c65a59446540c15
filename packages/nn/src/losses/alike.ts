/** A loss compares tensors of one shape: broadcasting [n] against [n, 1] would compare all pairs, in silence. */

import { sizeOf, TensorError } from "@cotangent/core";
import type { AnyTensor, Same, Shape, Show, Unranked } from "@cotangent/core";
import { lengthsOf, showShape } from "../given.js";

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
  const [left, right] = [lengthsOf(a), lengthsOf(b)];
  if (left.length === right.length && left.every((length, axis) => length === right[axis])) return;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation,
    problem: `${names[0]} and ${names[1]} differ in shape`,
    found: [
      [names[0], showShape(left)],
      [names[1], showShape(right)],
    ],
    fix:
      sizeOf(a) === sizeOf(b)
        ? `bring them to one shape: reshape(${names[1]}, ${showShape(left)})`
        : `give one ${names[1]} for each ${names[0]}`,
  });
};
