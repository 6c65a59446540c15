/** Tensors made after another one, and its text, data last. */

import type { FillLikeLast, FillLikeWithLast } from "../types/literal.js";
import type { AnyTensor } from "../types/tensor.js";
import type { PrintOptions } from "../tensor/print.js";
import * as instances from "../ops/instances.js";
import * as makers from "../ops/make.js";
import { last } from "./last.js";

export const zerosLike: FillLikeLast = /* @__PURE__ */ last(makers.zerosLike);
export const onesLike: FillLikeLast = /* @__PURE__ */ last(makers.onesLike);
export const fullLike: FillLikeWithLast = /* @__PURE__ */ last(makers.fullLike);
export const print: (options?: PrintOptions) => (x: AnyTensor) => string = /* @__PURE__ */ last(
  instances.print,
);
