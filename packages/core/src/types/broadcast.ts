/** NumPy's broadcasting of shapes: axes are aligned at their ends, and an axis of length 1 stretches. */
import type { Shape } from "./tensor.js";
import type { Alike, Same } from "./rule.js";

/**
 * The length that two aligned axes give, or `null`. An unknown length beside 3 gives 3: it is 1 or 3. The length stands in a
 * tuple, since the compiler leaves a question about a type parameter by itself open.
 */
type Wide<A extends number, B extends number> =
  Alike<A, B> extends true
    ? [A]
    : A extends 1
      ? [B]
      : B extends 1
        ? [A]
        : number extends A
          ? [B]
          : number extends B
            ? [A]
            : null;

/** The shape that `A` and `B` broadcast to, or `never`. Both are ranked. */
export type Align<A extends Shape, B extends Shape, R extends Shape = readonly []> = A extends readonly [
  ...infer AI extends Shape,
  infer AL extends number,
]
  ? B extends readonly [...infer BI extends Shape, infer BL extends number]
    ? Wide<AL, BL> extends [infer W extends number]
      ? Align<AI, BI, readonly [W, ...R]>
      : never
    : readonly [...A, ...R]
  : readonly [...B, ...R];

/** Whether `A` stretches to exactly `B`. Both are ranked. */
export type Stretches<A extends Shape, B extends Shape> = A extends readonly [
  ...infer AI extends Shape,
  infer AL extends number,
]
  ? B extends readonly [...infer BI extends Shape, infer BL extends number]
    ? AL extends 1
      ? Stretches<AI, BI>
      : Same<AL, BL> extends true
        ? Stretches<AI, BI>
        : false
    : false
  : true;
