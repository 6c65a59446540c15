/**
 * Products too small, or too scattered, for vectors along an axis: loops over elements; and the product of no depth.
 */

import { advance, countDown, forRange } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { i32 } from "../integer.js";
import type { Lanes } from "./lanes.js";
import type { ProductCode } from "./product-code.js";
import type { ProductSpec } from "./spec.js";

/** Calls `body` with the address of each element of the result. */
const everyElement = (
  { bytes }: Lanes,
  { rows, columns, out }: ProductSpec,
  start: Expression<"i32">,
  body: (row: Expression<"i32">, column: Expression<"i32">, to: Expression<"i32">) => readonly Statement[],
): readonly Statement[] => {
  const [row, column, line, to] = [local("i32"), local("i32"), local("i32"), local("i32")];
  return [
    line.set(start),
    forRange(row, 0, rows, 1, [
      to.set(line),
      forRange(column, 0, columns, 1, [...body(row, column, to), advance(to, bytes * out.columnStep)]),
      advance(line, bytes * out.rowStep),
    ]),
  ];
};

/** Each element by itself. */
export const elementByElement = (lanes: Lanes, spec: ProductSpec): ProductCode => {
  const { depth, left, right } = spec;
  const { bytes } = lanes;
  return {
    scratchBytes: 0,
    statements: (leftStart, rightStart, outStart) => {
      const [a, b, times, sum] = [local("i32"), local("i32"), local("i32"), local("v128")];
      return everyElement(lanes, spec, outStart, (row, column, to) => [
        a.set(i32.add(leftStart, i32.mul(row, bytes * left.rowStep))),
        b.set(i32.add(rightStart, i32.mul(column, bytes * right.columnStep))),
        sum.set(lanes.zero),
        times.set(depth),
        countDown(times, [
          sum.set(lanes.multiplyAdd(lanes.loadOne(a), lanes.loadOne(b), sum)),
          advance(a, bytes * left.columnStep),
          advance(b, bytes * right.rowStep),
        ]),
        lanes.storeLane(to, sum, 0),
      ]);
    },
  };
};

/** The sum of nothing. */
export const zeroProduct = (lanes: Lanes, spec: ProductSpec): ProductCode => ({
  scratchBytes: 0,
  statements: (_left, _right, out) =>
    everyElement(lanes, spec, out, (_row, _column, to) => [lanes.storeLane(to, lanes.zero, 0)]),
});
