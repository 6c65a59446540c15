/**
 * Loops over elements: of the kernels that are used most a loop literal each, so that the engine inlines the
 * arithmetic (a loop shared by many kernels calls them, with boxed numbers); of all others one that calls.
 * Long runs of float32 go to WebAssembly where there is a function of the primitive's name.
 * Indices are in range by the checked shapes, hence the `!`.
 */

import type { TypedArray } from "../tensor/dtype.js";
import { float32Functions } from "../wasm/float32/functions.js";
import { hostFunctions, type EmittedFunctions } from "./emitted-functions.js";

/** f(x) of one element. */
export type UnaryKernel = (x: number) => number;
/** f(x, y) of two elements. */
export type BinaryKernel = (x: number, y: number) => number;

/** `out[o + k] = f(x[i + k s])` for k below n. */
export type UnaryLoop = (x: TypedArray, i: number, s: number, out: TypedArray, o: number, n: number) => void;

/** `out[o + k] = f(a[i + k s], b[j + k t])` for k below n. */
export type BinaryLoop = (
  a: TypedArray,
  i: number,
  s: number,
  b: TypedArray,
  j: number,
  t: number,
  out: TypedArray,
  o: number,
  n: number,
) => void;

/** -x. */
export const negate: UnaryKernel = (x) => -x;
/** x². */
export const squared: UnaryKernel = (x) => x * x;
/** 1 / x. */
export const inverted: UnaryKernel = (x) => 1 / x;
/** 1 / (1 + e⁻ˣ). */
export const logistic: UnaryKernel = (x) => 1 / (1 + Math.exp(-x));
/** a + b. */
export const plus: BinaryKernel = (a, b) => a + b;
/** a - b. */
export const minus: BinaryKernel = (a, b) => a - b;
/** a b. */
export const times: BinaryKernel = (a, b) => a * b;
/** a / b. */
export const over: BinaryKernel = (a, b) => a / b;
/** 1 where a = b, else 0. */
export const isEqual: BinaryKernel = (a, b) => (a === b ? 1 : 0);
/** 1 where a < b, else 0. */
export const isLess: BinaryKernel = (a, b) => (a < b ? 1 : 0);
/** 1 where a > b, else 0. */
export const isGreater: BinaryKernel = (a, b) => (a > b ? 1 : 0);

/** From this many elements on WebAssembly's functions are faster, copies included. */
const emittedPays = 24;

/** A loop that runs on WebAssembly's vectors where elements are float32, lie without gaps, and are many; if there is such a function. */
export const preferEmitted = (
  name: string,
  loop: UnaryLoop,
  functions: () => EmittedFunctions | undefined = hostFunctions,
): UnaryLoop => {
  if (!Object.hasOwn(float32Functions.unary, name)) return loop;
  return (x, i, s, out, o, n) => {
    if (n >= emittedPays && s === 1 && x instanceof Float32Array && out instanceof Float32Array) {
      const emitted = functions()?.unary(name);
      if (emitted !== undefined) {
        emitted(x, i, out, o, n);
        return;
      }
    }
    loop(x, i, s, out, o, n);
  };
};

/** The same of two operands, of which one may be a single element for all. */
export const preferEmittedBinary = (
  name: string,
  loop: BinaryLoop,
  functions: () => EmittedFunctions | undefined = hostFunctions,
): BinaryLoop => {
  if (!Object.hasOwn(float32Functions.binary, name)) return loop;
  return (a, i, s, b, j, t, out, o, n) => {
    const dense = (s === 0 || s === 1) && (t === 0 || t === 1);
    if (
      n >= emittedPays &&
      dense &&
      a instanceof Float32Array &&
      b instanceof Float32Array &&
      out instanceof Float32Array
    ) {
      const emitted = functions()?.binary(name);
      if (emitted !== undefined) {
        emitted(a, i, s, b, j, t, out, o, n);
        return;
      }
    }
    loop(a, i, s, b, j, t, out, o, n);
  };
};

const hotUnary: ReadonlyMap<UnaryKernel, UnaryLoop> = /* @__PURE__ */ new Map<UnaryKernel, UnaryLoop>([
  [
    negate,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = -x[i]!;
    },
  ],
  [
    squared,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = x[i]! * x[i]!;
    },
  ],
  [
    inverted,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = 1 / x[i]!;
    },
  ],
  [
    logistic,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = 1 / (1 + Math.exp(-x[i]!));
    },
  ],
  [
    Math.abs,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.abs(x[i]!);
    },
  ],
  [
    Math.sqrt,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.sqrt(x[i]!);
    },
  ],
  [
    Math.exp,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.exp(x[i]!);
    },
  ],
  [
    Math.log,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.log(x[i]!);
    },
  ],
  [
    Math.log1p,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.log1p(x[i]!);
    },
  ],
  [
    Math.tanh,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.tanh(x[i]!);
    },
  ],
  [
    Math.sin,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.sin(x[i]!);
    },
  ],
  [
    Math.cos,
    (x, i, s, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s) out[o] = Math.cos(x[i]!);
    },
  ],
]);

const hotBinary: ReadonlyMap<BinaryKernel, BinaryLoop> = /* @__PURE__ */ new Map<BinaryKernel, BinaryLoop>([
  [
    plus,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = a[i]! + b[j]!;
    },
  ],
  [
    minus,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = a[i]! - b[j]!;
    },
  ],
  [
    times,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = a[i]! * b[j]!;
    },
  ],
  [
    over,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = a[i]! / b[j]!;
    },
  ],
  [
    Math.max,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = Math.max(a[i]!, b[j]!);
    },
  ],
  [
    Math.min,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = Math.min(a[i]!, b[j]!);
    },
  ],
  [
    isEqual,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = a[i] === b[j] ? 1 : 0;
    },
  ],
  [
    isLess,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = a[i]! < b[j]! ? 1 : 0;
    },
  ],
  [
    isGreater,
    (a, i, s, b, j, t, out, o, n) => {
      for (const end = o + n; o < end; o++, i += s, j += t) out[o] = a[i]! > b[j]! ? 1 : 0;
    },
  ],
]);

/** The loop of a kernel. */
export const unaryLoop = (kernel: UnaryKernel): UnaryLoop =>
  hotUnary.get(kernel) ??
  ((x, i, s, out, o, n) => {
    for (const end = o + n; o < end; o++, i += s) out[o] = kernel(x[i]!);
  });

/** The loop of a kernel of two operands. */
export const binaryLoop = (kernel: BinaryKernel): BinaryLoop =>
  hotBinary.get(kernel) ??
  ((a, i, s, b, j, t, out, o, n) => {
    for (const end = o + n; o < end; o++, i += s, j += t) out[o] = kernel(a[i]!, b[j]!);
  });
