/**
 * A convolution as the product of the kernel with patches of the input, which are packed panel by panel as tiles need them: the matrix of all
 * patches never exists.
 */

import { advance, forRange } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { run } from "../function.js";
import { i32 } from "../integer.js";
import { blockwise, placeAt, roundUp, type BlockedAxis, type Range } from "../matrix-product/blocks.js";
import type { Lanes } from "../matrix-product/lanes.js";
import { panelsProcedure } from "../matrix-product/panels.js";
import type { Procedures } from "../matrix-product/procedures.js";
import { tileShape } from "../matrix-product/tile-shape.js";
import { blocksOfColumns, blocksOfDepth, blocksOfRows } from "../matrix-product/tiled.js";
import { gatherProcedure } from "./gather.js";
import { scatterProcedure } from "./scatter.js";
import { sourceOf, type Source } from "./source.js";
import type { ConvolutionSpec } from "./spec.js";
import { columnTables, kernelElements, kernelRows, patchElements } from "./tables.js";

type Address = Expression<"i32">;

export interface PatchProduct {
  readonly scratchBytes: number;
  /** What is the same for all groups. */
  readonly before: (scratch: Address) => readonly Statement[];
  /** One group. */
  readonly statements: (
    input: Address,
    kernel: Address,
    out: Address,
    scratch: Address,
  ) => readonly Statement[];
}

/** The rows are features, the columns outputs of some images, and the depth channels and taps. */
export const patchProduct = (procedures: Procedures, lanes: Lanes, spec: ConvolutionSpec): PatchProduct => {
  const plan = planOf(lanes, spec);
  const { source, places } = plan;
  return {
    scratchBytes: places.end,
    before: (scratch) => [
      ...source.clear(scratch),
      ...patchElements(spec, source, i32.add(scratch, places.patchElements)),
      ...kernelElements(lanes, spec, i32.add(scratch, places.kernelElements)),
      ...kernelRows(lanes, spec, i32.add(scratch, places.kernelRows)),
    ],
    statements: (input, kernel, out, scratch) => {
      const [part, images, result] = [local("i32"), local("i32"), local("i32")];
      return [
        images.set(input),
        result.set(out),
        forRange(part, 0, spec.images, plan.images, [
          ...source.copy(images, scratch),
          ...productOf(procedures, lanes, spec, plan, {
            patches: i32.add(source.copyBytes === 0 ? images : scratch, source.startBytes),
            kernel,
            out: result,
            scratch,
          }),
          advance(images, lanes.bytes * spec.input.imageStep * plan.images),
          advance(result, lanes.bytes * spec.out.imageStep * plan.images),
        ]),
      ];
    },
  };
};

interface Plan {
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

const planOf = (lanes: Lanes, spec: ConvolutionSpec): Plan => {
  const { axes, features, channels, out } = spec;
  const outputs = axes.map((axis) => axis.outputs);
  const perImage = product(outputs);
  const stepWith = (images: number): number | undefined =>
    stepOf([images, ...outputs], [out.imageStep, ...out.steps]);
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
  }: Pick<Plan, "rows" | "columns" | "depth" | "height" | "width"> & { readonly scatters: boolean },
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

interface Addresses {
  readonly patches: Address;
  readonly kernel: Address;
  readonly out: Address;
  readonly scratch: Address;
}

const productOf = (
  procedures: Procedures,
  lanes: Lanes,
  spec: ConvolutionSpec,
  { source, height, width, rows, columns, depth, outColumnStep, places }: Plan,
  { patches, kernel, out, scratch }: Addresses,
): readonly Statement[] => {
  const at = (offset: number): Address => i32.add(scratch, offset);
  const tableAt = (offset: number, index: Address): Address => placeAt(at(offset), index, 4);
  const gather = (length: number, size: number) => gatherProcedure(procedures, lanes, size, length % size);
  const panels = (adds: boolean) =>
    panelsProcedure(procedures, {
      tile: {
        lanes,
        rows: height,
        columns: width,
        leftRowStep: 1,
        leftColumnStep: height,
        rightRowStep: width,
        outColumnStep: outColumnStep ?? 1,
        adds,
      },
      leftPanelStep: "packed",
      rightPanelStep: "packed",
      lastRows: rows.length % height,
      lastColumns: columns.length % width,
    });
  const featureBytes = lanes.bytes * spec.out.featureStep;
  const rowBytes = outColumnStep === undefined ? places.resultRowBytes : featureBytes;
  const resultAt = (row: Address, column: Address): Address =>
    outColumnStep === undefined
      ? placeAt(at(places.result), row, rowBytes)
      : placeAt(placeAt(out, row, rowBytes), column, lanes.bytes * outColumnStep);
  return blockwise({
    rows,
    columns,
    depth,
    beforeColumns: (across) =>
      columnTables(
        lanes,
        spec,
        source,
        across,
        at(places.columns),
        outColumnStep === undefined ? at(places.outColumns) : undefined,
      ),
    packColumns: ({ count }, along) => [
      run(
        gather(columns.length, width),
        patches,
        at(places.columns),
        tableAt(places.patchElements, along.first),
        count,
        along.count,
        at(places.right),
      ),
    ],
    packRows: ({ first, count }, along) => [
      run(
        gather(rows.length, height),
        kernel,
        tableAt(places.kernelRows, first),
        tableAt(places.kernelElements, along.first),
        count,
        along.count,
        at(places.left),
      ),
    ],
    multiply: (adds, down, across, along) => [
      run(
        panels(adds),
        at(places.left),
        at(places.right),
        resultAt(down.first, across.first),
        rowBytes,
        down.count,
        across.count,
        along.count,
      ),
    ],
    afterColumns: ({ count }: Range) =>
      outColumnStep === undefined
        ? [
            run(
              scatterProcedure(procedures, lanes),
              at(places.result),
              rowBytes,
              out,
              featureBytes,
              at(places.outColumns),
              rows.length,
              count,
            ),
          ]
        : [],
  });
};

const product = (numbers: readonly number[]): number => numbers.reduce((all, number) => all * number, 1);

/** The largest divisor that is at most so large. */
const largestDivisor = (of: number, most: number): number => {
  for (let divisor = Math.min(of, Math.floor(most)); divisor > 1; divisor--)
    if (of % divisor === 0) return divisor;
  return 1;
};

/** The one step of several axes walked as one, if there is one. */
const stepOf = (shape: readonly number[], steps: readonly number[]): number | undefined => {
  let step: number | undefined;
  let expected = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] === 1) continue;
    if (step === undefined) step = steps[axis]!;
    else if (steps[axis] !== expected) return undefined;
    expected = steps[axis]! * shape[axis]!;
  }
  return step ?? 1;
};
