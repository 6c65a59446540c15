/** Random programs under `checkpoint`, with either policy: the gradients are those of the programs. */

import {
  add,
  checkpoint,
  convert,
  grad,
  scalar,
  sum,
  tanh,
  toTypedArray,
  type Tensor,
} from "@cotangent/core";
import { arbitraries } from "@cotangent/core/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { isFloating } from "../src/tensor/dtype.js";
import type { Value } from "../src/tensor/value.js";
import { runProgram } from "../src/transforms/run-program.js";

type Loss = (...xs: readonly Tensor[]) => Tensor;
/** The gradient in all arguments, of functions whose arguments are known at run time alone. */
const gradient = (f: Loss, count: number): ((...xs: readonly Tensor[]) => readonly Tensor[]) =>
  grad(f as never, { argnums: Array.from({ length: count }, (_, place) => place) } as never) as never;

/** The sum of all floating outputs, in bounds, as a function of the floating arguments. */
const lossOf =
  (run: (inputs: readonly Value[]) => readonly Value[], args: readonly ArrayTensor[]): Loss =>
  (...xs) => {
    let next = 0;
    const inputs = args.map((arg) => (isFloating(arg.dtype) ? xs[next++] : arg) as Value);
    const totals = run(inputs)
      .filter(({ dtype }) => isFloating(dtype))
      .map((output) => convert(sum(tanh(output)), "float64"));
    return totals.reduce((a, b) => add(a, b), scalar(0, { dtype: "float64" })) as unknown as Tensor;
  };

const isNear = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-4 * (1 + Math.abs(a));

it("a checkpoint changes no gradient of a random program", () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitraries.programs({ maxSize: 7 }), ({ program, args }) => {
      const given = args as readonly unknown[] as readonly ArrayTensor[];
      const xs = given.filter(({ dtype }) => isFloating(dtype)) as readonly unknown[] as readonly Tensor[];
      if (xs.length === 0) return;
      const loss = lossOf((inputs) => runProgram(program, inputs), given);
      let expected: readonly Tensor[];
      try {
        expected = gradient(loss, xs.length)(...xs);
      } catch {
        return; // a whileLoop has no reverse mode
      }
      for (const policy of ["nothing", "contractions"] as const) {
        const again = gradient(checkpoint(loss, { policy }), xs.length)(...xs);
        again.forEach((actual, place) => {
          const [a, b] = [expected[place], actual].map((x) => [...toTypedArray(x as Tensor)].map(Number));
          expect(b?.every((value, index) => isNear(a?.[index] ?? NaN, value))).toBe(true);
        });
      }
      compared++;
    }),
    { numRuns: 1000, seed: 3 },
  );
  expect(compared).toBeGreaterThan(500);
});
