/** When the storage of a value is given back: after the last item that reads it. */

import { isVariableOf, type Program } from "../program/program.js";
import type { Analysis } from "./analysis.js";
import type { Schedule } from "./items.js";

/** For each item the variables that nothing reads after it. */
export const lastReads = (
  program: Program,
  { givers }: Analysis,
  { items, reads }: Schedule,
): readonly (readonly number[])[] => {
  // What a reshape names another way lives as long as its last name.
  const owners = new Map<number, number>();
  const ownerOf = (index: number): number => owners.get(index) ?? index;
  for (const item of items) {
    const names = item.kind === "alias" ? item.equations : item.kind === "followed" ? item.names : [];
    for (const { inputs, outputs } of names) {
      const [input] = inputs;
      const [output] = outputs;
      if (isVariableOf(program, input) && output !== undefined)
        owners.set(output.index, ownerOf(input.index));
    }
  }
  const last = new Map<number, number>();
  items.forEach(({ equations }, place) => {
    const given = equations.flatMap(({ outputs }) => outputs.map(({ index }) => index));
    for (const index of [...(reads[place] ?? []), ...given]) last.set(ownerOf(index), place);
  });
  for (const output of program.outputs) if (isVariableOf(program, output)) last.delete(ownerOf(output.index));
  const dying: number[][] = items.map(() => []);
  for (const [index, place] of last) if (givers.has(index)) dying[place]?.push(index);
  return dying;
};
