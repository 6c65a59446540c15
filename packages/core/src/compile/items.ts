/** The order of work: equations whose loops have the same domain, and do not wait for each other, become one loop. */

import type { ContractParams } from "../primitives/contract.js";
import type { Equation, Program } from "../program/program.js";
import { isVariableOf } from "../program/program.js";
import type { Shape } from "../types/tensor.js";
import { sameShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Analysis } from "./analysis.js";

/** Equations that share a loop over one domain, and which of its axes are added up. */
export interface LoopItem {
  readonly kind: "loops";
  readonly domain: Shape;
  readonly reduced: readonly boolean[];
  readonly equations: [Equation, ...Equation[]];
}

/** An equation with code of its own, and what becomes of its result block by block. */
export interface FollowedItem {
  readonly kind: "followed";
  /** The first, the reshapes that give its result other names, and the equations of the loop. */
  readonly equations: readonly [Equation, ...Equation[]];
  readonly names: readonly Equation[];
  readonly loop: LoopItem;
  /** Whether the result has a place of its own: it is read elsewhere, or in another order than others are written. */
  readonly isKept: boolean;
}

/** One piece of work: equations that are written together. */
export type Item =
  | LoopItem
  | FollowedItem
  | { readonly kind: "lanes" | "structure" | "parts" | "alias"; readonly equations: readonly [Equation] };

/** The most results of one loop. */
const mostRoots = 12;
/** How far back a loop is looked for that another can join. */
const lookedBack = 24;
/** Shorter rows are not added up in the loop that gives them: without totals it takes them side by side, in whole vectors. */
const shortRow = 32;

/** All work of a program in its order. */
export interface Schedule {
  readonly items: readonly Item[];
  /** What each item reads: the indices of stored variables and inputs. */
  readonly reads: readonly ReadonlySet<number>[];
}

interface Needs {
  /** Read at the very place of the loop, and elsewhere. */
  readonly near: ReadonlySet<number>;
  readonly far: ReadonlySet<number>;
}

/** The domain that a loop runs over for an equation, and which of its axes are reduced. */
const domainOf = (equation: Equation): { readonly domain: Shape; readonly reduced: readonly boolean[] } => {
  const { primitive, inputs, outputs, params } = equation;
  const { lower } = primitive;
  if (lower.kind === "reduce") {
    const axes = lower.axes(params);
    const domain = inputs[0]?.shape ?? [];
    return { domain, reduced: domain.map((_, axis) => axes.includes(axis)) };
  }
  const shape = outputs[0]?.shape ?? [];
  if (lower.kind === "contract") {
    const { contracted } = params as ContractParams; // of a contraction
    const depths = contracted[0].map((axis) => inputs[0]?.shape[axis] ?? 1);
    return {
      domain: [...shape, ...depths],
      reduced: [...shape.map(() => false), ...depths.map(() => true)],
    };
  }
  return { domain: shape, reduced: shape.map(() => false) };
};

/** Whether an equation adds elements up. A product of which nothing is summed is stored like any other. */
export const isTotal = (equation: Equation): boolean => {
  const { kind } = equation.primitive.lower;
  return kind === "reduce" || (kind === "contract" && domainOf(equation).reduced.includes(true));
};

