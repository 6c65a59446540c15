/** Workloads 18 and 19: the gradient of a long compiled recurrence, its time and its memory. */
import { add, fromTypedArray, grad, jit, mul, scan, sum, tanh, toTypedArray, zeros } from "@cotangent/core";
import { sum4 } from "../../harness/check-values.mjs";
import { noise } from "../../harness/noise.mjs";
import { growth } from "./growth.mjs";
import { timed } from "./timed.mjs";

/** The gradient of a compiled recurrence of so many steps. */
export function scanGradient(steps) {
  const { gradient, operands, expected } = recurrence(32, steps);
  toTypedArray(gradient(...operands));
  const runs = Array.from({ length: 5 }, () => timed(() => toTypedArray(gradient(...operands))));
  return {
    value: Math.min(...runs.map(({ milliseconds }) => milliseconds)),
    check: sum4(runs[0].result),
    expected: expected(),
  };
}

/** The memory that it needs, with a wider state. */
export function scanMemory(steps) {
  const { gradient, operands, expected } = recurrence(1024, steps);
  const { value, result } = growth(gradient, operands);
  return { value, check: sum4(result), expected: expected() };
}

/** The gradient for w of sum(h_T), where h ← tanh(w h + x_t), element by element. */
function recurrence(width, steps) {
  const weights = noise(width, 120, 0.9);
  const xs = noise(steps * width, 121);
  const loss = (w, rows) => sum(scan((h, x) => [tanh(add(mul(w, h), x)), null], zeros([width]), rows)[0]);
  return {
    gradient: jit(grad(loss)),
    operands: [fromTypedArray(weights, [width]), fromTypedArray(xs, [steps, width])],
    expected: () => sum4(weights.map((w, column) => recurrenceSlope(w, column, xs, width))),
  };
}

function recurrenceSlope(w, column, xs, width) {
  let [h, slope] = [0, 0];
  for (let i = column; i < xs.length; i += width) {
    const next = Math.tanh(w * h + xs[i]);
    slope = (1 - next * next) * (h + w * slope);
    h = next;
  }
  return slope;
}
