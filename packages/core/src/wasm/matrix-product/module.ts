/** The float32 matrix product as a module for shapes that are known when it runs: packing, and the loops over tiles. */

import { when } from "../control.js";
import { local } from "../expression.js";
import { procedure, run } from "../function.js";
import { i32 } from "../integer.js";
import { assemble, type WasmModule } from "../module.js";
import { lanesOf, type Lanes } from "./lanes.js";
import { packProcedure } from "./pack.js";
import { panelsProcedure } from "./panels.js";
import { proceduresFor, type Procedures } from "./procedures.js";
import { tileColumns } from "./tile.js";

/** The name under which the module imports its memory. */
export const memoryName = { from: "host", name: "memory" } as const;

/**
 * Exports `packRows` and `packColumns`, each `(from, vectorBytes, elementBytes, count, depth, to)` for vectors that
 * lie abreast or along; and `panels` and `addPanels`, which replace by or add to the result the products of whole
 * panels.
 */
export const matrixProductModule = (
  fuses: boolean,
): WasmModule<"packRows" | "packColumns" | "panels" | "addPanels"> => {
  const procedures = proceduresFor(fuses);
  const lanes = lanesOf("float32", fuses);
  const { tileRows } = lanes;
  const panels = (adds: boolean) =>
    panelsProcedure(procedures, {
      tile: {
        lanes,
        rows: tileRows,
        columns: tileColumns,
        leftRowStep: 1,
        leftColumnStep: tileRows,
        rightRowStep: tileColumns,
        outColumnStep: 1,
        adds,
      },
      leftPanelStep: "packed",
      rightPanelStep: "packed",
      lastRows: 0,
      lastColumns: 0,
    });
  return assemble({
    memory: { ...memoryName, pages: 1 },
    fuses,
    exports: {
      packRows: packEither(procedures, lanes, tileRows),
      packColumns: packEither(procedures, lanes, tileColumns),
      panels: panels(false),
      addPanels: panels(true),
    },
  });
};

const packEither = (procedures: Procedures, lanes: Lanes, width: number) => {
  const [from, vectorBytes, elementBytes] = [local("i32"), local("i32"), local("i32")];
  const [count, depth, to] = [local("i32"), local("i32"), local("i32")];
  const parameters = [from, vectorBytes, elementBytes, count, depth, to] as const;
  const remainders = Array.from({ length: width - 1 }, (_, index) => index + 1);
  const pack = (lie: "abreast" | "along") => packProcedure(procedures, { lanes, width, lie }, remainders);
  return procedure(`pack ${width} either way`, parameters, [
    when(
      i32.eq(vectorBytes, lanes.bytes),
      [run(pack("abreast"), ...parameters)],
      [run(pack("along"), ...parameters)],
    ),
  ]);
};
