/** Axes as options name them, checked: what every operation along axes begins with. */

import type { Shape } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { reshape } from "../primitives/reshape.js";
import { normalizeAxes, normalizeAxis } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";

/** The `axis` of an operation along several axes. */
export interface AxesOption {
  readonly axis?: number | readonly number[] | undefined;
}

/** The `axis` of an operation along one axis. */
export interface AxisOption {
  readonly axis?: number | undefined;
}

/** One axis, in [0, rank). */
export const axisOf = (operation: string, axis: number, rank: number): number => {
  if (typeof axis === "number") return unwrap(normalizeAxis(operation, axis, rank));
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "axis must be one integer",
    found: [["got", describe(axis)]],
    fix: "write { axis: 0 }, or { axis: -1 } for the last one",
  });
};

/** The axes in the order in which they are named, each in [0, rank), none twice; all of them if left out. */
export const listedAxes = (operation: string, axis: AxesOption["axis"], rank: number): readonly number[] => {
  const isList = Array.isArray(axis) && axis.every((one) => typeof one === "number");
  if (axis !== undefined && typeof axis !== "number" && !isList) {
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: "axis must be an integer or a list of integers",
      found: [["got", describe(axis)]],
      fix: "write { axis: 0 }, { axis: [0, 1] }, or leave it out for all axes",
    });
  }
  return unwrap(normalizeAxes(operation, axis, rank));
};

const everyAxis = [[], [0], [0, 1], [0, 1, 2], [0, 1, 2, 3]] as const;

/** The same in increasing order, as reductions take them. */
export const axesOf = (operation: string, axis: AxesOption["axis"], rank: number): readonly number[] => {
  const all = axis === undefined ? everyAxis[rank] : undefined;
  if (all !== undefined) return all;
  const axes = listedAxes(operation, axis, rank);
  return axes.length < 2 ? axes : [...axes].sort((a, b) => a - b);
};

/** A reduced value with its reduced axes again, of length 1. */
export const restoreAxes = (reduced: Value, shape: Shape, axes: readonly number[]): Value =>
  reshape(
    reduced,
    shape.map((length, axis) => (axes.includes(axis) ? 1 : length)),
  );

/** A whole number, for options that count. */
export const integerOf = (operation: string, name: string, value: unknown, least = -Infinity): number => {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${name} must be an integer${least === -Infinity ? "" : ` from ${least} on`}`,
    found: [["got", typeof value === "number" ? String(value) : describe(value)]],
    fix:
      typeof value !== "number" || Number.isInteger(value)
        ? `give a whole number for ${name}`
        : `round it: Math.round(${name})`,
  });
};
