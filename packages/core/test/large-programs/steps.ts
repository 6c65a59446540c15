/** The steps of random large programs: which operations, and of which of the values before. */

import * as fc from "fast-check";
import { isFloating } from "../../src/tensor/dtype.js";
import { sizeOfShape } from "../../src/tensor/shape.js";
import type { Value } from "../../src/tensor/value.js";
import { arithmetic, bits, functions } from "./elementwise.js";
import { inDType } from "./fitted.js";
import type { Family, Takes } from "./operation.js";
import { products } from "./products.js";
import { rows } from "./rows.js";
import { totals } from "./totals.js";
import { names, views } from "./views.js";

const families = { arithmetic, functions, bits, totals, names, views, products, rows } satisfies Record<
  string,
  Family
>;

type Weights = Readonly<Partial<Record<keyof typeof families, number>>>;

/** How often operations of each family are drawn: of all kinds, or such that large values of one shape are read again and again. */
const mixes = {
  wide: { arithmetic: 5, functions: 3, bits: 2, totals: 4, names: 1, views: 3, products: 3, rows: 4 },
  close: { arithmetic: 6, functions: 3, totals: 2, names: 1 },
} satisfies Record<string, Weights>;

/** What a program is of. */
export type Mix = keyof typeof mixes;

/** Numbers that a step takes its decisions from. */
export interface Step {
  readonly name: string;
  readonly operation: Family[string];
  readonly first: number;
  readonly second: number;
  readonly choice: number;
}

const operationsOf = (mix: Mix): fc.Arbitrary<readonly [string, Family[string]]> =>
  fc.oneof(
    ...Object.entries(mixes[mix]).map(([family, weight]) => ({
      weight,
      arbitrary: fc.constantFrom(...Object.entries(families[family as keyof typeof families])), // a key of the record
    })),
  );

/** Steps of a mix. */
export const stepsOf = (mix: Mix): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc
      .record({ named: operationsOf(mix), first: fc.nat(99), second: fc.nat(99), choice: fc.nat(59) })
      .map(({ named: [name, operation], ...picks }) => ({ name, operation, ...picks })),
    { minLength: 4, maxLength: 16, size: "max" },
  );

/** A value in a dtype that an operation takes. */
const taken = (x: Value, takes: Takes): Value => {
  const isFloat = isFloating(x.dtype);
  switch (takes) {
    case "bools":
      return inDType(x, "bool");
    case "floats":
      return isFloat ? x : inDType(x, "float32");
    case "integers":
      return isFloat || x.dtype === "bool" ? inDType(x, "int32") : x;
    case "numbers":
      return x.dtype === "bool" ? inDType(x, "int32") : x;
    case "all":
      return x;
  }
};

/** One of the values, every other time of the latest. */
const at = (values: readonly Value[], place: number): Value => {
  const among = place % 2 === 0 ? values.slice(-6) : values;
  return among[among.length - 1 - (Math.floor(place / 2) % among.length)] as Value; // there are some
};

/** The most elements of a value. */
const mostElements = 6000;

/** What steps give, one after another, from values that there are. */
export const given = (start: readonly Value[], steps: readonly Step[]): readonly Value[] => {
  const values = [...start];
  for (const { operation, first, second, choice } of steps) {
    const [takes, gives] = operation;
    const value = gives(taken(at(values, first), takes), at(values, second), choice);
    if (sizeOfShape(value.shape) <= mostElements) values.push(value);
  }
  return values.slice(start.length);
};
