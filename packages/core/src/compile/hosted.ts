/**
 * Values in the places of outputs: what earlier loops gave, and loops read for the last time, element by element, where they write an
 * output, waits in that output's place. It needs no other, and one array less goes through the caches. What these loops give themselves
 * cannot: the output may be there by then.
 */

import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import type { Analysis } from "./analysis.js";
import { isTotal, type Item, type LoopItem } from "./items.js";
import { loopAccesses, samePlace } from "./loop-accesses.js";
import type { Result } from "./result-places.js";

/** A value, and the output in whose place it waits. */
export interface Hosted {
  readonly value: Result;
  readonly output: Result;
}

/** The values that wait; given the items of a program with what dies in each, and which outputs have a place. */
export const hostedValues = (
  program: Program,
  analysis: Analysis,
  items: readonly Item[],
  dying: readonly (readonly number[])[],
  hasPlace: (index: number) => boolean,
): readonly Hosted[] => {
  const values = givenByLoops(program, items);
  return items.flatMap((item, place) => {
    if (item.kind !== "loops") return [];
    const free = item.equations
      .filter((equation) => !isTotal(equation))
      .flatMap(({ outputs }) => outputs.filter(({ index }) => hasPlace(index)));
    const own = new Set(item.equations.flatMap(({ outputs }) => outputs.map(({ index }) => index)));
    return (dying[place] ?? []).flatMap((index): readonly Hosted[] => {
      const value = own.has(index) ? undefined : values.get(index);
      const found = free.findIndex(
        ({ dtype }) => value !== undefined && bytesOf(dtype) === bytesOf(value.dtype),
      );
      if (value === undefined || found < 0 || !isReadInOrder(program, analysis, item, value)) return [];
      return free.splice(found, 1).map((output) => ({ value, output }));
    });
  });
};

/** What loops give, by number, except what has other names too. */
const givenByLoops = (program: Program, items: readonly Item[]): ReadonlyMap<number, Result> => {
  const equations = items.flatMap((item): readonly Equation[] =>
    item.kind === "loops" ? item.equations : [],
  );
  const given = new Map(equations.flatMap(({ outputs }) => outputs.map((output) => [output.index, output])));
  for (const item of items) {
    const names = item.kind === "alias" ? item.equations : item.kind === "followed" ? item.names : [];
    for (const { inputs } of names)
      for (const input of inputs) if (isVariableOf(program, input)) given.delete(input.index);
  }
  return given;
};

/** Whether loops read a value nowhere but at the element that they are at. */
const isReadInOrder = (
  program: Program,
  analysis: Analysis,
  { domain, equations }: LoopItem,
  { index, shape }: Result,
): boolean => {
  const inOrder = { start: 0, steps: rowMajorStrides(domain) };
  return (
    sizeOfShape(shape) === sizeOfShape(domain) &&
    equations.every((equation) =>
      loopAccesses(program, analysis, equation, domain.length).reads.every(
        (read) => read.index !== index || samePlace(domain, read.at, inOrder),
      ),
    )
  );
};
