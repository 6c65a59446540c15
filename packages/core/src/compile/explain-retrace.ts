/** Why a jitted function was traced again. */

import { sameAval, showAval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { pathsOf, sameStructure, showStructure } from "../tree/flatten.js";
import type { Tensors } from "../tree/tensors.js";
import type { ArgumentsKey } from "./match-arguments.js";
import { tracesOf } from "./traces.js";

/**
 * Why a jitted function was traced, one line a trace: the first call, and what differed from the trace before.
 *
 * @throws TensorError when it is no jitted function.
 * @example
 * ```ts
 * import { explainRetrace, jit, sin, zeros } from "@cotangent/core";
 *
 * const f = jit(sin);
 * f(zeros([2]));
 * f(zeros([3]));
 * explainRetrace(f); // ["the first call", "arguments[0] changed from float32[2] to float32[3]"]
 * ```
 */
export const explainRetrace = (jitted: (...args: never[]) => unknown): readonly string[] =>
  tracesOf("explainRetrace", jitted).history.slice();

/** The first thing in which a call differs from the last trace. */
export const differenceFrom = (
  { tree, avals, statics }: ArgumentsKey,
  opened: Tensors,
  args: readonly unknown[],
): string => {
  const other = statics.find(([position, value]) => !Object.is(value, args[position]));
  if (other !== undefined) {
    const [position, value] = other;
    return `static argument ${position} changed from ${describe(value)} to ${describe(args[position])}`;
  }
  if (!sameStructure(tree.structure, opened.structure))
    return `the tree changed from ${showStructure(tree.structure)} to ${showStructure(opened.structure)}`;
  const paths = pathsOf(opened);
  let tensor = 0;
  for (const [index, leaf] of opened.leaves.entries()) {
    const before = tree.leaves[index];
    if (leaf instanceof Value) {
      const aval = avals[tensor++];
      if (aval !== undefined && before instanceof Value && !sameAval(aval, leaf))
        return `${paths[index] ?? ""} changed from ${showAval(aval)} to ${showAval(leaf)}`;
    }
    if (
      leaf instanceof Value !== before instanceof Value ||
      (!(leaf instanceof Value) && !Object.is(before, leaf))
    ) {
      return `${paths[index] ?? ""} changed from ${before instanceof Value ? "a tensor" : describe(before)} to ${leaf instanceof Value ? "a tensor" : describe(leaf)}`;
    }
  }
  return "it closes over a value of a transformation that runs, so its trace is not kept";
};
