/**
 * The matrix product on strided operands. In float32, all but the smallest run on WebAssembly's vectors, with sums in float32;
 * where there is no WebAssembly, and in float64, sums are in float64: small products by the definition, large ones in packed
 * panels with a tile of 4 by 4 accumulators. Indices are in range by the checked shapes, hence the `!`.
 */

import type { DType } from "../types/tensor.js";
import { isInteger, type TypedArray } from "../tensor/dtype.js";
import { hostProduct, type EmittedProduct } from "./emitted-product.js";
import type { Matrix, Target } from "./matrix.js";

export type { Matrix } from "./matrix.js";

/** From this many multiplications on WebAssembly's product is faster, copies included. */
const emittedPays = 512;

/** Below this many multiplications packing costs more than it saves. */
const packingPays = 4096;
const panelDepth = 256;
const panelRows = 64;

/** `out = a b`, row-major, with `a` of `rows` by `depth` and `b` of `depth` by `columns`. */
export const multiplyMatrices = (
  a: Matrix,
  b: Matrix,
  out: Target,
  rows: number,
  columns: number,
  depth: number,
  dtype: DType,
  emitted: () => EmittedProduct | undefined = hostProduct,
): void => {
  const size = rows * columns * depth;
  if (isInteger(dtype)) multiplyIntegers(a, b, out, rows, columns, depth);
  else if (
    size >= emittedPays &&
    isSingle(a) &&
    isSingle(b) &&
    isSingle(out) &&
    emitted()?.(a, b, out, rows, columns, depth) === true
  )
    return;
  else if (size < packingPays || columns < 4 || rows < 4) multiplySmall(a, b, out, rows, columns, depth);
  else multiplyPacked(a, b, out, rows, columns, depth);
};

const isSingle = <M extends Target>(matrix: M): matrix is M & { readonly data: Float32Array } =>
  matrix.data instanceof Float32Array;

const multiplySmall = (
  a: Matrix,
  b: Matrix,
  out: Target,
  rows: number,
  columns: number,
  depth: number,
): void => {
  const { data: left, columnStep: s } = a;
  const { data: right, rowStep: t } = b;
  let place = out.offset;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, place++) {
      let i = a.offset + row * a.rowStep;
      let j = b.offset + column * b.columnStep;
      let total = 0;
      for (let k = 0; k < depth; k++, i += s, j += t) total += left[i]! * right[j]!;
      out.data[place] = total;
    }
  }
};

const multiplyIntegers = (
  a: Matrix,
  b: Matrix,
  out: Target,
  rows: number,
  columns: number,
  depth: number,
): void => {
  let place = out.offset;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, place++) {
      let i = a.offset + row * a.rowStep;
      let j = b.offset + column * b.columnStep;
      let total = 0;
      for (let k = 0; k < depth; k++, i += a.columnStep, j += b.rowStep)
        total = (total + Math.imul(a.data[i]!, b.data[j]!)) | 0;
      out.data[place] = total;
    }
  }
};

const multiplyPacked = (
  a: Matrix,
  b: Matrix,
  out: Target,
  rows: number,
  columns: number,
  depth: number,
): void => {
  const totals = new Float64Array(rows * columns);
  const paddedColumns = (columns + 3) & ~3;
  const right = new Float64Array(paddedColumns * Math.min(depth, panelDepth));
  const left = new Float64Array(panelRows * Math.min(depth, panelDepth));
  for (let k0 = 0; k0 < depth; k0 += panelDepth) {
    const kc = Math.min(panelDepth, depth - k0);
    packQuads(b.data, b.offset + k0 * b.rowStep, b.columnStep, b.rowStep, columns, kc, right);
    for (let i0 = 0; i0 < rows; i0 += panelRows) {
      const mc = Math.min(panelRows, rows - i0);
      packQuads(a.data, a.offset + i0 * a.rowStep + k0 * a.columnStep, a.rowStep, a.columnStep, mc, kc, left);
      for (let j = 0; j < columns; j += 4) {
        for (let i = 0; i < mc; i += 4)
          tile(
            left,
            i * kc,
            right,
            j * kc,
            kc,
            totals,
            (i0 + i) * columns + j,
            columns,
            Math.min(4, mc - i),
            Math.min(4, columns - j),
          );
      }
    }
  }
  out.data.set(totals, out.offset);
};

/** Vectors four by four, so that a tile reads them in order; missing ones are zero. */
const packQuads = (
  data: TypedArray,
  offset: number,
  vectorStep: number,
  step: number,
  vectors: number,
  depth: number,
  panel: Float64Array,
): void => {
  const padded = (vectors + 3) & ~3;
  for (let quad = 0; quad < padded; quad += 4) {
    for (let lane = 0; lane < 4; lane++) {
      let to = quad * depth + lane;
      if (quad + lane >= vectors) {
        for (let k = 0; k < depth; k++, to += 4) panel[to] = 0;
      } else {
        let from = offset + (quad + lane) * vectorStep;
        for (let k = 0; k < depth; k++, to += 4, from += step) panel[to] = data[from]!;
      }
    }
  }
};

/** Adds a product of 4 by depth and depth by 4 to the totals. */
const tile = (
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  depth: number,
  totals: Float64Array,
  place: number,
  width: number,
  rows: number,
  columns: number,
): void => {
  let t00 = 0,
    t01 = 0,
    t02 = 0,
    t03 = 0;
  let t10 = 0,
    t11 = 0,
    t12 = 0,
    t13 = 0;
  let t20 = 0,
    t21 = 0,
    t22 = 0,
    t23 = 0;
  let t30 = 0,
    t31 = 0,
    t32 = 0,
    t33 = 0;
  for (let k = 0; k < depth; k++, i += 4, j += 4) {
    const b0 = b[j]!,
      b1 = b[j + 1]!,
      b2 = b[j + 2]!,
      b3 = b[j + 3]!;
    const a0 = a[i]!,
      a1 = a[i + 1]!,
      a2 = a[i + 2]!,
      a3 = a[i + 3]!;
    t00 += a0 * b0;
    t01 += a0 * b1;
    t02 += a0 * b2;
    t03 += a0 * b3;
    t10 += a1 * b0;
    t11 += a1 * b1;
    t12 += a1 * b2;
    t13 += a1 * b3;
    t20 += a2 * b0;
    t21 += a2 * b1;
    t22 += a2 * b2;
    t23 += a2 * b3;
    t30 += a3 * b0;
    t31 += a3 * b1;
    t32 += a3 * b2;
    t33 += a3 * b3;
  }
  const sums = [t00, t01, t02, t03, t10, t11, t12, t13, t20, t21, t22, t23, t30, t31, t32, t33];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      totals[place + row * width + column]! += sums[4 * row + column]!;
  }
};
