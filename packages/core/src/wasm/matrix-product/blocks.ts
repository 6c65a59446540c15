/** The loops of a product over blocks that fit the caches: of columns, in them of the depth, in them of rows. */

import { forRange, select, when } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { i32 } from "../integer.js";

type Number32 = Expression<"i32">;

/** A part of an axis: where it begins, and how long it is, in elements. */
export interface Range {
  readonly first: Number32;
  readonly count: Number32;
  /** What the count may be: of blocks that are whole, and of the last one. */
  readonly sizes: readonly number[];
}

/** An axis in blocks; the last one may be shorter. */
export interface BlockedAxis {
  readonly length: number;
  readonly block: number;
}

/** The three axes of a product in blocks, and the code for each block of them. */
export interface Blockwise {
  readonly rows: BlockedAxis;
  readonly columns: BlockedAxis;
  readonly depth: BlockedAxis;
  readonly beforeColumns?: (columns: Range) => readonly Statement[];
  readonly packColumns?: (columns: Range, depth: Range) => readonly Statement[];
  readonly packRows?: (rows: Range, depth: Range) => readonly Statement[];
  /** Replaces the product in the result, or adds to it where other blocks of the depth came before. */
  readonly multiply: (adds: boolean, rows: Range, columns: Range, depth: Range) => readonly Statement[];
  /** What is done with a block as soon as the whole depth is in it. */
  readonly finish?: (rows: Range, columns: Range) => readonly Statement[];
  readonly afterColumns?: (columns: Range) => readonly Statement[];
}

const none = (): readonly Statement[] => [];

/**
 * The loops over the blocks: of columns, in them of the depth, in them of rows. The first block of the depth replaces
 * what the result holds, the others add to it.
 */
export const blockwise = ({
  rows,
  columns,
  depth,
  beforeColumns = none,
  packColumns = none,
  packRows = none,
  multiply,
  finish = none,
  afterColumns = none,
}: Blockwise): readonly Statement[] => {
  const complete = (adds: boolean, along: Range, then: readonly Statement[]): readonly Statement[] => {
    if (then.length === 0 || depth.block >= depth.length) return then;
    return adds ? [when(i32.eq(i32.add(along.first, along.count), depth.length), then)] : [];
  };
  const across = (adds: boolean, width: Range, along: Range): readonly Statement[] => [
    ...packColumns(width, along),
    ...overBlocks(rows, (height) => [
      ...packRows(height, along),
      ...multiply(adds, height, width, along),
      ...complete(adds, along, finish(height, width)),
    ]),
  ];
  const first = { length: Math.min(depth.block, depth.length), block: depth.block };
  return overBlocks(columns, (width) => [
    ...beforeColumns(width),
    ...overBlocks(first, (along) => across(false, width, along)),
    ...overBlocks(depth, (along) => across(true, width, along), depth.block),
    ...afterColumns(width),
  ]);
};

/** An axis as one range. */
export const wholeRange = (length: number): Range => ({
  first: i32.const(0),
  count: i32.const(length),
  sizes: [length],
});

/** One block needs no loop. */
export const overBlocks = (
  { length, block }: BlockedAxis,
  body: (range: Range) => readonly Statement[],
  from = 0,
): readonly Statement[] => {
  if (from >= length) return [];
  if (from === 0 && block >= length) return body(wholeRange(length));
  const [first, count] = [local("i32"), local("i32")];
  const rest = (length - from) % block;
  const sizes = [...(length - from >= block ? [block] : []), ...(rest === 0 ? [] : [rest])];
  return [
    forRange(first, from, length, block, [
      count.set(smaller(block, i32.sub(length, first))),
      ...body({ first, count, sizes }),
    ]),
  ];
};

/** Code for each of the sizes that a range may have. */
export const bySize = (
  { count, sizes }: Range,
  write: (size: number) => readonly Statement[],
): readonly Statement[] => {
  const [size, other] = sizes;
  if (size === undefined) return [];
  return other === undefined ? write(size) : [when(i32.eq(count, size), write(size), write(other))];
};

const smaller = (a: number, b: Number32): Number32 => select(i32.ltS(b, a), b, i32.const(a));

/** An axis in blocks of about the same length, a multiple of `step`, and at most `most`. */
export const evenly = (length: number, most: number, step: number): BlockedAxis => ({
  length,
  block: roundUp(Math.ceil(length / Math.ceil(length / most)), step),
});

/** An axis as one block. */
export const undivided = (length: number): BlockedAxis => ({ length, block: length });

/** The least multiple of `step` that is not below `value`: ⌈value / step⌉ · step. */
export const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** `base + index · step`, in bytes that are known. */
export const placeAt = (base: Number32, index: Number32, stepBytes: number): Number32 =>
  i32.add(base, i32.mul(index, stepBytes));
