/** What is known at a place inside of loops: their numbers, where accesses are, what is computed already. */

import type { Expression } from "../wasm/expression.js";
import type { Node } from "./expression-graph.js";
import type { Lane } from "./lanes.js";
import type { Total } from "./total.js";

/** A place inside of the loops of a job. */
export interface InsideLoops {
  /** Which copies of the body there are, and how many lanes of each exist. */
  readonly copies: readonly number[];
  readonly lanes: number;
  readonly counters: readonly Expression<"i32">[];
  readonly pointers: ReadonlyMap<string, Expression<"i32">>;
  /** What is the same for all lanes and copies, and what each copy has of its own. */
  readonly shared: Map<Node, Lane>;
  readonly own: ReadonlyMap<number, Map<Node, Lane>>;
  readonly totals: Totals;
}

/** For each root that has a fold, one total for all copies of the body, or one for each; for others none. */
export type Totals = readonly (readonly Total[])[];

/** The place before all loops. */
export const beforeLoops = (pointers: InsideLoops["pointers"]): InsideLoops => ({
  copies: [0],
  lanes: 4,
  counters: [],
  pointers,
  shared: new Map(),
  own: new Map([[0, new Map()]]),
  totals: [],
});

/** The place in a loop one further in, of which there are copies. */
export const insideLoop = (
  outer: InsideLoops,
  {
    copies,
    lanes,
    pointers,
    index,
  }: Pick<InsideLoops, "copies" | "lanes" | "pointers"> & { readonly index: Expression<"i32"> },
): InsideLoops => ({
  ...outer,
  copies,
  lanes,
  pointers,
  counters: [...outer.counters, index],
  shared: new Map(outer.shared),
  own: new Map(copies.map((copy) => [copy, new Map(outer.own.get(copy) ?? outer.own.get(0))])),
});
