/** Cotangent's kernels one by one, against what the machine can do. */
import { emitPeaks } from "./machine.mjs";
import "./products.mjs";
import "./elementwise.mjs";
import "./reductions.mjs";

emitPeaks();
