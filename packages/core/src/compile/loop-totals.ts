/** Totals of loops: where they begin, how many there are side by side, and where they go. */

import type { Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { isOrderFree } from "./folds.js";
import type { InsideLoops, Totals } from "./inside-loops.js";
import { packed, type Lane } from "./lanes.js";
import type { LoopElements } from "./loop-elements.js";
import type { Nest } from "./loop-axes.js";
import type { Root } from "./loop-job.js";
import { Total } from "./total.js";

/** A float32 sum is flushed into float64 after this many additions: equal numbers are rounded alike each time, by up to a quarter of that in ulp. */
export const partLength = 16;

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

  /** New ones for at most so many copies of a body. */
  forCopies(copies: number): Totals {
    return this.roots.map((root) => this.newTotals(root, copies));
  }

  /** What comes in front of the loops: those that something is added to begin. */
  begin(totals: Totals): readonly Statement[] {
    return used(totals.flat()).flatMap((total) => total.begin());
  }

  private newTotals({ fold, dtype }: Root, copies: number): readonly Total[] {
    if (fold === undefined) return [];
    const { emit, isVector } = this.elements;
    const of = fold === "all" || fold === "any" ? "bool" : dtype;
    const count = this.reducesVectors && isOrderFree(fold, of) ? 1 : copies;
    return Array.from({ length: count }, () => new Total(fold, of, emit, isVector, this.isLong));
  }

  /** Whether vectors are of elements of one total: so are the copies' then. */
  private get reducesVectors(): boolean {
    const { levels, vector } = this.nest;
    return levels[vector]?.reduced === true;
  }

  /** Adds the elements of a root, one a copy of the body. */
  add(place: number, elements: readonly Lane[], state: InsideLoops): void {
    const totals = state.totals[place] ?? [];
    const mask = this.maskOf(state);
    totals.forEach((total, index) => {
      total.add(totals.length === 1 ? elements : elements.slice(index, index + 1), mask);
    });
  }

  /** After a part of a long loop. */
  flushes({ totals }: InsideLoops): readonly Statement[] {
    return used(totals.flat()).flatMap((total) => total.flush());
  }

  /** Of a reduced vector the lanes that exist. */
  private maskOf({ lanes }: InsideLoops): Lane | undefined {
    if (lanes === 4 || !this.reducesVectors) return undefined;
    const numbers = [0, 1, 2, 3].map((lane) => i32.const(lane < lanes ? 1 : 0));
    return { dtype: "bool", value: packed(numbers, "bool") };
  }

  /** Stores totals, behind the loops that make them. */
  finish(state: InsideLoops, totals: Totals): readonly Statement[] {
    const { elements } = this;
    return elements.emitted(() => {
      this.roots.forEach((root, place) => {
        if (root.fold === undefined) return;
        const own = used(totals[place] ?? []);
        if (!elements.isVector || this.reducesVectors)
          elements.storeNumber(root, Total.numberOf(own, elements.scalars), state);
        else own.forEach((total, copy) => elements.store(root, total.lane(), state, copy));
      });
    });
  }
}

const used = (totals: readonly Total[]): readonly Total[] => totals.filter(({ isUsed }) => isUsed);
