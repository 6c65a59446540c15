/**
 * Which loops follow what they read block by block: those over the result of a product, a convolution, or rows by index run
 * on each block of it while that is near, and where nothing else reads the whole, it has no place of its own.
 */

import type { Affine } from "../program/lowering.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { rowMajorStrides, sameShape } from "../tensor/shape.js";
import type { Shape } from "../types/tensor.js";
import type { Analysis } from "./analysis.js";
import { contractionAxes } from "./contract-indices.js";
import { hasProcedure } from "./convolution.js";
import type { FollowedItem, Item, LoopItem, Schedule } from "./items.js";
import { loopAccesses, samePlace } from "./loop-accesses.js";
import { matrixSteps, productAxes } from "./product-axes.js";

/** A schedule in the making: items keep their places, and those that are gone leave theirs empty. */
interface Work {
  readonly items: (Item | undefined)[];
  readonly reads: ReadonlySet<number>[];
  /** Where each variable is given, and where it is read. */
  readonly places: Map<number, number>;
  readonly readers: ReadonlyMap<number, readonly number[]>;
  readonly outputs: ReadonlySet<number>;
}

/** The same schedule with the loops that can follow a product, a convolution or a gather moved behind it, and taken out of where they were. */
export const withFollowers = (program: Program, analysis: Analysis, schedule: Schedule): Schedule => {
  const work = workOf(program, schedule);
  work.items.forEach((item, place) => {
    if (item?.kind !== "structure") return;
    const found = new Search(program, analysis, work, item.equations[0], place).find();
    if (found !== undefined) moveBehind(work, place, found);
  });
  const left = work.items.flatMap((item, place) => (item === undefined ? [] : [{ item, place }]));
  return {
    items: left.map(({ item }) => item),
    reads: left.map(({ place }) => work.reads[place] ?? new Set()),
  };
};

const workOf = (program: Program, { items, reads }: Schedule): Work => {
  const places = new Map<number, number>();
  const readers = new Map<number, number[]>();
  items.forEach(({ equations }, place) => {
    for (const index of equations.flatMap(indicesOf)) places.set(index, place);
    for (const index of reads[place] ?? []) {
      const known = readers.get(index);
      if (known === undefined) readers.set(index, [place]);
      else known.push(place);
    }
  });
  const outputs = program.outputs.flatMap((value) => (isVariableOf(program, value) ? [value.index] : []));
  return { items: [...items], reads: [...reads], places, readers, outputs: new Set(outputs) };
};

const indicesOf = ({ outputs }: Equation): readonly number[] => outputs.map(({ index }) => index);

interface Found {
  readonly item: FollowedItem;
  /** The loops that it was part of, what is left of them, and what that reads. */
  readonly from: number;
  readonly rest: Item | undefined;
  readonly reads: readonly number[];
  readonly restReads: readonly number[];
}

const moveBehind = ({ items, reads, places }: Work, place: number, found: Found): void => {
  const { item, from, rest } = found;
  for (const name of item.names.flatMap(indicesOf)) items[places.get(name) ?? -1] = undefined;
  const own = new Set(item.equations.flatMap(indicesOf));
  for (const index of own) places.set(index, place);
  reads[place] = new Set([...(reads[place] ?? []), ...found.reads.filter((index) => !own.has(index))]);
  reads[from] = new Set(found.restReads);
  items[place] = item;
  items[from] = rest;
};

class Search {
  /** The result by all its names. */
  private readonly indices: Set<number>;
  private readonly names: Equation[] = [];
  private readonly readers: number[] = [];

  constructor(
    private readonly program: Program,
    private readonly analysis: Analysis,
    private readonly work: Work,
    private readonly first: Equation,
    private readonly place: number,
  ) {
    this.indices = new Set(indicesOf(first));
    for (const index of this.indices) this.follow(index);
  }

