/** The innermost loop of the matrix product: one tile of the result, held in registers. */

import { advance, countDown } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { procedure, type WasmFunction } from "../function.js";
import { i32 } from "../integer.js";
import { loadFirst, storeFirst, type Lanes } from "./lanes.js";
import { shared, type Integers, type Procedures } from "./procedures.js";

/** The columns of a tile in 32-bit elements where nothing speaks against it: two vectors. */
export const tileColumns = 8;

/** A tile of so many rows and columns, and how its operands and its place in the result lie. */
export interface TileSpec {
  readonly lanes: Lanes;
  readonly rows: number;
  readonly columns: number;
  /** In elements: from row to row and from column to column of the left operand, from row to row of the right one. */
  readonly leftRowStep: number;
  readonly leftColumnStep: number;
  readonly rightRowStep: number;
  /** From column to column of the result. */
  readonly outColumnStep: number;
  /** Adds to what is there, instead of replacing it. */
  readonly adds: boolean;
}

/**
 * A tile of the result at `to`, whose rows are `rowBytes` apart, as the product of rows of the left operand and
 * columns of the right one, which lie side by side: `(left, right, to, rowBytes, depth)`. Packed panels are such
 * operands too.
 */
export const tileProcedure = (
  procedures: Procedures,
  spec: TileSpec,
): WasmFunction<Integers<5>, undefined> => {
  const { lanes, ...numbers } = spec;
  return shared(procedures, `tile ${lanes.key} ${Object.values(numbers).join()}`, (name) => {
    const [left, right, to] = [local("i32"), local("i32"), local("i32")];
    const [rowBytes, depth] = [local("i32"), local("i32")];
    return procedure(
      name,
      [left, right, to, rowBytes, depth],
      tileStatements(spec, left, right, to, rowBytes, depth),
    );
  });
};

type Address = ReturnType<typeof local<"i32">>;

const tileStatements = (
  { lanes, rows, columns, leftRowStep, leftColumnStep, rightRowStep, outColumnStep, adds }: TileSpec,
  left: Address,
  right: Address,
  to: Address,
  rowBytes: Address,
  depth: Address,
): readonly Statement[] => {
  const { bytes, count, multiplyAdd } = lanes;
  const element = local("v128");
  const vectors = Array.from({ length: Math.ceil(columns / count) }, () => local("v128"));
  const sums = Array.from({ length: rows }, () => vectors.map(() => local("v128")));
  const width = (vector: number): number => Math.min(count, columns - vector * count);
  const columnsAt = (vector: number) => loadFirst(lanes, right, width(vector), 16 * vector);
  const stores = sums.map((row) =>
    row.map((sum, vector) =>
      outColumnStep === 1
        ? storeRun(lanes, to, sum, width(vector), 16 * vector, adds)
        : storeApart(lanes, to, sum, width(vector), bytes * outColumnStep, vector * count, adds),
    ),
  );
  // Offsets are not negative: rows that go backwards are counted from the last.
  const lowest = Math.min(0, (rows - 1) * leftRowStep);
  return [
    ...(lowest === 0 ? [] : [advance(left, bytes * lowest)]),
    countDown(depth, [
      // A row by itself needs every vector once: no register is spent on keeping it.
      ...(rows === 1 ? [] : vectors.map((vector, index) => vector.set(columnsAt(index)))),
      ...sums.flatMap((row, index) => [
        element.set(lanes.loadSplat(left, bytes * (index * leftRowStep - lowest))),
        ...row.map((sum, vector) =>
          sum.set(multiplyAdd(element, rows === 1 ? columnsAt(vector) : vectors[vector]!, sum)),
        ),
      ]),
      advance(left, bytes * leftColumnStep),
      advance(right, bytes * rightRowStep),
    ]),
    ...(adds
      ? [
          to.set(i32.add(to, i32.mul(rowBytes, rows - 1))),
          ...rowByRow(backwards(stores.map(backwards)), to.set(i32.sub(to, rowBytes))),
        ]
      : rowByRow(stores, advance(to, rowBytes))),
  ];
};

/**
 * Sums that are added to are read in the opposite order: V8 places the products of a loop by what comes behind it, and has each next to
 * its sum only if what is read of the memory there comes backwards. Otherwise it keeps all products, most of them in the memory.
 */
const backwards = <T>(list: readonly T[]): readonly T[] => [...list].reverse();

const rowByRow = (
  stores: readonly (readonly (readonly Statement[])[])[],
  next: Statement,
): readonly Statement[] => stores.flatMap((row, index) => [...(index === 0 ? [] : [next]), ...row.flat()]);

const storeRun = (
  lanes: Lanes,
  to: Address,
  sum: Expression<"v128">,
  width: number,
  offset: number,
  adds: boolean,
): readonly Statement[] =>
  storeFirst(lanes, to, adds ? lanes.add(loadFirst(lanes, to, width, offset), sum) : sum, width, offset);

/** Stores lanes that are not neighbours in the result. */
const storeApart = (
  lanes: Lanes,
  to: Address,
  sum: Expression<"v128">,
  width: number,
  stepBytes: number,
  first: number,
  adds: boolean,
): readonly Statement[] =>
  Array.from({ length: width }, (_, lane) => {
    const at = i32.add(to, stepBytes * (first + lane));
    if (!adds) return lanes.storeLane(at, sum, lane);
    return lanes.storeLane(at, lanes.add(lanes.loadSplat(at), sum), lane);
  });
