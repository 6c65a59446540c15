/** The result of a block of columns, from rows without gaps to where a table says that columns are. */

import { advance, forRange } from "../control.js";
import { local } from "../expression.js";
import { procedure, type WasmFunction } from "../function.js";
import { i32 } from "../integer.js";
import type { Lanes } from "../matrix-product/lanes.js";
import { shared, type Integers, type Procedures } from "../matrix-product/procedures.js";

/**
 * `(from, fromRowBytes, to, toRowBytes, columns, rows, count)`: of so many rows, column k goes to the offset
 * `columns[k]`, of `count`.
 */
export const scatterProcedure = (
  procedures: Procedures,
  lanes: Lanes,
): WasmFunction<Integers<7>, undefined> =>
  shared(procedures, `scatter ${lanes.key}`, (name) => {
    const [from, fromRowBytes, to, toRowBytes] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const [table, rows, count] = [local("i32"), local("i32"), local("i32")];
    const [row, column, source, offset, target] = [
      local("i32"),
      local("i32"),
      local("i32"),
      local("i32"),
      local("i32"),
    ];
    return procedure(
      name,
      [from, fromRowBytes, to, toRowBytes, table, rows, count],
      [
        forRange(row, 0, rows, 1, [
          source.set(from),
          offset.set(table),
          forRange(column, 0, count, 1, [
            target.set(i32.add(to, i32.load(offset))),
            lanes.storeLane(target, lanes.loadOne(source), 0),
            advance(source, lanes.bytes),
            advance(offset, 4),
          ]),
          advance(from, fromRowBytes),
          advance(to, toRowBytes),
        ]),
      ],
    );
  });
