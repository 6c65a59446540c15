/** The outer product of two vectors, a row at a time. */

import { advance, forRange } from "../control.js";
import { local } from "../expression.js";
import { i32 } from "../integer.js";
import { v128 } from "../simd.js";
import { loadFirst, storeFirst, type Lanes } from "./lanes.js";
import type { ProductCode } from "./product-code.js";
import type { ProductSpec } from "./spec.js";

/** Columns lie beside each other. */
export const outerProduct = (lanes: Lanes, spec: ProductSpec): ProductCode => {
  const { rows, columns, left, out } = spec;
  const { bytes, count, multiply } = lanes;
  const whole = columns - (columns % count);
  return {
    scratchBytes: 0,
    statements: (leftStart, rightStart, outStart) => {
      const [row, column, at, line] = [local("i32"), local("i32"), local("i32"), local("i32")];
      const element = local("v128");
      const [from, to] = [i32.add(rightStart, column), i32.add(line, column)];
      return [
        at.set(leftStart),
        line.set(outStart),
        forRange(row, 0, rows, 1, [
          element.set(lanes.loadSplat(at)),
          forRange(column, 0, bytes * whole, 16, [v128.store(to, multiply(element, v128.load(from)))]),
          ...(whole === columns
            ? []
            : [
                column.set(bytes * whole),
                ...storeFirst(
                  lanes,
                  to,
                  multiply(element, loadFirst(lanes, from, columns - whole)),
                  columns - whole,
                ),
              ]),
          advance(at, bytes * left.rowStep),
          advance(line, bytes * out.rowStep),
        ]),
      ];
    },
  };
};
