/**
 * The product of few columns by dot products along the depth, for operands that lie along it: matrix times vector
 * above all.
 */

import { advance, countDown, forRange } from "../control.js";
import { local, type Local, type Statement } from "../expression.js";
import { i32 } from "../integer.js";
import { procedure, run, type WasmFunction } from "../function.js";
import { shuffle32 } from "../simd.js";
import { loadFirst, type Lanes } from "./lanes.js";
import { lieOf, packProcedure } from "./pack.js";
import { shared, type Integers, type Procedures } from "./procedures.js";
import type { ProductCode } from "./product-code.js";
import type { ProductSpec } from "./spec.js";

/** Rows of a tile of dot products, by the number of columns: sums and columns fit into the registers. */
const heights = [4, 4, 3] as const;

/** Columns up to which dot products pay, and the depth from which on. */
export const dotColumns = heights.length;
/** The least depth for which dot products pay. */
export const dotDepth = 8;

/**
 * The code of a product of at most `dotColumns` columns: tiles of dot products along the depth, a vector at a time.
 * A right operand that does not lie along the depth is packed first.
 */
export const dotProducts = (procedures: Procedures, lanes: Lanes, spec: ProductSpec): ProductCode => {
  const { rows, columns, depth, left, right, out } = spec;
  const { bytes } = lanes;
  const height = Math.min(rows, heights[columns - 1]!);
  const packs = right.rowStep !== 1;
  const tile = (count: number) =>
    dotTile(procedures, lanes, {
      rows: count,
      columns,
      leftRowStep: left.rowStep,
      rightColumnStep: packs ? depth : right.columnStep,
      outRowStep: out.rowStep,
      outColumnStep: out.columnStep,
      rest: depth % lanes.count,
    });
  const vectors = Math.floor(depth / lanes.count);
  return {
    scratchBytes: packs ? bytes * depth * columns : 0,
    statements: (leftStart, rightStart, outStart, scratch) => {
      const [row, from, to] = [local("i32"), local("i32"), local("i32")];
      const packed = packs ? scratch : rightStart;
      // A panel of one vector is a vector without gaps.
      const pack = packProcedure(procedures, { lanes, width: 1, lie: lieOf(0, right.rowStep) }, []);
      return [
        ...(packs
          ? [run(pack, rightStart, bytes * right.columnStep, bytes * right.rowStep, columns, depth, scratch)]
          : []),
        from.set(leftStart),
        to.set(outStart),
        forRange(row, height - 1, rows, height, [
          run(tile(height), from, packed, to, vectors),
          advance(from, bytes * left.rowStep * height),
          advance(to, bytes * out.rowStep * height),
        ]),
        ...(rows % height === 0 ? [] : [run(tile(rows % height), from, packed, to, vectors)]),
      ];
    },
  };
};

interface DotTileSpec {
  readonly rows: number;
  readonly columns: number;
  readonly leftRowStep: number;
  readonly rightColumnStep: number;
  readonly outRowStep: number;
  readonly outColumnStep: number;
  /** Elements behind the last whole vector. */
  readonly rest: number;
}

/** `(left, right, to, vectors)`: each row of the left operand with each column of the right one. */
const dotTile = (
  procedures: Procedures,
  lanes: Lanes,
  spec: DotTileSpec,
): WasmFunction<Integers<4>, undefined> =>
  shared(procedures, `dots ${lanes.key} ${Object.values(spec).join()}`, (name) => {
    const [left, right, to, times] = [local("i32"), local("i32"), local("i32"), local("i32")];
    return procedure(name, [left, right, to, times], dotStatements(lanes, spec, left, right, to, times));
  });

const dotStatements = (
  lanes: Lanes,
  { rows, columns, leftRowStep, rightColumnStep, outRowStep, outColumnStep, rest }: DotTileSpec,
  left: Local<"i32">,
  right: Local<"i32">,
  to: Local<"i32">,
  times: Local<"i32">,
): readonly Statement[] => {
  const { bytes, multiplyAdd } = lanes;
  const row = local("v128");
  const across = Array.from({ length: columns }, () => local("v128"));
  const sums = Array.from({ length: rows }, () => across.map(() => local("v128")));
  const lowestLeft = Math.min(0, (rows - 1) * leftRowStep);
  const lowestRight = Math.min(0, (columns - 1) * rightColumnStep);
  const step = (count: number): readonly Statement[] => [
    ...across.map((column, index) =>
      column.set(loadFirst(lanes, right, count, bytes * (index * rightColumnStep - lowestRight))),
    ),
    ...sums.flatMap((line, index) => [
      row.set(loadFirst(lanes, left, count, bytes * (index * leftRowStep - lowestLeft))),
      ...line.map((sum, column) => sum.set(multiplyAdd(row, across[column]!, sum))),
    ]),
  ];
  return [
    ...(lowestLeft === 0 ? [] : [advance(left, bytes * lowestLeft)]),
    ...(lowestRight === 0 ? [] : [advance(right, bytes * lowestRight)]),
    countDown(times, [...step(lanes.count), advance(left, 16), advance(right, 16)]),
    ...(rest === 0 ? [] : step(rest)),
    ...sums.flatMap((line, index) =>
      line.flatMap((sum, column) => [
        ...sumOfLanes(lanes, sum),
        lanes.storeLane(i32.add(to, bytes * (index * outRowStep + column * outColumnStep)), sum, 0),
      ]),
    ),
  ];
};

/** Leaves the sum of all lanes in the first. */
const sumOfLanes = ({ add, count }: Lanes, sum: Local<"v128">): readonly Statement[] => [
  sum.set(add(sum, shuffle32(sum, sum, [2, 3, 0, 1]))),
  ...(count === 2 ? [] : [sum.set(add(sum, shuffle32(sum, sum, [1, 0, 3, 2])))]),
];
