/** Loops in loops, over all indices of a shape. */

import { advance, forRange } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { i32 } from "../integer.js";

/** Something that advances with the indices: where it begins, and by how much it grows along each axis. */
export interface Runner {
  readonly start: Expression<"i32">;
  readonly steps: readonly number[];
}

/** `body` for every index in row-major order, with where each runner is, and the last index. */
export const nested = (
  shape: readonly number[],
  runners: readonly Runner[],
  body: (places: readonly Expression<"i32">[], last: Expression<"i32">) => readonly Statement[],
  last: Expression<"i32"> = i32.const(0),
): readonly Statement[] => {
  const [length, ...rest] = shape;
  if (length === undefined)
    return body(
      runners.map(({ start }) => start),
      last,
    );
  const index = local("i32");
  const places = runners.map(() => local("i32"));
  const inner = runners.map(({ steps }, runner) => ({ start: places[runner]!, steps: steps.slice(1) }));
  return [
    ...places.map((place, runner) => place.set(runners[runner]!.start)),
    forRange(index, 0, length, 1, [
      ...nested(rest, inner, body, index),
      ...places.map((place, runner) => advance(place, runners[runner]!.steps[0]!)),
    ]),
  ];
};
