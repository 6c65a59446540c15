/** Long float32 products of random numbers are as exact as float32 lets them be, eagerly and compiled. */

import { describe, expect, it } from "vitest";
import { jit, matmul, vmap, fromTypedArray, toTypedArray, type Tensor } from "../src/index.js";
import { randomWords } from "./random-words.js";

/** Numbers of both signs and of many magnitudes. */
const numbers = (length: number, seed: number): Float32Array => {
  const word = randomWords(seed);
  const next = (): number => word() / 2 ** 32;
  return Float32Array.from({ length }, () => (next() - 0.5) * 2 ** Math.floor(8 * next()));
};

const lengths = [1, 2, 3, 7, 16, 63, 64, 65, 127, 255, 256, 257, 511, 1000, 1024, 2047, 4096, 4097, 10000];
const shapes = [
  [1, 1],
  [5, 3],
  [1, 17],
  [33, 1],
  [13, 26],
] as const;

type Product = (a: Tensor<[number, number]>, b: Tensor<[number, number]>) => Tensor<[number, number]>;

const ways: Readonly<Record<string, Product>> = {
  eagerly: (a, b) => matmul(a, b),
  compiled: jit((a: Tensor<[number, number]>, b: Tensor<[number, number]>) => matmul(a, b)),
  "compiled row by row": jit<Parameters<Product>, ReturnType<Product>>((a, b) =>
    vmap((row: Tensor<[number]>) => matmul(row, b))(a),
  ),
};

describe.each(Object.entries(ways))("%s", (_name, product) => {
  it.each(lengths)("of %i terms", (length) => {
    for (const [rows, columns] of shapes) {
      const [a, b] = [numbers(rows * length, length), numbers(length * columns, rows + 31 * length)];
      const found = toTypedArray(
        product(fromTypedArray(a, [rows, length]), fromTypedArray(b, [length, columns])),
      );
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          let [exact, magnitude] = [0, 0];
          for (let place = 0; place < length; place++) {
            const term = (a[row * length + place] ?? NaN) * (b[place * columns + column] ?? NaN);
            exact += term;
            magnitude += Math.abs(term);
          }
          // Each of n roundings is half a place of the last bit of a partial sum; they are of both signs, so that some and √n count.
          const allowed = 2 ** -24 * magnitude * (4 + Math.sqrt(length) / 4);
          const error = Math.abs((found[row * columns + column] ?? NaN) - exact);
          if (!(error <= allowed))
            throw new Error(
              `[${rows}, ${length}] · [${length}, ${columns}] at ${row}, ${column}: error ${error}, allowed ${allowed}`,
            );
        }
      }
    }
    expect(length).toBeGreaterThan(0);
  });
});
