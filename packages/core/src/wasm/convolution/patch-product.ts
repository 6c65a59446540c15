/**
 * A convolution as the product of the kernel with patches of the input, which are packed panel by panel as tiles
 * need them: the matrix of all patches never exists.
 */

import { advance, forRange } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { run } from "../function.js";
import { i32 } from "../integer.js";
import { blockwise, placeAt, type Range } from "../matrix-product/blocks.js";
import type { Lanes } from "../matrix-product/lanes.js";
import { panelsProcedure } from "../matrix-product/panels.js";
import type { Procedures } from "../matrix-product/procedures.js";
import { gatherProcedure } from "./gather.js";
import { planOf, type PatchPlan } from "./patch-plan.js";
import { scatterProcedure } from "./scatter.js";
import type { ConvolutionSpec } from "./spec.js";
import { columnTables, kernelElements, kernelRows, patchElements } from "./tables.js";

type Address = Expression<"i32">;

/** The code of a convolution by patches, and the bytes that it needs at `scratch`. */
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
  { source, height, width, rows, columns, depth, outColumnStep, places }: PatchPlan,
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
