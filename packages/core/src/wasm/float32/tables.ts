/** What functions of float32 look up: tables at the start of every memory that their code runs in. */

import { once } from "../engine.js";
import { numbersOf, type Points } from "./points.js";

/** tanh, which rounds to 1 from 9.03 on. Nothing lies at address 0. */
export const tanhPoints: Points = { address: 16, bound: 9.0625, at: (x) => [Math.tanh(x)] };

/** erf, which rounds to 1 from 3.92 on, and its derivative less 1, which is more exact than the derivative near 0. */
export const erfPoints: Points = { address: 2352, bound: 3.9375, at: (x) => [erf(x), erfSlope(x) - 1] };

/** The bytes that the tables take at the start of a memory. */
export const tableBytes = 4608;

const erfSlope = (x: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);

/** erf x = x erf'(x) Σ (2 x²)ⁿ / (1 · 3 · … · (2n + 1)). */
const erf = (x: number): number => {
  let [sum, term] = [0, 1];
  for (let n = 1; sum + term !== sum; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return x * erfSlope(x) * sum;
};

const tables = /* @__PURE__ */ once(() => {
  const all = new Float32Array(tableBytes / 4);
  for (const points of [tanhPoints, erfPoints]) all.set(numbersOf(points), points.address / 4);
  return all;
});

/** Writes the tables into a new memory. */
export const writeTables = (memory: ArrayBuffer): void => new Float32Array(memory).set(tables());
