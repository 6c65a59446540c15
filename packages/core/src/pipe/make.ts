/** Tensors made after another one, and its text, data last. */

import type { FillLikeLast, FillLikeWithLast } from "../types/literal.js";
import type { AnyTensor } from "../types/tensor.js";
import type { PrintOptions } from "../tensor/print.js";
import * as instances from "../ops/instances.js";
import * as makers from "../ops/make.js";
import { last } from "./last.js";

/** `P.zerosLike(options)(x)` is `zerosLike(x, options)`: zeros of x's shape and dtype. */
export const zerosLike: FillLikeLast = /* @__PURE__ */ last(makers.zerosLike);
/** `P.onesLike(options)(x)` is `onesLike(x, options)`: ones of x's shape and dtype. */
export const onesLike: FillLikeLast = /* @__PURE__ */ last(makers.onesLike);
/** `P.fullLike(value, options)(x)` is `fullLike(x, value, options)`: one value in x's shape and dtype. */
export const fullLike: FillLikeWithLast = /* @__PURE__ */ last(makers.fullLike);
/** `P.print(options)(x)` is `print(x, options)`: the text that NumPy prints. */
export const print: (options?: PrintOptions) => (x: AnyTensor) => string = /* @__PURE__ */ last(
  instances.print,
);
