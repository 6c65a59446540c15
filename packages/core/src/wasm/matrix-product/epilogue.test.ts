import { describe, expect, it } from "vitest";
import { forRange } from "../control.js";
import { fuses, inMemory } from "../../../test/run-procedure.js";
import { local, type Statement } from "../expression.js";
import { f32 } from "../float.js";
import { i32 } from "../integer.js";
import type { Accompanying, Epilogue, MatrixBlock } from "./spec.js";
import { matrixProduct } from "./matrix-product.js";
import { proceduresFor } from "./procedures.js";
import type { MatrixSteps, ProductSpec } from "./spec.js";

/** Adds the product and a number from a table to what is in the last matrix. */
const addBoth = (rows: number, columns: number, matrices: readonly MatrixBlock[]): readonly Statement[] => {
  const [row, column] = [local("i32"), local("i32")];
  const [product, table, total] = matrices.map(({ address, rowStep, columnStep }) =>
    i32.add(address, i32.add(i32.mul(row, 4 * rowStep), i32.mul(column, 4 * columnStep))),
  ) as [MatrixBlock["address"], MatrixBlock["address"], MatrixBlock["address"]]; // there are three
  return [
    forRange(row, 0, rows, 1, [
      forRange(column, 0, columns, 1, [
        f32.store(total, f32.add(f32.load(total), f32.add(f32.load(product), f32.load(table)))),
      ]),
    ]),
  ];
};

const lengths = [1, 2, 3, 5, 40, 101];

const rowMajor = (rows: number, columns: number): MatrixSteps => ({
  rowStep: columns,
  columnStep: 1,
  batchStep: rows * columns,
});
const columnMajor = (rows: number, columns: number): MatrixSteps => ({
  rowStep: 1,
  columnStep: rows,
  batchStep: rows * columns,
});

/** Tables of a number for each row, each column, each product of the batch, and everything. */
const tables = (rows: number, columns: number): readonly MatrixSteps[] => [
  { rowStep: 1, columnStep: 0, batchStep: 0 },
  { rowStep: 0, columnStep: 1, batchStep: 0 },
  { rowStep: 0, columnStep: 0, batchStep: 1 },
  columnMajor(rows, columns),
];

/** Small whole numbers: sums are exact, in every order. */
const check = (
  [rows, columns, depth, batch]: readonly [number, number, number, number],
  table: MatrixSteps,
  total: MatrixSteps,
  layouts: readonly [typeof rowMajor, typeof rowMajor],
  sharesRight: boolean,
): void => {
  const own = { ...layouts[1](depth, columns) };
  const base = {
    rows,
    columns,
    depth,
    batch,
    left: layouts[0](rows, depth),
    right: sharesRight ? { ...own, batchStep: 0 } : own,
    out: rowMajor(rows, columns),
    dtype: "float32",
  } as const satisfies ProductSpec;
  const matrices: readonly Accompanying[] = [base.out, table, total].map((steps) => ({ ...steps, bytes: 4 }));
  const epilogue: Epilogue = { name: "epilogue", matrices, parameters: [], block: addBoth };
  const { procedure, scratchBytes } = matrixProduct(proceduresFor(fuses), { ...base, epilogue });
  const sizes = [
    batch * rows * depth,
    batch * depth * columns,
    batch * rows * columns,
    batch * rows * columns,
    batch * rows * columns,
  ];
  const starts = sizes.map((_, place) => sizes.slice(0, place).reduce((sum, size) => sum + size + 4, 0));
  const [left, right, out, tabled, totals] = starts as [number, number, number, number, number];
  const scratch = 4 * (totals + batch * rows * columns + 4);
  const { view, run } = inMemory(procedure, Math.ceil((scratch + scratchBytes) / 65536), "float32");
  for (let index = 0; index < totals; index++) view[index] = ((index * 7919) % 11) - 5;
  run(...[left, right, out].map((place) => 4 * place), scratch, ...[out, tabled, totals].map((place) => 4 * place)); // prettier-ignore
  const at = (start: number, steps: MatrixSteps, b: number, i: number, j: number): number =>
    start + b * steps.batchStep + i * steps.rowStep + j * steps.columnStep;
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = view[at(tabled, table, b, i, j)]!;
        for (let k = 0; k < depth; k++)
          sum += view[at(left, base.left, b, i, k)]! * view[at(right, base.right, b, k, j)]!;
        const found = view[at(totals, total, b, i, j)];
        if (found !== sum) expect.fail(`[${b}, ${i}, ${j}] is ${found}, not ${sum}`);
      }
};

describe("an epilogue", () => {
  it("sees every element once, when its sum is complete, whatever the sizes and the layouts", () => {
    for (const rows of lengths)
      for (const columns of lengths)
        for (const depth of [0, 1, 9, 50]) {
          const batch = (rows + columns + depth) % 3 === 0 ? 3 : 1;
          const place = (rows + 2 * columns + depth) % 4;
          const layouts = [
            [rowMajor, rowMajor],
            [rowMajor, columnMajor],
            [columnMajor, rowMajor],
            [columnMajor, columnMajor],
          ][(rows + depth) % 4] as [typeof rowMajor, typeof rowMajor];
          const total = (columns + depth) % 2 === 0 ? rowMajor : columnMajor;
          const table = tables(rows, columns)[place]!;
          check([rows, columns, depth, batch], table, total(rows, columns), layouts, depth % 2 === 0);
        }
  });

  it.each([
    ["the depth", [40, 50, 600, 1]],
    ["the rows", [300, 64, 60, 1]],
    ["the columns", [30, 2100, 33, 1]],
    ["rows that are read in place", [5000, 7, 3, 1]],
    ["columns that are read in place", [2, 9001, 5, 1]],
    ["dots", [9001, 2, 16, 1]],
    ["rows of an outer product", [100, 300, 1, 2]],
    ["a batch", [45, 40, 300, 3]],
  ] as const)("over the borders of blocks: %s", (_name, sizes) => {
    const [rows, columns] = sizes;
    for (const table of tables(rows, columns))
      for (const [layouts, sharesRight] of [
        [[rowMajor, rowMajor], true],
        [[columnMajor, columnMajor], false],
        [[rowMajor, columnMajor], true],
      ] as const)
        check(sizes, table, rowMajor(rows, columns), layouts, sharesRight);
  });
});
