/** What a jitted function became, as text. */

import type { Explanation } from "../program/backend.js";
import { programToString } from "../program/print.js";
import { tracesOf } from "./traces.js";

/**
 * The program of a jitted function after all passes, the plan of its loops and buffers, and the module, for these arguments: traced
 * and compiled if need be, but not run.
 *
 * The module's text is the sizes of its sections, and each function with its type, the numbers of its variables by type, and its
 * instructions as WebAssembly's text format calls them, without alignments. Of its code 2,000 lines are shown:
 * the longest functions are cut, down to 200 instructions if need be, and say how many more there are; behind them the last functions
 * are counted only.
 *
 * @throws TensorError when it is no jitted function, and as tracing it does.
 * @example
 * ```ts
 * import { explainCompilation, jit, mul, sin, tensor, type Tensor } from "@cotangent/core";
 *
 * const f = jit((x: Tensor<[3]>) => mul(2, sin(x)));
 * explainCompilation(f, tensor([1, 2, 3])).program;
 * // program(a: float32[3]) {
 * //   b: float32[3] = sin(a)
 * //   c: float32[3] = mul(2:float32[3], b)
 * //   return c
 * // }
 * ```
 */
export const explainCompilation = <A extends readonly unknown[]>(
  jitted: (...args: A) => unknown,
  ...args: A
): Explanation => {
  const traces = tracesOf("explainCompilation", jitted);
  const { program } = (traces.find(args) ?? traces.traceFor(args)).trace;
  return traces.place.explain(program) ?? { program: programToString(program), plan: "", module: "" };
};
