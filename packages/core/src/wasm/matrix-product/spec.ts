/** What a product is given when it is made: everything but addresses. */

import type { Expression, Statement, Variable } from "../expression.js";
import type { ProductDType } from "./lanes.js";

/**
 * How a matrix lies, in elements: from row to row, from column to column, and from one product's matrix to the next.
 */
export interface MatrixSteps {
  readonly rowStep: number;
  readonly columnStep: number;
  readonly batchStep: number;
}

/** `batch` products of `rows` by `depth` and `depth` by `columns`: their shapes, steps and dtype. */
export interface ProductSpec {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** How many products. */
  readonly batch: number;
  /** `rows` by `depth`. */
  readonly left: MatrixSteps;
  /** `depth` by `columns`. */
  readonly right: MatrixSteps;
  /** `rows` by `columns`; no two elements in the same place. */
  readonly out: MatrixSteps;
  readonly dtype: ProductDType;
  /** What becomes of the result while it is near. */
  readonly epilogue?: Epilogue | undefined;
}

/** A product, or the transposed one in its place. */
export interface OrientedSpec extends ProductSpec {
  /** Whether its left operand is the right one of what was asked for. */
  readonly isTransposed: boolean;
}

/** rightᵀ leftᵀ = (left right)ᵀ. */
export const transposedProduct = (spec: OrientedSpec): OrientedSpec => ({
  ...spec,
  rows: spec.columns,
  columns: spec.rows,
  left: transposed(spec.right),
  right: transposed(spec.left),
  out: transposed(spec.out),
  epilogue: spec.epilogue && transposedEpilogue(spec.epilogue),
  isTransposed: !spec.isTransposed,
});

const transposed = <M extends MatrixSteps>(matrix: M): M => ({
  ...matrix,
  rowStep: matrix.columnStep,
  columnStep: matrix.rowStep,
});

const transposedEpilogue = (epilogue: Epilogue): Epilogue => ({
  ...epilogue,
  matrices: epilogue.matrices.map(transposed),
  block: (rows, columns, matrices) => epilogue.block(columns, rows, matrices.map(transposed)),
});

/** The same product with fewer, larger matrices where possible. */
export const normalised = (spec: ProductSpec): OrientedSpec => {
  const one = mergedRows(withUnitSteps({ ...spec, isTransposed: false }));
  const other = transposedProduct(one);
  const merged = mergedRows(other);
  return merged === other ? one : merged;
};

/** The step of an axis of one element is any: 1 suits most. */
const withUnitSteps = (spec: OrientedSpec): OrientedSpec => {
  const { rows, columns, depth, batch, left, right, out } = spec;
  const steps = (matrix: MatrixSteps, height: number, width: number): MatrixSteps => ({
    rowStep: height === 1 ? 1 : matrix.rowStep,
    columnStep: width === 1 ? 1 : matrix.columnStep,
    batchStep: batch === 1 ? 0 : matrix.batchStep,
  });
  return {
    ...spec,
    left: steps(left, rows, depth),
    right: steps(right, depth, columns),
    out: steps(out, rows, columns),
  };
};

/** Products that share the right operand, and whose rows follow each other, as one. */
const mergedRows = (spec: OrientedSpec): OrientedSpec => {
  const { rows, batch, left, right, out, epilogue } = spec;
  const follows = ({ rowStep, batchStep }: MatrixSteps): boolean =>
    rows === 1 || batchStep === rows * rowStep;
  const walked = [left, out, ...(epilogue?.matrices ?? [])];
  if (batch === 1 || right.batchStep !== 0 || !walked.every(follows)) return spec;
  const joined = <M extends MatrixSteps>(matrix: M): M => ({
    ...matrix,
    rowStep: rows === 1 ? matrix.batchStep : matrix.rowStep,
    batchStep: 0,
  });
  return {
    ...spec,
    rows: rows * batch,
    batch: 1,
    left: joined(left),
    out: joined(out),
    epilogue: epilogue && { ...epilogue, matrices: epilogue.matrices.map(joined) },
  };
};

/** A matrix with as many rows, columns and batches as the result. */
export interface Accompanying extends MatrixSteps {
  /** Of an element. */
  readonly bytes: number;
}

/** A block of a matrix: where its first element is. */
export interface MatrixBlock extends MatrixSteps {
  readonly address: Expression<"i32">;
}

/** What is done with each block of a product's result while it is near: loops over it and matrices beside it. */
export interface Epilogue {
  /** A name that no other epilogue of the module has. */
  readonly name: string;
  /** What it reads and writes; the result, if it reads that, is one of them. */
  readonly matrices: readonly Accompanying[];
  /** Variables of the caller that it reads besides. */
  readonly parameters: readonly Variable[];
  /** The code for a block of so many rows and columns. */
  readonly block: (rows: number, columns: number, matrices: readonly MatrixBlock[]) => readonly Statement[];
}
