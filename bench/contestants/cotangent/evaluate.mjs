/** Times a function of tensors in every form that the library can run it in. */
import { toTypedArray, treeLeaves } from "@cotangent/core";
import { sum4 } from "../../harness/check-values.mjs";
import { measure } from "../../harness/measure.mjs";

/** The forms of a function: its name in the results, and what is done to the function beforehand. */
const forms = [{ variant: "eager", prepare: (f) => f }];

/**
 * Measures `f(...args)` with all of its result read on the host; `check` is given the leaves of that
 * result.
 */
export function evaluate(workload, unit, f, args, { check = ([values]) => sum4(values), ...options } = {}) {
  for (const { variant, prepare } of forms) {
    const run = prepare(f);
    let read = [];
    const once = () => {
      read = treeLeaves(run(...args)).map(toTypedArray);
    };
    measure(workload, variant, unit, once, { check: () => check(read), ...options });
  }
}
