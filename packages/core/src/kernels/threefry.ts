/**
 * Threefry-2x32 of 20 rounds: a block cipher whose key is a random key and whose plain text is a counter.
 *
 * J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */

import type { Shape } from "../types/tensor.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { sizeOfShape } from "../tensor/shape.js";
import { contiguous } from "./strided.js";

/**
 * What is made of the two words of the cipher: one word, by exclusive or; both of them, as a pair; or a float64 in
 * [0, 1), a multiple of 2⁻⁵², whose first bits are those of the first word.
 */
export type WordForm = "word" | "pair" | "fraction";

/** The cipher of each counter under the key beside it: both [..., 2]. */
export const encryptPairs = (keys: ArrayTensor, counters: ArrayTensor): ArrayTensor => {
  const key = contiguous(keys);
  const counter = contiguous(counters);
  const words = new Uint32Array(sizeOfShape(counters.shape));
  for (let at = 0; at < words.length; at += 2) {
    const k = key.offset + at;
    const c = counter.offset + at;
    encrypt(key.data[k]!, key.data[k + 1]!, counter.data[c]!, counter.data[c + 1]!, words, at);
  }
  return contiguousTensor(words, counters.shape, "uint32");
};

/** For each key of [..., 2] the cipher of the counters 0, 1, … below `count`, in the shape of the output. */
export const encryptCounters = (
  keys: ArrayTensor,
  count: number,
  form: WordForm,
  shape: Shape,
): ArrayTensor => {
  const { data, offset } = contiguous(keys);
  const size = sizeOfShape(shape);
  const width = form === "pair" ? 2 * count : count;
  const eachKey = (fill: (key0: number, key1: number, start: number) => void): void => {
    for (let row = 0; row * width < size; row++)
      fill(data[offset + 2 * row]!, data[offset + 2 * row + 1]!, row * width);
  };
  if (form === "fraction") {
    const fractions = new Float64Array(size);
    eachKey((key0, key1, start) => fillFractions(key0, key1, fractions, start, count));
    return contiguousTensor(fractions, shape, "float64");
  }
  const words = new Uint32Array(size);
  const fill = form === "pair" ? fillPairs : fillWords;
  eachKey((key0, key1, start) => fill(key0, key1, words, start, count));
  return contiguousTensor(words, shape, "uint32");
};

// No tensor has 2³² elements, so the high word of its counters is 0.
const fillPairs = (key0: number, key1: number, out: Uint32Array, start: number, count: number): void => {
  for (let index = 0; index < count; index++) encrypt(key0, key1, 0, index, out, start + 2 * index);
};

const fillWords = (key0: number, key1: number, out: Uint32Array, start: number, count: number): void => {
  const pair = new Uint32Array(2);
  for (let index = 0; index < count; index++) {
    encrypt(key0, key1, 0, index, pair, 0);
    out[start + index] = pair[0]! ^ pair[1]!;
  }
};

const fillFractions = (key0: number, key1: number, out: Float64Array, start: number, count: number): void => {
  const pair = new Uint32Array(2);
  for (let index = 0; index < count; index++) {
    encrypt(key0, key1, 0, index, pair, 0);
    const [high, low] = [pair[0]!, pair[1]!];
    out[start + index] = (high >>> 12) * 2 ** -20 + (((high << 20) | (low >>> 12)) >>> 0) * 2 ** -52;
  }
};

/** Writes the cipher of the counter (x, y) to `out[at]` and `out[at + 1]`. Unrolled: a table of rotations costs twice the time. */
const encrypt = (key0: number, key1: number, x: number, y: number, out: Uint32Array, at: number): void => {
  const key2 = key0 ^ key1 ^ 0x1bd11bda;
  let a = (x + key0) | 0;
  let b = (y + key1) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + key1) | 0;
  b = (b + key2 + 1) | 0;

  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + key2) | 0;
  b = (b + key0 + 2) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + key0) | 0;
  b = (b + key1 + 3) | 0;

  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + key1) | 0;
  b = (b + key2 + 4) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;

  out[at] = a + key2;
  out[at + 1] = b + key0 + 5;
};
