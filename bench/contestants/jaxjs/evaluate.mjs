/** Times a function jitted and eager, its result read by dataSync. */
import { sum4 } from "../../harness/check-values.mjs";
import { measure } from "../../harness/measure.mjs";
import { jit } from "./library.mjs";

export function evaluate(workload, unit, f, args, options = {}) {
  const { check = ([values]) => sum4(values), variants = ["jit", "eager"], ...rest } = options;
  for (const variant of variants) {
    const run = variant === "jit" ? jit(f) : f;
    let read = [];
    const once = () => {
      read = [run(...args.map((arg) => arg.ref))].flat(2).map((result) => result.dataSync());
    };
    measure(workload, variant, unit, once, { check: () => check(read), ...rest });
  }
}
