/** Arbitrary shapes, axes and dtypes. */

import * as fc from "fast-check";
import type { DType, Shape } from "../../types/tensor.js";
import { optionsOf } from "../../trace/options.js";

/** The options of `arbitraries.shape`. */
export interface ShapeOptions {
  /** Axes: from 0 to 3 if left out. */
  readonly minRank?: number;
  readonly maxRank?: number;
  /** Lengths of axes: from 1 to 4 if left out; 0 gives empty tensors too. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The most elements; 64 if left out. */
  readonly maxSize?: number;
}

/** Their names. */
export const shapeOptions = ["minRank", "maxRank", "minLength", "maxLength", "maxSize"] as const;

/** Shapes; they shrink to fewer and shorter axes. */
export const shape = (options?: ShapeOptions): fc.Arbitrary<Shape> => {
  const given = optionsOf("shape", options, shapeOptions);
  const { minRank = 0, minLength = 1, maxSize = 64 } = given;
  const { maxRank = Math.max(3, minRank), maxLength = Math.max(4, minLength) } = given;
  return fc
    .array(fc.integer({ min: minLength, max: maxLength }), {
      minLength: minRank,
      maxLength: maxRank,
      size: "max",
    })
    .map((lengths) => cropped(lengths, maxSize, minLength));
};

/** Lengths from the first one that is too much on are as short as they may be. */
const cropped = (lengths: readonly number[], maxSize: number, minLength: number): Shape => {
  let size = 1;
  return lengths.map((length) => {
    const kept =
      size * length <= maxSize
        ? length
        : Math.max(minLength, Math.min(length, Math.floor(maxSize / size)), 1);
    size *= Math.max(1, kept);
    return kept;
  });
};

/** Shapes that broadcast to one. */
export interface Broadcastable {
  readonly shapes: readonly Shape[];
  /** What they broadcast to. */
  readonly result: Shape;
}

/** As many shapes as said (a pair, if nothing is) that broadcast together; they shrink to equal, then to small ones. */
export const broadcastable = (count = 2, options?: ShapeOptions): fc.Arbitrary<Broadcastable> =>
  shape(optionsOf("broadcastable", options, shapeOptions)).chain((whole) =>
    fc
      .array(
        fc.record({
          dropped: fc.integer({ min: 0, max: whole.length }),
          stretched: fc.array(fc.boolean(), { minLength: whole.length, maxLength: whole.length }),
        }),
        { minLength: count, maxLength: count },
      )
      .map((parts) => {
        const shapes = parts.map(({ dropped, stretched }) =>
          whole.map((length, axis) => (stretched[axis] === true ? 1 : length)).slice(dropped),
        );
        return { shapes, result: togetherOf(shapes) };
      }),
  );

const togetherOf = (shapes: readonly Shape[]): Shape => {
  const rank = Math.max(0, ...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((one) => one[axis - rank + one.length] ?? 1);
    return lengths.find((length) => length !== 1) ?? 1;
  });
};

/** One of the dtypes named, or of all; it shrinks to the first. */
export const dtype = <D extends DType = DType>(...among: readonly D[]): fc.Arbitrary<D> =>
  fc.constantFrom(
    ...(among.length > 0
      ? among
      : (["float32", "float64", "int32", "uint32", "bool"] as readonly DType[] as readonly D[])),
  ); // all of DType, where D has its default

/** An axis of a rank, counted from either end. */
export const axis = (rank: number): fc.Arbitrary<number> => fc.integer({ min: -rank, max: rank - 1 });

/** Different axes of a rank, possibly none, each counted from either end. */
export const axes = (rank: number): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.boolean(), { minLength: rank, maxLength: rank }).chain((chosen) => {
    const found = chosen.flatMap((is, index) => (is ? [index] : []));
    return fc
      .array(fc.boolean(), { minLength: found.length, maxLength: found.length })
      .map((fromEnd) => found.map((index, place) => (fromEnd[place] === true ? index - rank : index)));
  });

/** The axes of a rank in some order. */
export const permutation = (rank: number): fc.Arbitrary<readonly number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: rank }, (_, index) => index),
    { minLength: rank, maxLength: rank },
  );

/** What `slice` takes. */
export interface SliceArguments {
  readonly starts: readonly number[];
  readonly stops: readonly number[];
  readonly steps: readonly number[];
}

/** A part of a shape: for each axis a start, a stop that is not before it, and a step. */
export const slices = (of: Shape): fc.Arbitrary<SliceArguments> =>
  fc
    .tuple(
      ...of.map((length) =>
        fc.tuple(
          fc.integer({ min: 0, max: length }),
          fc.integer({ min: 0, max: length }),
          fc.integer({ min: 1, max: Math.max(1, length) }),
        ),
      ),
    )
    .map((parts) => ({
      starts: parts.map(([a, b]) => Math.min(a, b)),
      stops: parts.map(([a, b]) => Math.max(a, b)),
      steps: parts.map(([, , step]) => step),
    }));
