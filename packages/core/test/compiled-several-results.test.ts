/** Random programs with several large results: which values are stored, where, and in which loops, differs from one to the next. */

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { times } from "../src/primitives/multiplicative.js";
import { broadcast, reduceSum } from "../src/primitives/sum-broadcast.js";
import { tanh } from "../src/primitives/trigonometry.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import { comparison } from "./compiled-as-interpreted.js";
import { filled } from "./filled.js";
import { programOf } from "./traced.js";

const shape = [40, 30];

const bounded = (x: Value): Value => asTensor("tanh", tanh(x as never));

/** Of one or two values; what is added up is bounded again. */
const operations: readonly ((x: Value, y: Value) => Value)[] = [
  (x, y) => plus(x, y),
  (x, y) => sub(x, y),
  (x, y) => times(x, y),
  (x) => bounded(x),
  (x) => broadcast(bounded(reduceSum(x, [1])), shape, [0]),
  (x) => broadcast(bounded(reduceSum(x, [0])), shape, [1]),
];

const step = fc.record({ operation: fc.constantFrom(...operations), first: fc.nat(), second: fc.nat() });

it("programs of several results give what the interpreter does", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 3, maxLength: 12 }),
      fc.array(fc.nat(), { minLength: 2, maxLength: 5 }),
      (steps, results) => {
        const args = [filled(shape, "float32"), filled(shape, "float32", 1)];
        const program = programOf((...inputs) => {
          const values = [...inputs];
          const at = (place: number): Value => values[place % values.length] as Value;
          for (const { operation, first, second } of steps) values.push(operation(at(first), at(second)));
          return results.map((result) => at(result));
        }, args);
        if (comparison(program)(args) === "compared") compared++;
      },
    ),
    { numRuns: 500, seed: 77 },
  );
  expect(compared).toBeGreaterThan(250);
});
