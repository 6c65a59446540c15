/** What a dataset is: rows that can be asked for by number. */

/**
 * Rows by number. `A` is a row, `B` a batch of rows.
 *
 * A list is turned into one with `{ length: rows.length, get: (i) => rows[i] }`.
 */
export interface Dataset<A, B = unknown> {
  /** How many rows there are. */
  readonly length: number;
  /** The row at an index from 0 to `length - 1`: a pure function of it. */
  readonly get: (index: number) => A;
  /** Several rows as a batch, where that is faster than collating them one by one. */
  readonly batch?: (indices: Int32Array) => B;
}
