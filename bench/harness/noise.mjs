/** Reproducible numbers that every language computes alike (workloads.md, section "Numbers"). */

/** Element `index` of stream `stream`: uniform in [-1, 1), exactly representable in float32. */
export function uniform(index, stream) {
  let x = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca77);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  x ^= x >>> 12;
  x = Math.imul(x, 0x297a2d39);
  x ^= x >>> 15;
  return ((x >>> 8) - 8388608) / 8388608;
}

/** The first `length` elements of a stream, scaled and shifted in float64, then rounded to float32. */
export const noise = (length, stream, scale = 1, shift = 0) =>
  Float32Array.from({ length }, (_, index) => uniform(index, stream) * scale + shift);
