/** Convolutions and reductions under a window, data last. */

import type { ConvLast, ConvTransposeLast, ReduceWindowLast } from "../types/conv.js";
import * as convolutions from "../ops/conv.js";
import * as windows from "../ops/reduce-window.js";
import { last } from "./last.js";

export const conv: ConvLast = /* @__PURE__ */ last(convolutions.conv);
export const convTranspose: ConvTransposeLast = /* @__PURE__ */ last(convolutions.convTranspose);
export const reduceWindow: ReduceWindowLast = /* @__PURE__ */ last(windows.reduceWindow);
