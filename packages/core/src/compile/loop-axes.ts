/** Which loops a kernel has: axes that are walked as one, their order, and the one that is walked four elements at a time. */

import type { Affine } from "../program/lowering.js";
import type { Shape } from "../types/tensor.js";

export interface LoopAxis {
  readonly length: number;
  readonly reduced: boolean;
  /** The axis of the domain whose steps count. */
  readonly source: number;
}

export interface Nest {
  readonly levels: readonly LoopAxis[];
  /** The level of vectors, -1 if there is none. */
  readonly vector: number;
  /** The number of levels that are not reduced: they come first. */
  readonly parallel: number;
}

/** A loop of vectors has fewer elements: it counts the bytes of elements of 32 bits, as a signed number. */
const mostElements = 2 ** 29;

/** Axes of length 1 are gone; neighbours that every access walks without a jump are one, if that is not too long. */
const mergedAxes = (
  domain: Shape,
  reduced: readonly boolean[],
  accesses: readonly Affine[],
): readonly LoopAxis[] => {
  const axes: LoopAxis[] = [];
  domain.forEach((length, source) => {
    if (length === 1) return;
    const axis: LoopAxis = { length, reduced: reduced[source] === true, source };
    const last = axes.at(-1);
    const joins =
      last?.reduced === axis.reduced &&
      last.length * length < mostElements &&
      accesses.every(({ steps }) => (steps[last.source] ?? 0) === (steps[source] ?? 0) * length);
    if (last !== undefined && joins) axes[axes.length - 1] = { ...axis, length: last.length * length };
    else axes.push(axis);
  });
  return axes;
};

/** How well accesses suit an axis: elements side by side are good, elements apart bad. */
const suits = (axis: LoopAxis, loads: readonly Affine[], stores: readonly Affine[]): number => {
  const worth = ({ steps }: Affine): number => {
    const step = steps[axis.source] ?? 0;
    return step === 1 ? 2 : step === 0 ? 1 : -2;
  };
  const read = loads.reduce((sum, access) => sum + worth(access), 0);
  const written = stores.reduce((sum, access) => sum + (axis.reduced ? 0 : worth(access)), 0);
  return read + written;
};

/** The loops over a domain: axes merged where all accesses allow it, ordered by what the accesses like, the innermost with lanes. */
export const nestOf = (
  domain: Shape,
  reduced: readonly boolean[],
  loads: readonly Affine[],
  stores: readonly Affine[],
  mayVectorise: boolean,
): Nest => {
  const axes = mergedAxes(domain, reduced, [...loads, ...stores]);
  const candidates = mayVectorise ? axes.filter(({ length }) => length >= 2 && length < mostElements) : [];
  let best: LoopAxis | undefined;
  let bestWorth = -Infinity;
  for (const axis of candidates) {
    const worth = suits(axis, loads, stores) + (axis.length >= 4 ? 0 : -3);
    if (worth >= bestWorth) [best, bestWorth] = [axis, worth];
  }
  const others = axes.filter((axis) => axis !== best);
  const parallel = others.filter((axis) => !axis.reduced);
  const folded = others.filter((axis) => axis.reduced);
  if (best === undefined) return { levels: [...parallel, ...folded], vector: -1, parallel: parallel.length };
  if (best.reduced)
    return { levels: [...parallel, ...folded, best], vector: others.length, parallel: parallel.length };
  return { levels: [...parallel, best, ...folded], vector: parallel.length, parallel: parallel.length + 1 };
};
