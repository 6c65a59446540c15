/**
 * What becomes of a product's result, block by block, while a block is near: code that is told where blocks of
 * matrices begin.
 */

import type { Local } from "../expression.js";
import { local } from "../expression.js";
import { procedure, run, type WasmFunction } from "../function.js";
import type { ValueType } from "../value-type.js";
import { bySize, evenly, overBlocks, placeAt, undivided, wholeRange, type BlockedAxis } from "./blocks.js";
import { shared, type Procedures } from "./procedures.js";
import type { Finish, ProductCode, Way } from "./product-code.js";
import type { Epilogue, MatrixBlock, OrientedSpec } from "./spec.js";

/** Calls of an epilogue, for matrices that begin at these addresses. */
export const finishOf =
  (procedures: Procedures, epilogue: Epilogue | undefined, starts: readonly Local<"i32">[]): Finish =>
  (rows, columns) =>
    epilogue === undefined
      ? []
      : bySize(rows, (height) =>
          bySize(columns, (width) => [
            run(
              blockProcedure(procedures, epilogue, height, width),
              ...epilogue.matrices.map(({ rowStep, columnStep, bytes }, index) =>
                placeAt(
                  placeAt(starts[index]!, rows.first, bytes * rowStep),
                  columns.first,
                  bytes * columnStep,
                ),
              ),
              ...epilogue.parameters,
            ),
          ]),
        );

/** A block is a function of its own, since it is called often: the engine replaces it soon by better code. */
const blockProcedure = (
  procedures: Procedures,
  { name, matrices, parameters, block }: Epilogue,
  rows: number,
  columns: number,
): WasmFunction<readonly ValueType[], undefined> =>
  shared(procedures, `${name} ${rows} ${columns}`, (key) => {
    const places = matrices.map(() => local("i32"));
    const blocks = matrices.map((steps, index): MatrixBlock => ({ ...steps, address: places[index]! }));
    return procedure(key, [...places, ...parameters], block(rows, columns, blocks));
  });

/** Elements of a block of the result that is still near when its sums are complete. */
const nearElements = 16384;

/** An axis of the result in blocks that stay near, if there is an epilogue; `across` elements are in each step along it. */
export const nearBlocks = (
  { epilogue }: OrientedSpec,
  length: number,
  across: number,
  step: number,
): BlockedAxis =>
  epilogue === undefined
    ? undivided(length)
    : evenly(length, Math.max(step, Math.floor(nearElements / across / step) * step), step);

/** Rows of dots and of other small tiles. */
const rowStep = 12;

/** A way that knows of no blocks, for blocks of rows that stay near. */
export const byRows =
  (way: Way): Way =>
  (procedures, lanes, spec): ProductCode => {
    const { columns, left, out } = spec;
    const rows = nearBlocks(spec, spec.rows, columns, rowStep);
    const sizes = [Math.min(rows.block, rows.length), rows.length % rows.block].filter((size) => size > 0);
    const codes = new Map(sizes.map((size) => [size, way(procedures, lanes, { ...spec, rows: size })]));
    return {
      scratchBytes: Math.max(0, ...[...codes.values()].map(({ scratchBytes }) => scratchBytes)),
      statements: (leftStart, rightStart, outStart, scratch, finish) =>
        overBlocks(rows, (down) => [
          ...bySize(
            down,
            (size) =>
              codes
                .get(size)
                ?.statements(
                  placeAt(leftStart, down.first, lanes.bytes * left.rowStep),
                  rightStart,
                  placeAt(outStart, down.first, lanes.bytes * out.rowStep),
                  scratch,
                  finish,
                ) ?? [],
          ),
          ...finish(down, wholeRange(columns)),
        ]),
    };
  };
