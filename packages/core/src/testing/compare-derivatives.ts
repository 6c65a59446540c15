/** One order of a gradient check: the columns and rows of a Jacobian by differences, forward and reverse mode. */

import type { Value } from "../tensor/value.js";
import { differences } from "./numeric-derivative.js";
import type { FloatingLeaf, Point } from "./in-float64.js";
import { pull, push, type ListFunction } from "./transformed.js";

export type Mode = "forward" | "reverse";

export interface Tolerances {
  readonly rtol: number;
  readonly atol: number;
  /** The first step, relative to elements above 1. */
  readonly eps: number;
}

/** One element of the Jacobian. */
export interface Entry {
  readonly input: Place;
  readonly output: Place;
  readonly numeric: number;
  /** The estimated error of the numeric value. */
  readonly error: number;
}

/** An element of a leaf. */
export interface Place {
  readonly leaf: number;
  readonly element: number;
}

export interface Mismatch extends Entry {
  readonly mode: Mode;
  readonly analytic: number;
  /** How often the tolerance holds the difference. */
  readonly excess: number;
}

/** Where there is no derivative to compare with. */
export interface Kink extends Entry {
  /** The derivatives from both sides; absent where the differences do not settle. */
  readonly sides?: readonly [below: number, above: number];
}

export interface Comparison {
  readonly compared: number;
  readonly mismatches: readonly Mismatch[];
  readonly kinks: readonly Kink[];
}

/** How many steps, each half of the one before: from 0.01 to 0.00002. */
const levels = 10;

/** The numeric derivatives of a function's outputs in one element of its input. */
const column = (
  point: Point,
  f: ListFunction,
  input: Place,
  { eps }: Tolerances,
): ReturnType<typeof differences> => {
  const center = point.elements[input.leaf]?.[input.element] ?? 0;
  const at = (t: number): readonly Float64Array[] =>
    point.elements.map((elements, leaf) =>
      leaf === input.leaf ? elements.map((x, index) => (index === input.element ? center + t : x)) : elements,
    );
  return differences((t) => point.run(f, at(t)), eps * Math.max(1, Math.abs(center)), levels);
};

/** Compares both modes with differences, at the given elements of inputs and outputs. */
export const compareDerivatives = (
  point: Point,
  f: ListFunction,
  outputs: readonly FloatingLeaf[],
  inputPlaces: readonly Place[],
  outputPlaces: readonly Place[],
  modes: readonly Mode[],
  tolerances: Tolerances,
): Comparison => {
  const starts = startsOf(outputs);
  const mismatches: Mismatch[] = [];
  const kinks: Kink[] = [];
  let compared = 0;
  const rows = modes.includes("reverse") ? outputPlaces.map((output) => row(point, f, output)) : [];
  for (const input of inputPlaces) {
    const numeric = column(point, f, input, tolerances);
    const forward = modes.includes("forward")
      ? point.run(
          (leaves) =>
            push(f, leaves, unit(point, leaves, input)).tangents.filter((tangent) => tangent !== null),
          point.elements,
        )
      : undefined;
    const entries = outputPlaces.map((output, index) => {
      const flat = (starts[output.leaf] ?? 0) + output.element;
      const entry: Entry = {
        input,
        output,
        numeric: numeric.central.value[flat] ?? NaN,
        error: numeric.central.error[flat] ?? NaN,
      };
      return {
        entry,
        kink: kinkOf(entry, numeric, flat, tolerances),
        forward: forward?.[flat],
        reverse: rows[index]?.[input.leaf]?.[input.element],
      };
    });
    // At a kink of one output the derivatives of the others may be NaN too: 0 · ∞.
    const kink = entries.find((found) => found.kink !== undefined)?.kink;
    if (kink !== undefined) {
      kinks.push(kink);
      continue;
    }
    for (const { entry, ...found } of entries) {
      for (const mode of modes) {
        const analytic = found[mode];
        if (analytic === undefined) continue;
        compared += 1;
        const excess = Math.abs(analytic - entry.numeric) / allowed(entry, tolerances);
        if (!(excess <= 1))
          mismatches.push({ ...entry, mode, analytic, excess: Number.isNaN(excess) ? Infinity : excess });
      }
    }
  }
  return { compared, mismatches, kinks };
};

const allowed = ({ numeric, error }: Entry, { rtol, atol }: Tolerances): number =>
  atol + rtol * Math.abs(numeric) + 10 * error;

/** A kink: the derivatives from below and above differ, or differences do not settle (a jump, an edge of the domain). */
const kinkOf = (
  entry: Entry,
  { above, below }: ReturnType<typeof differences>,
  flat: number,
  { rtol, atol }: Tolerances,
): Kink | undefined => {
  const [up, down] = [above.value[flat] ?? NaN, below.value[flat] ?? NaN];
  const doubt = (above.error[flat] ?? NaN) + (below.error[flat] ?? NaN);
  const size = Math.max(Math.abs(up), Math.abs(down));
  if (Math.abs(up - down) > atol + 1e-4 * size + 100 * doubt) return { ...entry, sides: [down, up] };
  const settled = entry.error <= 1000 * (atol + rtol * Math.abs(entry.numeric));
  return settled ? undefined : entry;
};

/** The gradient of one element of the outputs, by reverse mode: the elements of each input. */
const row = (point: Point, f: ListFunction, output: Place): readonly Float64Array[] => {
  const joined = point.run((leaves) => {
    const { outputs, back } = pull(f, leaves);
    return back(
      outputs.map((value, leaf) => basis(point, value, leaf === output.leaf ? output.element : -1)),
    ).filter((cotangent) => cotangent !== null);
  }, point.elements);
  let start = 0;
  return point.elements.map(({ length }) => joined.slice(start, (start += length)));
};

const unit = (point: Point, leaves: readonly Value[], input: Place): readonly Value[] =>
  leaves.map((value, leaf) => basis(point, value, leaf === input.leaf ? input.element : -1));

const basis = (point: Point, leaf: Value, element: number): Value => {
  const elements = new Float64Array(leaf.shape.reduce((size, length) => size * length, 1));
  if (element >= 0) elements[element] = 1;
  return point.like(leaf, elements);
};

/** Where each leaf begins among the elements of all. */
export const startsOf = (leaves: readonly FloatingLeaf[]): readonly number[] => {
  const starts = [0];
  for (const { shape } of leaves)
    starts.push((starts.at(-1) ?? 0) + shape.reduce((size, length) => size * length, 1));
  return starts;
};
