/** Workloads 17 and 20: the memory of many compiled steps, and of a chain's gradient with and without `checkpoint`. */
import {
  add,
  checkpoint,
  fromTypedArray,
  grad,
  item,
  jit,
  mul,
  sin,
  sum,
  toTypedArray,
} from "@cotangent/core";
import { sixDigits } from "../../harness/check-values.mjs";
import { expectedChecks } from "../../harness/expected-checks.mjs";
import { peakMemory } from "../../harness/memory.mjs";
import { noise } from "../../harness/noise.mjs";
import { quick } from "../../harness/settings.mjs";
import { growth } from "./growth.mjs";
import { startOfTraining } from "./training-step.mjs";

/** How much the peak of memory grows from step 1,000 of a compiled training to step 10,000. */
export function growthOfSteps() {
  const [early, late] = quick ? [100, 300] : [1000, 10_000];
  const { run, start } = startOfTraining("sgd");
  const step = jit(run);
  let [model, ...batch] = start;
  let tenth = NaN;
  let peak = 0;
  for (let i = 1; i <= late; i++) {
    const [next, value] = step(model, ...batch);
    model = next;
    const loss = item(value);
    if (i === 10) tenth = sixDigits(loss);
    if (i === early) peak = peakMemory();
  }
  return {
    value: peakMemory() - peak,
    check: [tenth],
    expected: expectedChecks["mlp784-sgd"],
    note: `steps ${early} to ${late}; ${peak.toFixed(0)} MiB at the first`,
  };
}

/**
 * How much memory the gradient of a chain of 100 layers needs at its peak, with ten layers at a time under `checkpoint` or
 * with none. A call with short arrays goes before, so that what the compiler and the engine need for themselves counts as little as can be; the arrays are long for the same reason.
 */
export function chainMemory(form, checkpointed) {
  const values = noise(2 ** 21, 110);
  const layer = (h) => add(h, mul(0.01, sin(h)));
  const ten = (y) => Array.from({ length: 10 }).reduce(layer, y);
  const block = checkpointed ? checkpoint(ten) : ten;
  const chain = grad((y) => sum(Array.from({ length: 10 }).reduce((h) => block(h), y)));
  const run = form === "jit" ? jit(chain) : chain;
  toTypedArray(run(fromTypedArray(values.subarray(0, 1024), [1024])));
  const { value, result } = growth(run, [fromTypedArray(values, [values.length])]);
  const ends = (array) => [array[0], array[array.length - 1]].map(sixDigits);
  return { value, check: ends(result), expected: ends([chainSlope(values[0]), chainSlope(values.at(-1))]) };
}

function chainSlope(x) {
  let [h, slope] = [x, 1];
  for (let i = 0; i < 100; i++) {
    slope *= 1 + 0.01 * Math.cos(h);
    h += 0.01 * Math.sin(h);
  }
  return slope;
}
