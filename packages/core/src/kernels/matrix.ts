/** Matrices in storage: where they begin, and their steps. */

import type { TypedArray } from "../tensor/dtype.js";

/** A matrix in storage: element [i, j] is `data[offset + i · rowStep + j · columnStep]`. */
export interface Matrix<D extends TypedArray = TypedArray> {
  readonly data: D;
  readonly offset: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** Where a matrix is written, row by row without gaps. */
export interface Target<D extends TypedArray = TypedArray> {
  readonly data: D;
  readonly offset: number;
}
