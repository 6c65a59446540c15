/** Totals of loops: where they begin, how many there are side by side, and where they go. */

import type { Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { Total } from "./folds.js";
import type { InsideLoops, Totals } from "./inside-loops.js";
import { packed, type Lane } from "./lanes.js";
import type { LoopElements } from "./loop-elements.js";
import type { Nest } from "./loop-axes.js";
import type { Root } from "./loop-job.js";

/** A float32 sum is flushed into float64 after this many additions. */
export const partLength = 64;

/** Writes the totals of roots that have a fold. */
export class LoopTotals {
  private readonly isLong: boolean;

  constructor(
    private readonly roots: readonly Root[],
    private readonly nest: Nest,
    private readonly elements: LoopElements,
  ) {
    const { levels, vector } = nest;
    const additions = levels.reduce(
      (product, { length, reduced }, level) =>
        reduced ? product * (level === vector ? length / 4 : length) : product,
      1,
    );
    this.isLong = additions > partLength;
  }

  /** Whether there are any. */
  get some(): boolean {
    return this.roots.some(({ fold }) => fold !== undefined);
  }

  /** New ones for copies of a body. */
  begin(copies: readonly number[]): { readonly totals: Totals; readonly statements: readonly Statement[] } {
    const totals = new Map(copies.map((copy) => [copy, this.newTotals()]));
    return { totals, statements: [...totals.values()].flat().flatMap((total) => total?.begin() ?? []) };
  }

  private newTotals(): readonly (Total | undefined)[] {
    return this.roots.map(({ fold, dtype }) => {
      if (fold === undefined) return undefined;
      const of = fold === "all" || fold === "any" ? "bool" : dtype;
      return new Total(fold, of, this.elements.emit, this.elements.isVector, this.isLong);
    });
  }

  /** Adds the element of a root in a copy of the body. */
  add(place: number, value: Lane, state: InsideLoops, copy: number): void {
    state.totals.get(copy)?.[place]?.add(value, this.maskOf(state));
  }

  /** After a part of a long loop. */
  flushes({ totals }: InsideLoops): readonly Statement[] {
    return [...totals.values()].flat().flatMap((total) => total?.flush() ?? []);
  }

  /** Of a reduced vector the lanes that exist. */
  private maskOf({ lanes }: InsideLoops): Lane | undefined {
    const { levels, vector } = this.nest;
    if (lanes === 4 || levels[vector]?.reduced !== true) return undefined;
    const numbers = [0, 1, 2, 3].map((lane) => i32.const(lane < lanes ? 1 : 0));
    return { dtype: "bool", value: packed(numbers, "bool") };
  }

  /** Stores totals, behind the loops that make them. */
  finish(state: InsideLoops, totals: Totals): readonly Statement[] {
    const { levels, vector } = this.nest;
    const { elements } = this;
    return elements.emitted(() => {
      this.roots.forEach((root, place) => {
        if (root.fold === undefined) return;
        const own = [...totals.values()].map((list) => list[place] as Total); // it has a fold
        if (!elements.isVector || levels[vector]?.reduced === true) {
          elements.storeNumber(root, Total.number(own, elements.vectors, elements.scalars), state);
          return;
        }
        [...totals.keys()].forEach((copy, index) => {
          const total = own[index]?.vector();
          if (total !== undefined) elements.store(root, total, state, copy);
        });
      });
    });
  }
}
