/** Times an expression whose tensors are freed and whose result is read by dataSync. */
import { sum4 } from "../../harness/check-values.mjs";
import { measure } from "../../harness/measure.mjs";
import { tf } from "./library.mjs";

export function evaluate(workload, unit, f, { check = ([values]) => sum4(values), ...options } = {}) {
  let read = [];
  // Nothing is returned from tidy: it walks what it is given element by element, over a second for a million.
  const once = () => {
    tf.tidy(() => {
      read = [f()].flat().map((tensor) => tensor.dataSync());
    });
  };
  measure(workload, "eager", unit, once, { check: () => check(read), ...options });
}
