/** What lies on the way to each value of a program: how large it is, and whether it is rounded to float32. */

import { programsIn } from "../program/nested.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { isFloating } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { elementsOf } from "./elements-of.js";

/** The values that a value is computed from, and itself. */
export interface Way {
  /** The largest finite magnitude of floating values. */
  readonly scale: number;
  /** Whether any is rounded to float32. */
  readonly isNarrow: boolean;
}

/** The ways of a program, given the results of all its equations and its arguments. */
export const waysOf = (
  program: Program,
  results: readonly ArrayTensor[],
  args: readonly ArrayTensor[],
): ((value: Value) => Way) => {
  const magnitudeOf = (x: ArrayTensor): number => (isFloating(x.dtype) ? largest([elementsOf(x)]) : 0);
  const magnitudes = new Map<number, number>();
  const narrow = new Set<number>();
  const sources = new Map<number, ReadonlySet<number>>();
  const sourcesOf = (value: Value): ReadonlySet<number> =>
    (isVariableOf(program, value) ? sources.get(value.index) : undefined) ?? new Set();
  program.inputs.forEach(({ index }, place) => {
    magnitudes.set(index, magnitudeOf(args[place] as ArrayTensor)); // one an input
    sources.set(index, new Set([index]));
  });
  let place = 0;
  for (const equation of program.equations) {
    const own = equation.outputs.map(({ index }) => index);
    const all = new Set([...own, ...equation.inputs.flatMap((input) => [...sourcesOf(input)])]);
    for (const index of own) {
      magnitudes.set(index, magnitudeOf(results[place++] as ArrayTensor)); // one an output of an equation
      sources.set(index, all);
      if (roundsToFloat32(equation)) narrow.add(index);
    }
  }
  return (value) => {
    const all = [...sourcesOf(value)];
    return {
      scale: Math.max(0, ...all.map((index) => magnitudes.get(index) ?? 0)),
      isNarrow: all.some((index) => narrow.has(index)),
    };
  };
};

/** Whether an equation gives float32, or computes it inside. */
const roundsToFloat32 = ({ outputs, params }: Equation): boolean =>
  outputs.some(({ dtype }) => dtype === "float32") ||
  programsIn(params).some(({ equations }) => equations.some(roundsToFloat32));

/** The largest finite magnitude. */
export const largest = (lists: readonly Float64Array[]): number => {
  let found = 0;
  for (const list of lists)
    for (const element of list) if (Number.isFinite(element)) found = Math.max(found, Math.abs(element));
  return found;
};
