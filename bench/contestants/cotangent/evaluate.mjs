/** Times a function of tensors in every form that the library can run it in. */
import { jit, toTypedArray, treeLeaves } from "@cotangent/core";
import { sum4 } from "../../harness/check-values.mjs";
import { measure } from "../../harness/measure.mjs";

/** The forms of a function: its name in the results, and what is done to the function beforehand. */
const forms = { eager: (f) => f, jit };

/**
 * Measures `f(...args)` with all of its result read on the host, in each of `variants` (all of them, if not given); `check` is given the
 * leaves of that result.
 */
export function evaluate(
  workload,
  unit,
  f,
  args,
  { check = ([values]) => sum4(values), variants = Object.keys(forms), ...options } = {},
) {
  for (const variant of variants) {
    const run = forms[variant](f);
    let read = [];
    const once = () => {
      read = treeLeaves(run(...args)).map(toTypedArray);
    };
    measure(workload, variant, unit, once, { check: () => check(read), ...options });
  }
}
