/** The tables of offsets by which the kernel and patches of the input are packed: i32s, in bytes. */

import { advance, forRange } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { i32 } from "../integer.js";
import { placeAt, type Range } from "../matrix-product/blocks.js";
import type { Lanes } from "../matrix-product/lanes.js";
import { nested } from "./nested.js";
import type { Source } from "./source.js";
import type { ConvolutionSpec } from "./spec.js";

type Address = Expression<"i32">;

/** Of every channel and tap, from a patch's first element. */
export const patchElements = (
  { channels, axes }: ConvolutionSpec,
  source: Source,
  table: Address,
): readonly Statement[] =>
  offsetsOf(
    [channels, ...axes.map(({ taps }) => taps)],
    [source.channelBytes, ...source.tapBytes.slice(0, -1), 0],
    table,
    source.lastTap,
  );

/** Of every channel and tap of a feature. */
export const kernelElements = (
  { bytes }: Lanes,
  { channels, axes, kernel }: ConvolutionSpec,
  table: Address,
): readonly Statement[] =>
  offsetsOf(
    [channels, ...axes.map(({ taps }) => taps)],
    [kernel.channelStep, ...kernel.steps].map((step) => bytes * step),
    table,
  );

/** Of every feature. */
export const kernelRows = (
  { bytes }: Lanes,
  { features, kernel }: ConvolutionSpec,
  table: Address,
): readonly Statement[] => offsetsOf([features], [bytes * kernel.featureStep], table);

/** Sums of steps, and of what a function gives for the last index. */
const offsetsOf = (
  shape: readonly number[],
  steps: readonly number[],
  table: Address,
  last: (index: Address) => Address = () => i32.const(0),
): readonly Statement[] => {
  const to = local("i32");
  return [
    to.set(table),
    ...nested(shape, [{ start: i32.const(0), steps }], ([offset], index) => [
      i32.store(to, i32.add(offset!, last(index))),
      advance(to, 4),
    ]),
  ];
};

/**
 * Where the patches of some columns begin, and, if there is a table for it, where their results are. A column is an
 * image and its outputs.
 */
export const columnTables = (
  { bytes }: Lanes,
  { axes, out }: ConvolutionSpec,
  source: Source,
  columns: Range,
  table: Address,
  outTable: Address | undefined,
): readonly Statement[] => {
  const [column, rest, patch, result] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const index = local("i32");
  // From the innermost axis outwards.
  const decomposed = axes
    .map(({ outputs }, axis) => [
      index.set(i32.remU(rest, outputs)),
      rest.set(i32.divU(rest, outputs)),
      advance(
        patch,
        axis === axes.length - 1 ? source.lastOutput(index) : i32.mul(index, source.outputBytes[axis]!),
      ),
      advance(result, i32.mul(index, bytes * out.steps[axis]!)),
    ])
    .reverse()
    .flat();
  return [
    forRange(column, 0, columns.count, 1, [
      rest.set(i32.add(columns.first, column)),
      patch.set(0),
      result.set(0),
      ...decomposed,
      i32.store(placeAt(table, column, 4), i32.add(patch, i32.mul(rest, source.imageBytes))),
      ...(outTable === undefined
        ? []
        : [i32.store(placeAt(outTable, column, 4), i32.add(result, i32.mul(rest, bytes * out.imageStep)))]),
    ]),
  ];
};