  /** Finds who reads the result by a name; a reshape of what is stored is another name. */
  private follow(index: number): void {
    for (const place of this.work.readers.get(index) ?? []) {
      const item = this.work.items[place];
      const [name] = item?.kind === "alias" ? indicesOf(item.equations[0]) : [];
      if (item === undefined || name === undefined || this.work.outputs.has(name)) this.readers.push(place);
      else {
        this.names.push(item.equations[0]);
        this.indices.add(name); // visited next
      }
    }
  }

  find(): Found | undefined {
    const from = Math.min(...this.readers);
    const item = this.work.items[from];
    if (item?.kind !== "loops") return undefined;
    const { taken, inOrder } = this.takenFrom(item);
    const left = item.equations.filter((equation) => !taken.includes(equation));
    const [first, ...others] = taken;
    const restReads = this.readsOf(left, item);
    // A pass over the whole that is left would not be saved.
    if (first === undefined || restReads.some((index) => this.indices.has(index))) return undefined;
    const [rest, ...more] = left;
    const isKept =
      !inOrder ||
      this.readers.some((place) => place !== from) ||
      indicesOf(this.first).some((index) => this.work.outputs.has(index));
    return {
      item: {
        kind: "followed",
        equations: [this.first, ...this.names, ...taken],
        names: this.names,
        loop: { ...item, reduced: item.domain.map(() => false), equations: [first, ...others] },
        isKept,
      },
      from,
      rest: rest && { ...item, equations: [rest, ...more] },
      reads: this.readsOf(taken, item),
      restReads,
    };
  }

  private readsOf(equations: readonly Equation[], { domain }: LoopItem): readonly number[] {
    return equations.flatMap((equation) =>
      loopAccesses(this.program, this.analysis, equation, domain.length).reads.flatMap(({ index }) =>
        index < 0 ? [] : [index],
      ),
    );
  }

  /** The equations of a loop that need nothing but the result, each other, and what is there before. */
  private takenFrom({ domain, equations }: LoopItem): {
    readonly taken: readonly Equation[];
    readonly inOrder: boolean;
  } {
    const given = new Set<number>();
    const inOrder: Affine = { start: 0, steps: rowMajorStrides(domain) };
    /** Where all of them read it. */
    let at: Affine | undefined;
    const taken = equations.filter((equation) => {
      if (equation.primitive.lower.kind !== "elementwise") return false;
      const { reads, counts } = loopAccesses(this.program, this.analysis, equation, domain.length);
      const place = at ?? reads.find(({ index }) => this.indices.has(index))?.at;
      const follows = place && followable(this.first, domain, place);
      if (place === undefined || follows === undefined || counts) return false;
      const fits = reads.every((read) => {
        if (this.indices.has(read.index)) return samePlace(domain, read.at, place);
        if (given.has(read.index)) return samePlace(domain, read.at, inOrder);
        const isThere = (this.work.places.get(read.index) ?? -1) < this.place;
        return isThere && follows(read.at);
      });
      const isMine = reads.some(({ index }) => this.indices.has(index) || given.has(index));
      if (!isMine || !fits || !follows(inOrder)) return false;
      at = place;
      for (const index of indicesOf(equation)) given.add(index);
      return true;
    });
    return { taken, inOrder: at !== undefined && samePlace(domain, at, inOrder) };
  }
}

/**
 * Whether loops that read a result at a place can follow it, and then, which accesses they can have: a product's blocks are
 * of its rows and columns, those of others are of the first axes.
 */
const followable = (
  equation: Equation,
  domain: Shape,
  at: Affine,
): ((access: Affine) => boolean) | undefined => {
  const { lower } = equation.primitive;
  if (lower.kind === "contract") {
    const axes = productAxes(contractionAxes(equation), domain, at);
    return axes && ((access) => matrixSteps(domain, access, axes) !== undefined);
  }
  const isInBlocks = lower.kind === "gather" || (lower.kind === "convolve" && hasProcedure(equation));
  const inOrder = { start: 0, steps: rowMajorStrides(domain) };
  const isSame = sameShape(domain, equation.outputs[0]?.shape ?? []) && samePlace(domain, at, inOrder);
  return isInBlocks && isSame ? () => true : undefined;
};
