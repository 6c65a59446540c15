/** vmap is the stacked loop, for every set of mapped operands, also one inside another. */

import { hasRule } from "../../program/primitive.js";
import { contiguousTensor, type ArrayTensor } from "../../tensor/array-tensor.js";
import { allocate } from "../../tensor/dtype.js";
import { sizeOfShape } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import { vmap } from "../../transforms/vmap.js";
import { elementsOf } from "../elements-of.js";
import { Broken, expectClose, expectRefused } from "./expect.js";
import type { LawRule } from "./law.js";
import { concrete, subsets, type ListFunction } from "../transformed.js";

/** The law of `batch` rules. */
export const batchLaw: LawRule = {
  name: "vmap",
  statement:
    "vmap is the stacked loop, for every set of mapped operands, and inside another vmap; an empty batch gives an empty result",
  wants: { others: true },
  applies: ({ operands }) => operands.length > 0,
  holds: ({ call, primitive }, { operands, params, others }) => {
    const f: ListFunction = (values) => call(values, params);
    const rows = [operands, others, operands];
    const places = operands.map((_, place) => place);
    if (primitive !== undefined && !hasRule(primitive.batch)) {
      expectRefused(() => map(f, places, places)(batchOf(rows, places)), "vmap");
      return;
    }
    const sets = subsets(places);
    for (const [turn, mapped] of sets.entries()) {
      const loop = stackRows(
        rows.map((row) =>
          concrete(
            f(operands.map((operand, place) => (mapped.includes(place) ? (row[place] ?? operand) : operand))),
          ),
        ),
      );
      compare(concrete(map(f, mapped, places)(batchOf(rows, mapped))), loop, `with ${naming(mapped)} mapped`);
      emptyBatch(f, rows, mapped, places);
      // Inside, the same operands, and others: every set has its turn in both places.
      for (const inner of new Set([mapped, sets[(turn + 1) % sets.length] ?? mapped])) {
        // Row (i, j) takes rows i, j or i + j of an operand that is mapped outside, inside or in both.
        const choose = (place: number, i: number, j: number): ArrayTensor | undefined =>
          rows[((mapped.includes(place) ? i : 0) + (inner.includes(place) ? j : 0)) % rows.length]?.[place];
        const grid = [0, 1].map((i) =>
          stackRows(
            [0, 1].map((j) => concrete(f(operands.map((operand, place) => choose(place, i, j) ?? operand)))),
          ),
        );
        const arguments_ = operands.map((operand, place) => {
          const row = (i: number): ArrayTensor =>
            inner.includes(place)
              ? stack([0, 1].map((j) => choose(place, i, j) ?? operand))
              : (choose(place, i, 0) ?? operand);
          return mapped.includes(place) ? stack([row(0), row(1)]) : row(0);
        });
        const nested = map((values) => map(f, inner, places)(values), mapped, places)(arguments_);
        compare(
          concrete(nested),
          stackRows(grid),
          `with ${naming(inner)} mapped inside and ${naming(mapped)} outside`,
        );
      }
    }
  },
};

const naming = (places: readonly number[]): string => `operand ${places.join(" and ")}`;

/** The function over the first axis of some operands. */
const map =
  (f: ListFunction, mapped: readonly number[], places: readonly number[]): ListFunction =>
  (values) => {
    const inAxes = places.map((place) => (mapped.includes(place) ? 0 : null));
    const result: unknown = vmap((...xs: readonly Value[]) => f(xs), { inAxes })(
      ...(values as readonly never[]),
    ); // counted by inAxes
    return result as readonly Value[];
  };

const batchOf = (
  rows: readonly (readonly ArrayTensor[])[],
  mapped: readonly number[],
): readonly ArrayTensor[] =>
  (rows[0] ?? []).map((operand, place) =>
    mapped.includes(place) ? stack(rows.map((row) => row[place] ?? operand)) : operand,
  );

const stack = (rows: readonly ArrayTensor[]): ArrayTensor => {
  const [first] = rows;
  if (first === undefined) throw new Broken("nothing to stack");
  const size = sizeOfShape(first.shape);
  const data = allocate(first.dtype, rows.length * size);
  rows.forEach((row, index) => {
    data.set(elementsOf(row), index * size);
  });
  return contiguousTensor(data, [rows.length, ...first.shape], first.dtype);
};

const stackRows = (rows: readonly (readonly ArrayTensor[])[]): readonly ArrayTensor[] =>
  (rows[0] ?? []).map((output, index) => stack(rows.map((row) => row[index] ?? output)));

const compare = (actual: readonly ArrayTensor[], expected: readonly ArrayTensor[], how: string): void => {
  if (actual.length !== expected.length)
    throw new Broken(
      `the number of outputs is ${actual.length} under vmap and ${expected.length} in the loop`,
    );
  expected.forEach((loop, index) => {
    const batch = actual[index];
    // A batch may be another kernel, which rounds differently.
    const tolerance = loop.dtype === "float64" ? 1e-13 : loop.dtype === "float32" ? 1e-6 : 0;
    if (batch !== undefined)
      expectClose(batch, loop, tolerance, {
        what: `output ${index}`,
        actual: `under vmap ${how}`,
        expected: "in the loop",
      });
  });
};

/** A batch of length 0 gives results of length 0, of the shapes of one row. */
const emptyBatch = (
  f: ListFunction,
  rows: readonly (readonly ArrayTensor[])[],
  mapped: readonly number[],
  places: readonly number[],
): void => {
  const empty = ({ shape, dtype }: ArrayTensor): ArrayTensor =>
    contiguousTensor(allocate(dtype, 0), [0, ...shape], dtype);
  const operands = rows[0] ?? [];
  const single = concrete(f(operands));
  const results = concrete(
    map(
      f,
      mapped,
      places,
    )(operands.map((operand, place) => (mapped.includes(place) ? empty(operand) : operand))),
  );
  compare(results, single.map(empty), `over no rows, ${naming(mapped)} mapped,`);
};
