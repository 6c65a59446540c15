/** Trees seen as their tensors; constants (numbers, booleans, strings) belong to the structure. */

import { Value } from "../tensor/value.js";
import { flatten, pathsOf, unflatten, type Flattened } from "./flatten.js";

/** The tensors of a tree; its constants keep their places. */
export interface Tensors extends Flattened {
  readonly tensors: readonly Value[];
}

/** Opens a tree into its tensors. */
export const openTree = (operation: string, tree: unknown, root: string): Tensors => {
  const { leaves, structure } = flatten(operation, tree, root);
  // Field by field: what V8 allocates for a spread with a new key outlives young collections, and a loop of gradients grows the heap by 25 MiB.
  return { leaves, structure, root, tensors: leaves.filter((leaf) => leaf instanceof Value) };
};

/** The tree again, with other things in the places of its tensors. */
export const closeTree = ({ leaves, structure }: Flattened, replacements: readonly unknown[]): unknown => {
  let next = 0;
  return unflatten(
    structure,
    leaves.map((leaf) => (leaf instanceof Value ? replacements[next++] : leaf)),
  );
};

/** Where each tensor of a tree stands, in words, when it is asked for; the tensors themselves are not kept. */
export const pathsOfTensors = ({ structure, root, leaves }: Tensors): ((index: number) => () => string) => {
  const places = leaves.flatMap((leaf, place) => (leaf instanceof Value ? [place] : []));
  return (index) => () => pathsOf({ structure, root })[places[index] ?? -1] ?? root;
};
