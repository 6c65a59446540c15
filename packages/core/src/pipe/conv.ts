/** Convolutions and reductions under a window, data last. */

import type { ConvLast, ConvTransposeLast, ReduceWindowLast } from "../types/conv.js";
import * as convolutions from "../ops/conv.js";
import * as windows from "../ops/reduce-window.js";
import { last } from "./last.js";

/** `P.conv(w, options)(x)` is `conv(x, w, options)`: the convolution of x with the kernel w. */
export const conv: ConvLast = /* @__PURE__ */ last(convolutions.conv);
/** `P.convTranspose(w, options)(x)` is `convTranspose(x, w, options)`: the transposed convolution. */
export const convTranspose: ConvTransposeLast = /* @__PURE__ */ last(convolutions.convTranspose);
/** `P.reduceWindow(options)(x)` is `reduceWindow(x, options)`: the sum or extremum under a window. */
export const reduceWindow: ReduceWindowLast = /* @__PURE__ */ last(windows.reduceWindow);
