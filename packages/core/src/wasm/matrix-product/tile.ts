/** The innermost loop of the float32 matrix product: one tile of the result, held in registers. */

import { advance, countDown } from "../control.js";
import { local, type Expression } from "../expression.js";
import { procedure } from "../function.js";
import { i32 } from "../integer.js";
import { f32x4, v128 } from "../simd.js";

type Vector = Expression<"v128">;
type MultiplyAdd = (a: Vector, b: Vector, sum: Vector) => Vector;

/**
 * Rows and columns of a tile. Twelve vectors of sums, two of columns and one of a repeated element are fifteen: of sixteen
 * registers the engine keeps one for itself.
 */
export const tileRows = 6;
export const tileColumns = 8;

const multiplyThenAdd: MultiplyAdd = (a, b, sum) => f32x4.add(sum, f32x4.mul(a, b));

/**
 * Adds to a tile of the result at `to`, whose rows are `rowBytes` apart, the product of two panels: of `left`, where `tileRows`
 * elements of a column follow each other, and of `right`, where `tileColumns` elements of a row do.
 */
export const tileProcedure = (fused: boolean) => {
  const multiplyAdd = fused ? f32x4.relaxedMadd : multiplyThenAdd;
  const [left, right, to] = [local("i32"), local("i32"), local("i32")];
  const [rowBytes, depth] = [local("i32"), local("i32")];
  const element = local("v128");
  const columns = Array.from({ length: tileColumns / 4 }, () => local("v128"));
  const sums = Array.from({ length: tileRows }, () => columns.map(() => local("v128")));
  return procedure(
    "tile",
    [left, right, to, rowBytes, depth],
    [
      countDown(depth, [
        ...columns.map((column, index) => column.set(v128.load(right, 16 * index))),
        ...sums.flatMap((row, index) => [
          element.set(v128.load32Splat(left, 4 * index)),
          ...row.map((sum, vector) => sum.set(multiplyAdd(element, columns[vector]!, sum))),
        ]),
        advance(left, 4 * tileRows),
        advance(right, 4 * tileColumns),
      ]),
      ...sums.flatMap((row) => [
        ...row.map((sum, vector) => v128.store(to, f32x4.add(v128.load(to, 16 * vector), sum), 16 * vector)),
        to.set(i32.add(to, rowBytes)),
      ]),
    ],
  );
};
