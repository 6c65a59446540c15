/** Times one kernel, eager and compiled, and says which share of the machine's peak it reaches. */
import { jit, toTypedArray } from "@cotangent/core";
import { sixDigits } from "../../harness/check-values.mjs";
import { measure } from "../../harness/measure.mjs";
import { shareOf } from "./machine.mjs";

/**
 * Measures `f(...operands)`, without reading its result on the host.
 *
 * - `peak` and `operations`: what of the machine it uses up, and how many operations or bytes of that it needs at least.
 * - `expected` gives the element of the result at an index, from the definition in float64; five elements are checked.
 */
export function evaluateKernel(
  workload,
  f,
  operands,
  { peak, operations, expected, unit = "ms", ...options },
) {
  for (const [variant, run] of Object.entries({ eager: f, jit: jit(f) })) {
    let result;
    const once = () => {
      result = run(...operands);
    };
    const { length } = toTypedArray(f(...operands));
    const places = [0, 1 / 4, 1 / 2, 3 / 4, 1].map((part) => Math.floor(part * (length - 1)));
    measure(workload, variant, unit, once, {
      check: () => {
        const values = toTypedArray(result);
        return places.map((place) => sixDigits(values[place]));
      },
      expected: places.map((place) => sixDigits(expected(place))),
      details: shareOf(peak, operations),
      budget: 500,
      ...options,
    });
  }
}
