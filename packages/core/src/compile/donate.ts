/** Arguments that a jitted call reads for the last time. */

import { copy } from "../kernels/strided.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { giveAway } from "../tensor/donated.js";
import { storageOf } from "../tensor/unread.js";
import { Value } from "../tensor/value.js";
import type { Flattened, TreeStructure } from "../tree/flatten.js";

/** Which tensors of the arguments are donated; undefined where none is. */
export const donatedTensors = (
  { structure, leaves }: Flattened,
  positions: readonly number[],
): readonly boolean[] | undefined => {
  if (positions.length === 0 || structure.kind !== "array") return undefined;
  let leaf = 0;
  const donated: boolean[] = [];
  const visit = (node: TreeStructure, isDonated: boolean): void => {
    if (node.kind !== "leaf") node.children.forEach((child) => visit(child, isDonated));
    else if (leaves[leaf++] instanceof Value) donated.push(isDonated);
  };
  structure.children.forEach((child, position) => visit(child, positions.includes(position)));
  return donated.includes(true) ? donated : undefined;
};

/** Gives the storages of donated inputs away. Outputs that show one of them are copied first. */
export const donate = (
  label: string,
  inputs: readonly ArrayTensor[],
  donated: readonly boolean[],
  outputs: readonly ArrayTensor[],
): readonly ArrayTensor[] => {
  const given = inputs.filter((_, index) => donated[index] === true);
  const storages = new Set(given.map(storageOf));
  const kept = outputs.map((output) => (storages.has(storageOf(output)) ? copy(output) : output));
  for (const input of given) giveAway(input, `jit(${label})`);
  return kept;
};
