/** A decent matrix product in plain JavaScript: packed panels and a register tile of 4 by 4. */

const panelRows = 64;
const panelDepth = 256;
const packedA = new Float64Array(panelRows * panelDepth);
let packedB = new Float64Array(0);

/** c = a b, for a [m, k], b [k, n]. */
export const product = (m, n, k, a, b, c) => general(m, n, k, a, k, 1, b, n, 1, c);

/** c = aᵀ b, for a [k, m], b [k, n]. */
export const productTransposedLeft = (m, n, k, a, b, c) => general(m, n, k, a, 1, m, b, n, 1, c);

/** c = a bᵀ, for a [m, k], b [n, k]. */
export const productTransposedRight = (m, n, k, a, b, c) => general(m, n, k, a, k, 1, b, 1, k, c);

/** Element (i, k) of a stands at i * aRow + k * aColumn, and (k, j) of b at k * bRow + j * bColumn. */
function general(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c) {
  const paddedColumns = (n + 3) & ~3;
  if (packedB.length < paddedColumns * panelDepth) packedB = new Float64Array(paddedColumns * panelDepth);
  c.fill(0, 0, m * n);
  for (let k0 = 0; k0 < k; k0 += panelDepth) {
    const depth = Math.min(panelDepth, k - k0);
    for (let j = 0; j < paddedColumns; j += 4) {
      pack(packedB, j * depth, b, j * bColumn + k0 * bRow, bColumn, bRow, Math.min(4, n - j), depth);
    }
    for (let i0 = 0; i0 < m; i0 += panelRows) {
      const rows = Math.min(panelRows, m - i0);
      for (let i = 0; i < rows; i += 4) {
        pack(
          packedA,
          i * depth,
          a,
          (i0 + i) * aRow + k0 * aColumn,
          aRow,
          aColumn,
          Math.min(4, rows - i),
          depth,
        );
      }
      for (let j = 0; j < paddedColumns; j += 4) {
        for (let i = 0; i < rows; i += 4) {
          tile(
            depth,
            i * depth,
            j * depth,
            c,
            (i0 + i) * n + j,
            n,
            Math.min(4, rows - i),
            Math.min(4, n - j),
          );
        }
      }
    }
  }
}

/**
 * Copies `lanes` (at most 4) lines of `depth` elements, interleaved by four, zeros in the lanes that are
 * missing.
 */
function pack(packed, at, source, from, laneStride, depthStride, lanes, depth) {
  for (let lane = 0; lane < 4; lane++) {
    if (lane < lanes) {
      const start = from + lane * laneStride;
      for (let k = 0; k < depth; k++) packed[at + lane + 4 * k] = source[start + k * depthStride];
    } else {
      for (let k = 0; k < depth; k++) packed[at + lane + 4 * k] = 0;
    }
  }
}

/** Adds one tile of at most 4 by 4 to c, its sixteen sums held in locals (a row of the tile to a line). */
// prettier-ignore
function tile(depth, aAt, bAt, c, at, width, rows, columns) {
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0;
  let c10 = 0, c11 = 0, c12 = 0, c13 = 0;
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0;
  let c30 = 0, c31 = 0, c32 = 0, c33 = 0;
  const pa = packedA;
  const pb = packedB;
  for (let k = 0; k < depth; k++, aAt += 4, bAt += 4) {
    const b0 = pb[bAt], b1 = pb[bAt + 1], b2 = pb[bAt + 2], b3 = pb[bAt + 3];
    const a0 = pa[aAt], a1 = pa[aAt + 1], a2 = pa[aAt + 2], a3 = pa[aAt + 3];
    c00 += a0 * b0; c01 += a0 * b1; c02 += a0 * b2; c03 += a0 * b3;
    c10 += a1 * b0; c11 += a1 * b1; c12 += a1 * b2; c13 += a1 * b3;
    c20 += a2 * b0; c21 += a2 * b1; c22 += a2 * b2; c23 += a2 * b3;
    c30 += a3 * b0; c31 += a3 * b1; c32 += a3 * b2; c33 += a3 * b3;
  }
  if (rows === 4 && columns === 4) {
    c[at] += c00; c[at + 1] += c01; c[at + 2] += c02; c[at + 3] += c03;
    at += width;
    c[at] += c10; c[at + 1] += c11; c[at + 2] += c12; c[at + 3] += c13;
    at += width;
    c[at] += c20; c[at + 1] += c21; c[at + 2] += c22; c[at + 3] += c23;
    at += width;
    c[at] += c30; c[at + 1] += c31; c[at + 2] += c32; c[at + 3] += c33;
    return;
  }
  const sums = [c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) c[at + i * width + j] += sums[4 * i + j];
  }
}
