/**
 * The product by tiles, in blocks that fit the caches. An operand is packed where that pays or its elements do not
 * lie as a tile reads them, straight from where it is; otherwise tiles read it in place.
 */

import type { Statement } from "../expression.js";
import { run } from "../function.js";
import { i32 } from "../integer.js";
import { blockwise, evenly, placeAt, roundUp, undivided, type BlockedAxis } from "./blocks.js";
import { nearBlocks } from "./epilogue.js";
import type { Lanes } from "./lanes.js";
import { lieOf, packProcedure } from "./pack.js";
import { panelsProcedure } from "./panels.js";
import type { Procedures } from "./procedures.js";
import type { ProductCode } from "./product-code.js";
import type { OrientedSpec } from "./spec.js";
import { tileShape } from "./tile-shape.js";

/** The code of a product by tiles, in blocks that fit the caches, with operands packed where that pays. */
export const tiledProduct = (procedures: Procedures, lanes: Lanes, spec: OrientedSpec): ProductCode => {
  const plan = planOf(spec, lanes);
  const leftBytes = plan.packsLeft
    ? roundUp(lanes.bytes * roundUp(plan.rows.block, plan.height) * plan.depth.block, 16)
    : 0;
  const rightBytes = plan.packsRight
    ? lanes.bytes * roundUp(plan.columns.block, plan.width) * plan.depth.block
    : 0;
  return {
    scratchBytes: leftBytes + rightBytes,
    statements: (...addresses) => blocksOf(procedures, lanes, spec, plan, leftBytes, addresses),
  };
};

/** How a product is divided. */
interface Plan {
  readonly height: number;
  readonly width: number;
  readonly packsLeft: boolean;
  readonly packsRight: boolean;
  readonly rows: BlockedAxis;
  readonly columns: BlockedAxis;
  readonly depth: BlockedAxis;
}

const blocksOf = (
  procedures: Procedures,
  lanes: Lanes,
  { left, right, out }: OrientedSpec,
  { height, width, packsLeft, packsRight, rows, columns, depth }: Plan,
  leftBytes: number,
  [leftStart, rightStart, outStart, scratch, finish]: Parameters<ProductCode["statements"]>,
): readonly Statement[] => {
  const { bytes } = lanes;
  const packedRight = i32.add(scratch, leftBytes);
  const pack = (length: number, size: number, vectorStep: number, elementStep: number) =>
    packProcedure(
      procedures,
      { lanes, width: size, lie: lieOf(vectorStep, elementStep) },
      length % size === 0 ? [] : [length % size],
    );
  const leftAt = (row: Address, along: Address): Address =>
    placeAt(placeAt(leftStart, row, bytes * left.rowStep), along, bytes * left.columnStep);
  const rightAt = (column: Address, along: Address): Address =>
    placeAt(placeAt(rightStart, column, bytes * right.columnStep), along, bytes * right.rowStep);
  const panels = (adds: boolean) =>
    panelsProcedure(procedures, {
      tile: {
        lanes,
        rows: height,
        columns: width,
        leftRowStep: packsLeft ? 1 : left.rowStep,
        leftColumnStep: packsLeft ? height : left.columnStep,
        rightRowStep: packsRight ? width : right.rowStep,
        outColumnStep: out.columnStep,
        adds,
      },
      leftPanelStep: packsLeft ? "packed" : height * left.rowStep,
      rightPanelStep: packsRight ? "packed" : width,
      lastRows: rows.length % height,
      lastColumns: columns.length % width,
    });
  return blockwise({
    rows,
    columns,
    depth,
    packColumns: ({ first, count }, along) => {
      if (!packsRight) return [];
      const procedure = pack(columns.length, width, right.columnStep, right.rowStep);
      const steps = [bytes * right.columnStep, bytes * right.rowStep] as const;
      return [run(procedure, rightAt(first, along.first), ...steps, count, along.count, packedRight)];
    },
    packRows: ({ first, count }, along) => {
      if (!packsLeft) return [];
      const procedure = pack(rows.length, height, left.rowStep, left.columnStep);
      const steps = [bytes * left.rowStep, bytes * left.columnStep] as const;
      return [run(procedure, leftAt(first, along.first), ...steps, count, along.count, scratch)];
    },
    multiply: (adds, down, across, along) => [
      run(
        panels(adds),
        packsLeft ? scratch : leftAt(down.first, along.first),
        packsRight ? packedRight : rightAt(across.first, along.first),
        placeAt(placeAt(outStart, down.first, bytes * out.rowStep), across.first, bytes * out.columnStep),
        bytes * out.rowStep,
        down.count,
        across.count,
        along.count,
      ),
    ],
    finish,
  });
};

type Address = Parameters<ProductCode["statements"]>[0];

/** Elements of an operand up to which it stays in the second cache, however it lies. */
const nearElements = 65536;

/**
 * A panel of a tile stays in the first cache at this depth of 32-bit elements, and the packed rows below it in the
 * second.
 */
export const blocksOfRows = (rows: number, height: number): BlockedAxis => evenly(rows, 16 * height, height);
/** Up to 1,024 columns, in whole tiles. */
export const blocksOfColumns = (columns: number, width: number): BlockedAxis =>
  evenly(columns, Math.max(1024, width), width);
/** Up to 1,024 bytes of a row: 256 elements of 32 bits. */
export const blocksOfDepth = (depth: number, { bytes }: Lanes): BlockedAxis => evenly(depth, 1024 / bytes, 4);

/**
 * Rows of a large right operand that are walked abreast, each from its beginning to its end, where few rows of the
 * left one use them.
 */
const streams = 8;

const planOf = (spec: OrientedSpec, lanes: Lanes): Plan => {
  const { rows, columns, depth, right } = spec;
  const { height, width } = tileShape(rows, columns, lanes);
  const packsRight =
    right.columnStep !== 1 || (rows > 4 * height && Math.abs(right.rowStep) * depth > 32 * 1024);
  const packsLeft = columns > 4 * width && depth * rows > 16 * 1024;
  const inColumns = packsRight
    ? blocksOfColumns(columns, width)
    : nearBlocks(spec, columns, Math.min(rows, height), width);
  const dividesDepth = packsLeft || packsRight || depth * columns > nearElements;
  return {
    height,
    width,
    packsLeft,
    packsRight,
    rows: packsLeft ? blocksOfRows(rows, height) : nearBlocks(spec, rows, inColumns.block, height),
    columns: inColumns,
    depth: !dividesDepth
      ? undivided(depth)
      : rows <= 3 && !packsRight
        ? evenly(depth, streams, 4)
        : blocksOfDepth(depth, lanes),
  };
};
