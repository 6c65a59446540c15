/** QR, eigenvectors and singular vectors are unique up to signs: the signs that make the library's match the data's. */

import type { Align } from "./derivatives.js";
import { sizeOfShape, type Flat } from "./tensor-json.js";

/** Which outputs share the signs: a column of the first with a row or a column of the second. */
interface Signed {
  /** The output whose columns decide. */
  readonly columns: number;
  /** The output whose rows have the same signs. */
  readonly rows?: number;
}

const signed: { readonly [op: string]: Signed } = {
  qr: { columns: 0, rows: 1 },
  eigh: { columns: 1 },
  svd: { columns: 0, rows: 2 },
};

export const alignmentOf = (op: string): Align | undefined => {
  const which = signed[op];
  return which === undefined
    ? undefined
    : (expected, actual) => {
        const [wanted, given] = [expected[which.columns], actual[which.columns]];
        return expected.map((output, i) => {
          if (wanted === undefined || given === undefined) return ones(output);
          if (i === which.columns) return overColumns(output, signsOf(wanted, given));
          return i === which.rows ? overRows(output, signsOf(wanted, given)) : ones(output);
        });
      };
};

const ones = (flat: Flat): readonly number[] => flat.data.map(() => 1);

/** One sign a matrix and column: of the inner product of the two columns. */
const signsOf = (wanted: Flat, given: Flat): ((matrix: number, column: number) => number) => {
  const [rows, columns] = matrixOf(wanted);
  return (matrix, column) => {
    const inner = Array.from({ length: rows }, (_, row) => {
      const place = (matrix * rows + row) * columns + column;
      return (wanted.data[place] ?? 0) * (given.data[place] ?? 0);
    }).reduce((a, b) => a + b, 0);
    return inner < 0 ? -1 : 1;
  };
};

const overColumns = (flat: Flat, sign: (matrix: number, column: number) => number): readonly number[] => {
  const [rows, columns] = matrixOf(flat);
  return flat.data.map((_, i) => sign(Math.floor(i / (rows * columns)), i % columns));
};

const overRows = (flat: Flat, sign: (matrix: number, column: number) => number): readonly number[] => {
  const [rows, columns] = matrixOf(flat);
  return flat.data.map((_, i) => sign(Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows));
};

const matrixOf = ({ shape }: Flat): readonly [number, number] => [
  sizeOfShape(shape.slice(-2, -1)),
  sizeOfShape(shape.slice(-1)),
];
