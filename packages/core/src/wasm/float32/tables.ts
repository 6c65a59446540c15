/** What functions of float32 look up: tables at the start of every memory that their code runs in. */

import { once } from "../engine.js";
import { bytesOfPieces, coefficientsOf, type Pieces } from "./pieces.js";

/** Nothing lies at address 0. */
const start = 16;

/** tanh, which rounds to 1 from 9.0625 on. */
export const tanhPieces: Pieces = {
  address: start,
  quotient: (x) => Math.tanh(x) / x,
  bound: 9.0625,
};

/** erf x = x 2 / √π e^-x² Σ (2 x²)ⁿ / (1 · 3 · … · (2n + 1)). */
export const erfPieces: Pieces = {
  address: start + /* @__PURE__ */ bytesOfPieces(tanhPieces),
  quotient: (x) => {
    let [sum, term] = [0, 1];
    for (let n = 1; sum + term !== sum; n++) {
      sum += term;
      term *= (2 * x * x) / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  },
  bound: 3.9375,
};

/** The bytes that the tables take at the start of a memory: everything else comes behind. */
export const tableBytes = 4096;

const tables = /* @__PURE__ */ once(() => {
  const all = new Float32Array(tableBytes / 4);
  for (const pieces of [tanhPieces, erfPieces]) all.set(coefficientsOf(pieces), pieces.address / 4);
  return all;
});

/** Writes the tables into a new memory. */
export const writeTables = (memory: ArrayBuffer): void => new Float32Array(memory).set(tables());
