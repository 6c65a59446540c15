/** Arbitrary trees. */

import * as fc from "fast-check";
import { optionsOf } from "../../trace/options.js";

/** The options of `arbitraries.tree`. */
export interface TreeOptions {
  /** How deep lists and objects stand in each other; 2 if left out. */
  readonly maxDepth?: number;
  /** How many children each has; 3 if left out. */
  readonly maxChildren?: number;
  /** Also numbers, booleans and strings, which are constants of a trace, and null. */
  readonly constants?: boolean;
}

/** A tree whose tensors are leaves of one kind. */
export type TreeOf<A> =
  A | null | number | boolean | string | readonly TreeOf<A>[] | { readonly [key: string]: TreeOf<A> };

const treeOptions = ["maxDepth", "maxChildren", "constants"] as const;

const names = ["a", "b", "c", "weight", "bias", "0", "two words"];

/** Trees over leaves: nested lists and plain objects; they shrink to a single leaf. */
export const tree = <A>(leaf: fc.Arbitrary<A>, options?: TreeOptions): fc.Arbitrary<TreeOf<A>> => {
  const { maxDepth = 2, maxChildren = 3, constants = false } = optionsOf("tree", options, treeOptions);
  const end: fc.Arbitrary<TreeOf<A>> = constants
    ? fc.oneof(
        { withCrossShrink: true },
        { arbitrary: leaf, weight: 4 },
        { arbitrary: fc.constantFrom<TreeOf<A>[]>(null, 2, true, "mode"), weight: 1 },
      )
    : leaf;
  return Array.from({ length: maxDepth }).reduce<fc.Arbitrary<TreeOf<A>>>(
    (inner) =>
      fc.oneof(
        { withCrossShrink: true },
        end,
        fc.array(inner, { maxLength: maxChildren }),
        fc.dictionary(fc.constantFrom(...names), inner, { maxKeys: maxChildren }),
      ),
    end,
  );
};
