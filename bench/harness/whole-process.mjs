/**
 * Workloads 14 and 15 as seen from inside: a contestant's process.mjs runs one of them and prints one line,
 * which measure-process.mjs reads.
 */
import { currentMemory, peakMemory } from "./memory.mjs";
import { quick } from "./settings.mjs";

/** What the process is to do: `startup`, `memory` (as the library asks) or `naive`. */
export const mode = process.argv[2];

const limit = quick ? 8_000 : 60_000;

/** Prints the gradient of sum(x²) at [1, 2, 3] and ends the process. */
export function finishStartup(gradient) {
  print({ check: [...gradient] });
}

/**
 * Runs 20,000 eager steps of linreg3 in one synchronous loop, prints what `parameters` gives, and ends the
 * process.
 */
export function runSteps(step, parameters, liveTensors = () => undefined) {
  const before = currentMemory();
  const start = performance.now();
  let steps = 0;
  for (; steps < 20_000 && performance.now() - start < limit; steps++) step();
  print({ check: parameters(), steps, before, tensors: liveTensors() });
}

function print(line) {
  console.log(JSON.stringify({ ...line, peak: peakMemory() }));
  process.exit(0);
}
