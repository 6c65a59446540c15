/** The float32 matrix product as a module: packing, and the loops over tiles. */

import { advance, forRange } from "../control.js";
import { local } from "../expression.js";
import { procedure, run } from "../function.js";
import { i32 } from "../integer.js";
import { assemble, type WasmModule } from "../module.js";
import { packProcedure } from "./pack.js";
import { tileColumns, tileProcedure, tileRows } from "./tile.js";

/**
 * `rows` by `columns` of the result at `to` += the product of packed panels. Each panel of columns meets all panels of
 * rows while it is in the nearest cache.
 */
const panelsProcedure = (fused: boolean) => {
  const tile = tileProcedure(fused);
  const [left, right, to, rowBytes] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const [rows, columns, depth] = [local("i32"), local("i32"), local("i32")];
  const [row, column] = [local("i32"), local("i32")];
  const [leftPanel, place] = [local("i32"), local("i32")];
  return procedure(
    "panels",
    [left, right, to, rowBytes, rows, columns, depth],
    [
      forRange(column, 0, columns, tileColumns, [
        leftPanel.set(left),
        place.set(i32.add(to, i32.shl(column, 2))),
        forRange(row, 0, rows, tileRows, [
          run(tile, leftPanel, right, place, rowBytes, depth),
          advance(leftPanel, i32.mul(depth, 4 * tileRows)),
          advance(place, i32.mul(rowBytes, tileRows)),
        ]),
        advance(right, i32.mul(depth, 4 * tileColumns)),
      ]),
    ],
  );
};

/** The name under which the module imports its memory. */
export const memoryName = { from: "host", name: "memory" } as const;

/** Exports `packRows`, `packColumns` and `panels`. */
export const matrixProductModule = (fused: boolean): WasmModule<"packRows" | "packColumns" | "panels"> =>
  assemble({
    memory: { ...memoryName, pages: 1 },
    exports: {
      packRows: packProcedure("packRows", tileRows),
      packColumns: packProcedure("packColumns", tileColumns),
      panels: panelsProcedure(fused),
    },
  });
