/** Where a run through a dataset is: a plain value, which a checkpoint holds. */

import { closed } from "@cotangent/core/io";
import * as t from "io-ts";

/** The batch that comes next: its number in its epoch, both from 0. */
export interface Position {
  readonly epoch: number;
  readonly index: number;
}

/** A whole number from `least` on. */
export const wholeFrom = (least: number): t.Type<number> => {
  const is = (u: unknown): u is number => typeof u === "number" && Number.isSafeInteger(u) && u >= least;
  return new t.Type(
    `a whole number from ${least} on`,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  );
};

/**
 * The codec of positions, for checkpoints: whole numbers from 0 on.
 *
 * @example
 * ```ts
 * import { decode } from "@cotangent/core/io";
 * import * as data from "@cotangent/data";
 *
 * decode(data.position)(JSON.parse(`{ "epoch": 2, "index": 7 }`)); // Right: the position
 * ```
 */
export const position: t.Type<Position, Position> = /* @__PURE__ */ closed(
  "the position",
  { epoch: /* @__PURE__ */ wholeFrom(0), index: /* @__PURE__ */ wholeFrom(0) },
  {},
);
