/**
 * How many rows and columns a tile has, by what the product has: few lanes are left empty, and sums, columns and one
 * element fit the registers.
 */

import type { Lanes } from "./lanes.js";
import { tileColumns } from "./tile.js";

/** The rows and columns of a tile: wide for a product of few rows, high for one of few columns. */
export const tileShape = (
  rows: number,
  columns: number,
  { count, tileRows }: Lanes,
): { readonly height: number; readonly width: number } => {
  const inVectors = (vectors: number, height: number) => ({ height, width: vectors * count });
  if (rows <= 3) return inVectors([8, 4, 3][rows - 1]!, rows);
  if (columns <= count) return inVectors(1, 12);
  return inVectors(tileColumns / 4, tileRows);
};
