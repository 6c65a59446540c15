/** A block of the result as tiles: each panel of columns meets all panels of rows while it is in the nearest cache. */

import { advance, forRange, when } from "../control.js";
import { local, type Statement } from "../expression.js";
import { procedure, run, type WasmFunction } from "../function.js";
import { i32 } from "../integer.js";
import { shared, type Integers, type Procedures } from "./procedures.js";
import { tileProcedure, type TileSpec } from "./tile.js";

/** A block of the result as tiles, and how its operands' panels follow each other. */
export interface PanelsSpec {
  /** Its rows and columns are those of a whole tile. */
  readonly tile: TileSpec;
  /**
   * How many elements further each panel begins: fixed, or, where panels are packed, as many as one holds at the
   * depth of the call.
   */
  readonly leftPanelStep: number | "packed";
  readonly rightPanelStep: number | "packed";
  /** Rows and columns of the tiles at the end of the last block; 0 where they are whole. */
  readonly lastRows: number;
  readonly lastColumns: number;
}

/** `(left, right, to, rowBytes, rows, columns, depth)`: `rows` by `columns` of the result at `to`. */
export const panelsProcedure = (
  procedures: Procedures,
  spec: PanelsSpec,
): WasmFunction<Integers<7>, undefined> => {
  const { tile, leftPanelStep, rightPanelStep, lastRows, lastColumns } = spec;
  const { lanes, ...numbers } = tile;
  const steps = [leftPanelStep, rightPanelStep, lastRows, lastColumns];
  const key = `panels ${lanes.key} ${Object.values(numbers).join()} ${steps.join()}`;
  return shared(procedures, key, (name) => {
    const [left, right, to, rowBytes] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const [rows, columns, depth] = [local("i32"), local("i32"), local("i32")];
    const [row, column, leftPanel, place] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const panelBytes = (step: number | "packed", width: number) =>
      step === "packed" ? i32.mul(depth, lanes.bytes * width) : lanes.bytes * step;

    const down = (width: number): readonly Statement[] => {
      const part = (height: number) =>
        run(
          tileProcedure(procedures, { ...tile, rows: height, columns: width }),
          leftPanel,
          right,
          place,
          rowBytes,
          depth,
        );
      return [
        leftPanel.set(left),
        place.set(i32.add(to, i32.mul(column, lanes.bytes * tile.outColumnStep))),
        // Counted from the last row of each tile, so that a tile that lacks rows is none.
        forRange(row, tile.rows - 1, rows, tile.rows, [
          part(tile.rows),
          advance(leftPanel, panelBytes(leftPanelStep, tile.rows)),
          advance(place, i32.mul(rowBytes, tile.rows)),
        ]),
        ...(lastRows === 0 ? [] : [when(i32.remU(rows, tile.rows), [part(lastRows)])]),
      ];
    };

    const ends = i32.sub(columns, tile.columns - 1);
    return procedure(
      name,
      [left, right, to, rowBytes, rows, columns, depth],
      [
        forRange(column, 0, ends, tile.columns, [
          ...down(tile.columns),
          advance(right, panelBytes(rightPanelStep, tile.columns)),
        ]),
        ...(lastColumns === 0 ? [] : [when(i32.remU(columns, tile.columns), down(lastColumns))]),
      ],
    );
  });
};
