/** Matrices in storage: where they begin, and their steps. */

import type { TypedArray } from "../tensor/dtype.js";

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