/** Puts the equations in an order, and those that can share a loop into one. */
export const schedule = (program: Program, analysis: Analysis): Schedule => {
  const items: Item[] = [];
  const reads: Set<number>[] = [];
  const positions = new Map<number, number>();
  const known = new Map<number, Needs>();
  const needsOf = (value: Value): Needs => {
    if (!isVariableOf(program, value)) return nothing;
    const { index } = value;
    const giver = analysis.givers.get(index);
    if (giver === undefined || analysis.stored.has(index)) return { near: new Set([index]), far: none };
    const before = known.get(index);
    if (before !== undefined) return before;
    const needs = needsOfEquation(giver);
    known.set(index, needs);
    return needs;
  };
  const needsOfEquation = (equation: Equation): Needs => {
    const parts = equation.inputs.map(needsOf);
    const near = new Set(parts.flatMap((part) => [...part.near]));
    const far = new Set(parts.flatMap((part) => [...part.far]));
    const { kind } = equation.primitive.lower;
    return kind === "elementwise" || kind === "reduce"
      ? { near, far }
      : { near: none, far: new Set([...near, ...far]) };
  };
  const all = ({ near, far }: Needs): readonly number[] => [...near, ...far];

  for (const equation of program.equations) {
    const way = analysis.ways.get(equation);
    const isRead = equation.outputs.some(({ index }) => analysis.stored.has(index));
    if (way === "loops" && !isRead) continue;
    const needs = needsOfEquation(equation);
    const { kind } = equation.primitive.lower;
    const append = (item: Item): void => {
      items.push(item);
      reads.push(new Set(all(needs)));
      for (const { index } of equation.outputs) positions.set(index, items.length - 1);
    };
    const [input] = equation.inputs;
    const isAlias =
      kind === "reshape" &&
      isVariableOf(program, input) &&
      (analysis.stored.has(input.index) || !analysis.givers.has(input.index));
    if (way !== "loops") append({ kind: way ?? "structure", equations: [equation] });
    else if (isAlias) append({ kind: "alias", equations: [equation] });
    else if (kind === "parts") append({ kind: "parts", equations: [equation] });
    else {
      const { domain, reduced } = domainOf(equation);
      // A reduction over no axes has a total for each element.
      const isAlone = kind === "reduce" && !reduced.includes(true);
      const place = isAlone ? undefined : joinable(items, positions, needs, domain, reduced, analysis);
      const joined = place === undefined ? undefined : items[place];
      if (place !== undefined && joined?.kind === "loops") {
        joined.equations.push(equation);
        // Loops take their order from the first of their reductions.
        if (reduced.includes(true)) items[place] = { ...joined, reduced };
        for (const index of all(needs)) reads[place]?.add(index);
        for (const { index } of equation.outputs) positions.set(index, place);
      } else append({ kind: "loops", domain, reduced, equations: [equation] });
    }
  }
  return { items, reads };
};

const none: ReadonlySet<number> = new Set();
const nothing: Needs = { near: none, far: none };

/** The last loop that an equation with these needs can join. */
const joinable = (
  items: readonly Item[],
  positions: ReadonlyMap<number, number>,
  { near, far }: Needs,
  domain: Shape,
  reduced: readonly boolean[],
  analysis: Analysis,
): number | undefined => {
  let latest = -1;
  for (const index of far) latest = Math.max(latest, positions.get(index) ?? -1);
  // What a loop gives element by element can be read in the same loop.
  let same = -1;
  for (const index of near) same = Math.max(same, positions.get(index) ?? -1);
  const isReduced = reduced.includes(true);
  for (
    let place = items.length - 1;
    place > latest && place >= same && place >= items.length - lookedBack;
    place--
  ) {
    const item = items[place];
    if (item?.kind !== "loops" || item.equations.length >= mostRoots) continue;
    if (!sameShape(item.domain, domain)) continue;
    const itemReduced = item.reduced.includes(true);
    const agrees = !isReduced || !itemReduced || item.reduced.every((is, axis) => is === reduced[axis]);
    if (!agrees) continue;
    if (isReduced && !itemReduced && !addsRows(domain, reduced)) continue;
    if (place > same) return place;
    const given = [...near].filter((index) => positions.get(index) === place);
    const readable = given.every((index) => {
      return analysis.givers.get(index)?.primitive.lower.kind === "elementwise";
    });
    if (readable) return place;
  }
  return undefined;
};

/** Whether totals are those of long rows, so that loops that give the elements have them in the order in which they are added. */
const addsRows = (domain: Shape, reduced: readonly boolean[]): boolean => {
  const first = reduced.indexOf(true);
  return !reduced.includes(false, first) && sizeOfShape(domain.slice(first)) >= shortRow;
};
