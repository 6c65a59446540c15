/** A function of named tensors to a scalar, written by hand from its formula. */

import { BadCase } from "../json.js";
import type { Core, Fft, Linalg, Tensor } from "../signatures.js";

/** The library's namespaces: reading a name that does not exist yet makes the case missing. */
export interface Namespaces {
  readonly core: Core;
  readonly linalg: Linalg;
  readonly fft: Fft;
}

export interface GoldenFunction {
  readonly names: readonly string[];
  readonly run: (library: Namespaces, inputs: { readonly [name: string]: Tensor }) => Tensor;
}

/** `define(["x", "A"], ({ core }, x, A) => …)`: the inputs by name, handed over in the order of `names`. */
export const define = <const N extends readonly string[]>(
  names: N,
  f: (library: Namespaces, ...inputs: { readonly [K in keyof N]: Tensor }) => Tensor,
): GoldenFunction => ({
  names,
  run: (library, inputs) => {
    const ordered = names.map((name) => {
      const input = inputs[name];
      if (input === undefined) throw new BadCase(`no input ${name}`);
      return input;
    });
    // `map` forgets that the list has the length of `names`.
    return f(library, ...(ordered as unknown as { readonly [K in keyof N]: Tensor }));
  },
});

/** x[from:to] of a vector. */
export const rangeOf = (core: Core, x: Tensor, from: number, to: number): Tensor =>
  core.slice(x, [from], [to]);

/** x[i] of a vector. */
export const elementOf = (core: Core, x: Tensor, i: number): Tensor =>
  core.reshape(core.slice(x, [i], [i + 1]), []);

export const lengthOf = (core: Core, x: Tensor): number => core.shapeOf(x)[0] ?? 0;

/** exp(x - logSumExp(x)) along the last axis. */
export const softmaxOf = (core: Core, x: Tensor): Tensor =>
  core.exp(core.sub(x, core.logSumExp(x, { axis: -1, keepDims: true })));
