/** Tensors made by a rule: numbers at equal distances, and ones on a diagonal. */

import type { Identity, Range, Spaced } from "../types/literal.js";
import type { Untyped } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { iota } from "../primitives/iota.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { checkShape } from "../tensor/shape.js";
import { optionsOf } from "../trace/options.js";
import { chosenDType, type MakerOptions } from "./element.js";

/**
 * Numbers from `start` (0 if it is the only argument) up to, not including, `stop`: `start + i · step`, with 1 as the
 * default of the step.
 *
 * A vector of max(0, ⌈(stop - start) / step⌉) elements, float32 or what `dtype` says, each computed in float64 and
 * rounded, for integers towards 0.
 *
 * @throws TensorError when the step is 0, an argument is not finite, or there is no such dtype.
 * @see `numpy.arange`.
 * @example
 * ```ts
 * import { arange, toArray } from "@cotangent/core";
 *
 * toArray(arange(3)); // [0, 1, 2]
 * toArray(arange(5, 0, -2)); // [5, 3, 1]
 * ```
 */
export const arange: Range = (...range: readonly (number | MakerOptions | undefined)[]): Untyped => {
  const numbers = range.filter((argument) => typeof argument === "number");
  const options = range.find((argument) => argument !== undefined && typeof argument !== "number");
  const [from = NaN, to = NaN, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  if (![from, to, step].every(Number.isFinite) || step === 0) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "arange",
      problem: "start, stop and step must be finite, and step not 0",
      found: [["got", `${from}, ${to}, ${step}`]],
      fix: "write arange(stop), arange(start, stop) or arange(start, stop, step, { dtype })",
    });
  }
  const dtype = chosenDType("arange", options, "float32");
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (from === 0 && step === 1) return iota(length, dtype);
  // In float64, then rounded: adding steps in float32 would add up their rounding.
  const data = allocate(dtype, length, { operation: "arange", shape: [length] });
  for (let index = 0; index < length; index++) data[index] = from + index * step;
  return contiguousTensor(data, [length], dtype);
};

/**
 * `count` numbers from `start` to `stop` at equal distances: `start + i · (stop - start) / (count - 1)`; with
 * `{ endpoint: false }` the last is one step before `stop`, and the step is `(stop - start) / count`.
 *
 * A vector, float32 or what `dtype` says, each element computed in float64 and rounded, for integers towards 0.
 *
 * @throws TensorError when `count` is not a non-negative integer, or there is no such dtype.
 * @see `numpy.linspace`.
 * @example
 * ```ts
 * import { linspace, toArray } from "@cotangent/core";
 *
 * toArray(linspace(0, 1, 3)); // [0, 0.5, 1]
 * toArray(linspace(0, 1, 4, { endpoint: false })); // [0, 0.25, 0.5, 0.75]
 * ```
 */
export const linspace: Spaced = (
  start: number,
  stop: number,
  count: number,
  options?: MakerOptions & { readonly endpoint?: boolean },
): Untyped => {
  unwrap(checkShape("linspace", [count]));
  const { endpoint, ...kind } = optionsOf("linspace", options, ["dtype", "endpoint"]);
  const dtype = chosenDType("linspace", kind, "float32");
  const gaps = endpoint === false ? count : count - 1;
  const data = allocate(dtype, count, { operation: "linspace", shape: [count] });
  for (let index = 0; index < count; index++) {
    data[index] =
      index === gaps && gaps > 0 ? stop : start + (gaps === 0 ? 0 : (index * (stop - start)) / gaps);
  }
  return contiguousTensor(data, [count], dtype);
};

/**
 * Ones on the diagonal `k` (0: the main one, above it positive), zeros elsewhere: 1 at [i, i + k].
 *
 * A matrix of `n` rows and `m` columns (`n` by default), float32 or what `dtype` says.
 *
 * @throws TensorError when a length is not a non-negative integer, or there is no such dtype.
 * @see `numpy.eye`.
 * @example
 * ```ts
 * import { eye, toArray } from "@cotangent/core";
 *
 * toArray(eye(2)); // [[1, 0], [0, 1]]
 * toArray(eye(2, { m: 3, k: 1 })); // [[0, 1, 0], [0, 0, 1]]
 * ```
 */
export const eye: Identity = (
  n: number,
  options?: MakerOptions & { readonly m?: number; readonly k?: number },
): Untyped => {
  const { m = n, k = 0, ...kind } = optionsOf("eye", options, ["dtype", "m", "k"]);
  unwrap(checkShape("eye", [n, m]));
  const dtype = chosenDType("eye", kind, "float32");
  const data = allocate(dtype, n * m, { operation: "eye", shape: [n, m] });
  for (let row = Math.max(0, -k); row < n && row + k < m; row++) data[row * m + row + k] = 1;
  return contiguousTensor(data, [n, m], dtype);
};
