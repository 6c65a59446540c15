/** How a convolution is divided as a product of matrices, and where its parts stand in the scratch. */

import { commonStep } from "../../tensor/shape.js";
import { roundUp, type BlockedAxis } from "../matrix-product/blocks.js";
import type { Lanes } from "../matrix-product/lanes.js";
import { tileShape } from "../matrix-product/tile-shape.js";
import { blocksOfColumns, blocksOfDepth, blocksOfRows } from "../matrix-product/tiled.js";
import { sourceOf, type Source } from "./source.js";
import type { ConvolutionSpec } from "./spec.js";

/** A convolution as a product, features by outputs over channels and taps: its blocks, tiles and scratch. */
export interface PatchPlan {
  /** So many at a time, a divisor of their number. */
  readonly images: number;
  readonly source: Source;
  readonly height: number;
  readonly width: number;
  readonly rows: BlockedAxis;
  readonly columns: BlockedAxis;
  readonly depth: BlockedAxis;
  /** The one step from column to column of the result; nothing where there is none, and columns are scattered. */
  readonly outColumnStep: number | undefined;
  /** Offsets in the scratch, behind the copy of the input. */
  readonly places: ReturnType<typeof placesOf>;
}

/** Columns from which on images are taken one by one, and up to which they are taken together. */
const fewColumns = 192;
const manyColumns = 2048;
/** The copy of more than one image is at most so large. */
const copyBytes = 2 ** 21;

/** The plan of a spec. Images of few outputs are taken together, so that the product has columns enough. */
export const planOf = (lanes: Lanes, spec: ConvolutionSpec): PatchPlan => {
  const { axes, features, channels, out } = spec;
  const outputs = axes.map((axis) => axis.outputs);
  const perImage = product(outputs);
  const stepWith = (images: number): number | undefined =>
    commonStep([images, ...outputs], [out.imageStep, ...out.steps]);
  const bytesPerImage = sourceOf(lanes, spec, 1).copyBytes;
  const most =
    perImage >= fewColumns && stepWith(1) !== undefined
      ? 1
      : Math.min(
          Math.floor(manyColumns / perImage),
          bytesPerImage === 0 ? Infinity : copyBytes / bytesPerImage,
        );
  const images = largestDivisor(spec.images, most);
  const { height, width } = tileShape(features, images * perImage, lanes);
  const divided = {
    rows: blocksOfRows(features, height),
    columns: blocksOfColumns(images * perImage, width),
    depth: blocksOfDepth(channels * product(axes.map(({ taps }) => taps)), lanes),
  };
  const source = sourceOf(lanes, spec, images);
  const outColumnStep = stepWith(images);
  return {
    images,
    source,
    height,
    width,
    ...divided,
    outColumnStep,
    places: placesOf(
      lanes,
      { ...divided, height, width, scatters: outColumnStep === undefined },
      source.copyBytes,
    ),
  };
};

/** Tables come before panels: what is read behind the end of one is there. */
const placesOf = (
  { bytes }: Lanes,
  {
    rows,
    columns,
    depth,
    height,
    width,
    scatters,
  }: Pick<PatchPlan, "rows" | "columns" | "depth" | "height" | "width"> & { readonly scatters: boolean },
  start: number,
) => {
  let end = start;
  const place = (length: number): number => {
    const begin = end;
    end = roundUp(begin + length, 16);
    return begin;
  };
  const blockRows = roundUp(rows.block, height);
  const blockColumns = roundUp(columns.block, width);
  return {
    patchElements: place(4 * depth.length),
    kernelElements: place(4 * depth.length),
    kernelRows: place(4 * rows.length),
    columns: place(4 * blockColumns),
    outColumns: place(scatters ? 4 * blockColumns : 0),
    left: place(bytes * blockRows * depth.block),
    right: place(bytes * blockColumns * depth.block),
    result: place(scatters ? bytes * rows.length * blockColumns : 0),
    resultRowBytes: bytes * blockColumns,
    end,
  };
};

/** The product of numbers, 1 of none. */
export const product = (numbers: readonly number[]): number =>
  numbers.reduce((all, number) => all * number, 1);

/** The largest divisor that is at most so large. */
const largestDivisor = (of: number, most: number): number => {
  for (let divisor = Math.min(of, Math.floor(most)); divisor > 1; divisor--)
    if (of % divisor === 0) return divisor;
  return 1;
};
