/** Why a jitted function was traced again. */

import { sameAval, showAval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { pathsOf, sameStructure, showStructure } from "../tree/flatten.js";
import type { Tensors } from "../tree/tensors.js";
import type { ArgumentsKey } from "./match-arguments.js";
import { mostTraces, tracesOf, type Traces } from "./traces.js";

/**
 * Why a jitted function was traced, one line a trace: the first call, and what differed from the kept trace that is most like it.
 * Functions among static arguments are compared by identity.
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

/** Why a call needs a trace of its own: that its trace was dropped, or else in what it differs from the kept trace that is most like it. */
export const reasonFor = (traces: Traces, opened: Tensors, args: readonly unknown[]): string => {
  const { history, kept } = traces;
  if (history.length === 0) return "the first call";
  if (kept.length === 0)
    return "the trace before captured values of a transformation, and was for one call alone";
  if (traces.wasDropped(args)) return `its trace had been dropped: ${mostTraces} are kept`;
  const all = kept.map(({ key }) => differences(key, opened, args));
  const least = Math.min(...all.map(({ count }) => count));
  return (
    all.find(({ count }) => count === least)?.first?.() ??
    "it closes over a value of a transformation that runs, so its trace is not kept"
  );
};

interface Differences {
  readonly count: number;
  /** The first in words. */
  readonly first: (() => string) | undefined;
}

const differences = (
  { tree, avals, statics }: ArgumentsKey,
  opened: Tensors,
  args: readonly unknown[],
): Differences => {
  const found = statics.flatMap(([position, value]) =>
    Object.is(value, args[position]) ? [] : [() => staticChange(position, value, args[position])],
  );
  if (!sameStructure(tree.structure, opened.structure)) {
    found.push(
      () => `the tree changed from ${showStructure(tree.structure)} to ${showStructure(opened.structure)}`,
    );
    // More than any change of leaves.
    return { count: found.length + opened.leaves.length, first: found[0] };
  }
  let tensor = 0;
  for (const [index, leaf] of opened.leaves.entries()) {
    const before = tree.leaves[index];
    const aval = before instanceof Value ? avals[tensor++] : undefined;
    const isSame =
      leaf instanceof Value ? aval !== undefined && sameAval(aval, leaf) : Object.is(before, leaf);
    if (isSame) continue;
    const from = aval === undefined ? describe(before) : showAval(aval);
    found.push(() => `${pathsOf(opened)[index] ?? ""} changed from ${from} to ${describe(leaf)}`);
  }
  return { count: found.length, first: found[0] };
};

const staticChange = (position: number, from: unknown, to: unknown): string =>
  `static argument ${position} changed from ${describe(from)} to ${
    typeof from === "function" && typeof to === "function"
      ? "another: functions are compared by identity, so make it once, outside, and give the same at each call"
      : describe(to)
  }`;
