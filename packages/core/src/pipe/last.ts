/** The one derivation of data-last forms. */

import type { Untyped } from "../types/tensor.js";

/** `last(f)(...rest)(x) = f(x, ...rest)`. The declaration at each export states its type. */
export const last =
  (f: (x: never, ...rest: never[]) => unknown): Untyped =>
  (...rest: never[]) =>
  (x: never) =>
    f(x, ...rest);
